import { setTimeout as sleep } from 'node:timers/promises';

export type Patience = {
  /** Milliseconds. */
  ms: number;
  /** What is waited for, as the beginning of a sentence. */
  what: string;
};

/** Resolves as the promise does, or rejects when it has not in time; the promise itself goes on. `cause`: why it may be late. */
export async function within<T>(
  promise: Promise<T>,
  { ms, what }: Patience,
  cause: () => unknown = () => undefined,
): Promise<T> {
  const late = Promise.withResolvers<never>();
  const tell = () => late.reject(new Error(`${what} took longer than ${ms} ms`, { cause: cause() }));
  const timer = setTimeout(tell, ms);
  try {
    return await Promise.race([promise, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Tries until it succeeds, or its time is over, or what went wrong is permanent. The pause between two tries doubles from 50 to
 * 500 ms. Work that is still going on when its time is over must ask `isLate` before it has an effect: nobody waits for it.
 */
export async function patiently<T>(
  { isPermanent = () => false, ...patience }: Patience & { isPermanent?: (error: unknown) => boolean },
  work: (isLate: () => boolean) => Promise<T>,
): Promise<T> {
  const deadline = performance.now() + patience.ms;
  let last: unknown;
  const trying = async () => {
    for (let pause = 50; ; pause = Math.min(pause * 2, 500)) {
      try {
        return await work(() => performance.now() >= deadline);
      } catch (error) {
        last = error;
        if (isPermanent(error) || performance.now() + pause > deadline) throw error;
      }
      await sleep(pause);
    }
  };
  return within(trying(), patience, () => last);
}

/** Something that others wait for, again and again. A wait that is over leaves nothing behind, however seldom the signal comes. */
export class Signal {
  readonly #waiting = new Set<() => void>();

  /** Ends all waits that have begun. */
  notify(): void {
    for (const end of [...this.#waiting]) end();
  }

  /** Resolves at the next {@link notify}, or after so many milliseconds. */
  async wait(ms: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, ms);
    this.#waiting.add(resolve);
    await promise;
    this.#waiting.delete(resolve);
    clearTimeout(timer);
  }
}
