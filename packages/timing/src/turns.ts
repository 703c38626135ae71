/** Work that is done a few at a time; so many more may wait for their turn, and whoever comes after them is told so at once. */
export class Turns {
  readonly #atOnce: number;
  readonly #mostWaiting: number;
  readonly #full: () => Error;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  /** `full` makes the error for whoever finds no place to wait. */
  constructor({ atOnce, waiting, full }: { atOnce: number; waiting: number; full: () => Error }) {
    this.#atOnce = atOnce;
    this.#mostWaiting = waiting;
    this.#full = full;
  }

  /** Does the work when it is its turn; first come, first served. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running < this.#atOnce) this.#running += 1;
    else if (this.#waiting.length >= this.#mostWaiting) throw this.#full();
    // Whoever ends hands its turn on, so that the count stays.
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#running -= 1;
      else next();
    }
  }
}
