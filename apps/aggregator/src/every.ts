import { setTimeout as sleep } from 'node:timers/promises';

/** Runs a task again and again, `pause` milliseconds after its end; a failure is reported and the next round comes. */
export function every(
  pause: number,
  task: () => Promise<void>,
  onError: (error: unknown) => void,
): { stop(): Promise<void> } {
  const wake = new AbortController();
  const run = async () => {
    while (!wake.signal.aborted) {
      await task().catch(onError);
      await sleep(pause, undefined, { signal: wake.signal }).catch(() => undefined);
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
