import { setTimeout as sleep } from 'node:timers/promises';

/** Resolves as the promise does, or rejects when it has not after so many milliseconds; the promise itself goes on. */
export async function within<T>(ms: number, promise: Promise<T>, what: string): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(`${what} took longer than ${ms} ms`)), ms);
  try {
    return await Promise.race([promise, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Tries until it succeeds, for so many milliseconds at most; then rejects with what went wrong last. The pause between two tries
 * doubles from 50 to 500 ms.
 */
export async function patiently<T>(ms: number, what: string, work: () => Promise<T>): Promise<T> {
  const deadline = performance.now() + ms;
  for (let pause = 50; ; pause = Math.min(pause * 2, 500)) {
    try {
      return await within(deadline - performance.now(), work(), what);
    } catch (error) {
      if (performance.now() + pause > deadline) throw error;
    }
    await sleep(pause);
  }
}

/** Something that others wait for, again and again. */
export class Signal {
  #waiting = Promise.withResolvers<void>();

  /** Ends all waits that have begun. */
  notify(): void {
    this.#waiting.resolve();
    this.#waiting = Promise.withResolvers();
  }

  /** Resolves at the next {@link notify}, or after so many milliseconds. */
  async wait(ms: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, ms);
    await Promise.race([promise, this.#waiting.promise]);
    clearTimeout(timer);
  }
}
