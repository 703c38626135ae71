/** Something that others wait for, again and again. A wait that is over leaves nothing behind, however seldom the signal comes. */
export class Signal {
  readonly #waiting = new Set<() => void>();

  /** Ends all waits that have begun. */
  notify(): void {
    for (const end of [...this.#waiting]) end();
  }

  /** Resolves at the next {@link notify}, or after so many milliseconds. */
  async wait(milliseconds: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, milliseconds);
    this.#waiting.add(resolve);
    await promise;
    this.#waiting.delete(resolve);
    clearTimeout(timer);
  }
}
