/** Counts attempts of a key in windows of time, in memory: enough for one process, forgotten when it restarts. */
export class Attempts {
  readonly #most: number;
  readonly #windowMs: number;
  readonly #counts = new Map<string, { count: number; until: number }>();

  /** At most `most` attempts of a key in `windowMs` milliseconds from the first. */
  constructor({ most, windowMs }: { most: number; windowMs: number }) {
    this.#most = most;
    this.#windowMs = windowMs;
  }

  /** Seconds until the key may try again; 0 when it may now. `now` is epoch milliseconds. */
  waitSeconds(key: string, now: number): number {
    const entry = this.#counts.get(key);
    if (entry === undefined || entry.until <= now || entry.count < this.#most) return 0;
    return Math.ceil((entry.until - now) / 1000);
  }

  /** Counts one attempt. */
  count(key: string, now: number): void {
    const entry = this.#counts.get(key);
    if (entry !== undefined && entry.until > now) {
      entry.count += 1;
      return;
    }
    this.#forgetOld(now);
    this.#counts.set(key, { count: 1, until: now + this.#windowMs });
  }

  /** Forgets a key, since it has proved itself. */
  forget(key: string): void {
    this.#counts.delete(key);
  }

  // Each key costs one pass over those before it in the worst case; windows are short, so few are left.
  #forgetOld(now: number): void {
    for (const [key, { until }] of this.#counts) {
      if (until > now) return;
      this.#counts.delete(key);
    }
  }
}
