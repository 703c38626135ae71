import { type Backoff, backoffPause } from './backoff.ts';
import { within } from './deadline.ts';
import { sleep } from './sleep.ts';

export type RetryOptions = Backoff & {
  /** For all attempts together, milliseconds. */
  timeoutMs: number;
  /** What is waited for, as the beginning of a sentence. */
  what: string;
  /** Whether an error ends it at once. Default: none does. */
  isPermanent?: (error: unknown) => boolean;
};

/**
 * Tries until it succeeds, or its time is over, or what went wrong is permanent; between two tries it pauses as the backoff says. Rejects
 * with the last error, or when work takes too long with one that says so, whose cause is the last error. Work that is still going on
 * when its time is over must ask `isLate` before it has an effect: nobody waits for it.
 */
export async function retry<T>(
  { timeoutMs, what, isPermanent = () => false, ...backoff }: RetryOptions,
  work: (isLate: () => boolean) => Promise<T>,
): Promise<T> {
  const deadline = performance.now() + timeoutMs;
  let last: unknown;
  const trying = async () => {
    for (let failures = 1; ; failures += 1) {
      const pause = backoffPause(failures, backoff);
      try {
        return await work(() => performance.now() >= deadline);
      } catch (error) {
        last = error;
        if (isPermanent(error) || performance.now() + pause > deadline) throw error;
      }
      await sleep(pause);
    }
  };
  return within(
    timeoutMs,
    trying(),
    () => new Error(`${what} took longer than ${timeoutMs} ms`, { cause: last }),
  );
}
