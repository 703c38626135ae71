import { sleep } from './sleep.ts';

/** Work that is repeated until it is stopped. */
export type Repeated = {
  /** Resolves when the round that is being done has ended; no other begins. */
  stop(): Promise<void>;
};

/**
 * Does a task at once and then again and again, `pause` milliseconds after the end of the round before, so that two rounds never
 * overlap. A failure is reported, and the next round comes.
 */
export function every(pause: number, task: () => Promise<void>, onError: (error: unknown) => void): Repeated {
  const wake = new AbortController();
  const run = async () => {
    while (!wake.signal.aborted) {
      await task().catch(onError);
      await sleep(pause, wake.signal);
    }
  };
  const done = run();
  return {
    stop: () => {
      wake.abort();
      return done;
    },
  };
}
