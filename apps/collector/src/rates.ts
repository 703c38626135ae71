import { LRUCache } from 'lru-cache';

/** Seconds of its rate that somebody may send at once. */
const BURST_S = 10;
/** Whoever is forgotten begins with a full bucket. */
const REMEMBERED = 100_000;

/** `level` in thousandths: a millisecond adds a whole number of them. */
type Bucket = { level: number; at: number };

/** Token buckets: each key may take a number a second for long, and ten times as many at once. */
export class Rates {
  readonly #buckets = new LRUCache<string, Bucket>({ max: REMEMBERED });
  readonly #clock: () => number;

  /** `clock` tells milliseconds. */
  constructor(clock: () => number = () => performance.now()) {
    this.#clock = clock;
  }

  /**
   * Takes an amount at once, or nothing of it; answers the milliseconds after which it could be taken, 0 when it was. An amount
   * that is more than ten seconds' worth is taken from a full bucket, and owed.
   */
  take(key: string, amount: number, perSecond: number): number {
    const now = this.#clock();
    const full = perSecond * BURST_S * 1_000;
    const bucket = this.#buckets.get(key) ?? { level: full, at: now };
    const level = Math.min(full, bucket.level + (now - bucket.at) * perSecond);
    const needed = Math.min(amount * 1_000, full);
    const isTaken = level >= needed;
    this.#buckets.set(key, { level: isTaken ? level - amount * 1_000 : level, at: now });
    return isTaken ? 0 : Math.ceil((needed - level) / perSecond);
  }
}
