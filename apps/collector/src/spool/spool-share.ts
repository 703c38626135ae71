import type { LogRecord } from '@footfall/eventlog/event-log';

/** How long it is remembered that several sites send, at least. Milliseconds. */
const CROWD_MS = 10 * 60_000;

/** What a spool holds and may hold, bytes. */
type Room = { bytes: number; maxBytes: number };

const siteIn = (records: readonly LogRecord[]): string | undefined =>
  records.find(({ tally }) => tally !== undefined)?.tally?.siteId;

/** Characters stand for bytes: shares are compared with each other. */
const countCharacters = (records: readonly LogRecord[]): number =>
  records.reduce((sum, { value }) => sum + value.length, 0);

/**
 * Who may take how much of a spool. Where several sites send, a site has no more of it than it leaves free to the others, so that a flood
 * with one site's key, which is public, fills half of it at most. A site that is alone has all of it.
 */
export class SpoolShare {
  readonly #now: () => number;
  /** Sites that have sent: two of each stretch of time are enough to know that there are several. */
  #earlier = new Set<string>();
  #lately = new Set<string>();
  #since: number;
  /** What each site has put into the spool since it was empty last, and all of them. */
  readonly #taken = new Map<string, number>();
  #all = 0;

  /** `now` tells milliseconds that never go back. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
    this.#since = now();
  }

  /** Somebody sends, wherever it goes. */
  note(records: readonly LogRecord[]): void {
    const now = this.#now();
    if (now - this.#since > CROWD_MS) {
      this.#earlier = now - this.#since > 2 * CROWD_MS ? new Set() : this.#lately;
      this.#lately = new Set();
      this.#since = now;
    }
    const siteId = siteIn(records);
    if (siteId !== undefined && this.#lately.size < 2) this.#lately.add(siteId);
  }

  /** Whether these records are within the share of their site. */
  allows(records: readonly LogRecord[], { bytes, maxBytes }: Room): boolean {
    const siteId = siteIn(records);
    if (siteId === undefined || this.#all === 0 || !this.#isCrowd) return true;
    // What was drained since was everybody's alike; what an earlier process left is nobody's.
    const taken = this.#taken.get(siteId) ?? 0;
    const own = Math.min(taken, (taken / this.#all) * bytes);
    return own <= maxBytes - bytes;
  }

  /** They are in the spool, or on their way into it. */
  take(records: readonly LogRecord[]): void {
    this.#count(records, 1);
  }

  /** They did not come into it after all. */
  giveBack(records: readonly LogRecord[]): void {
    this.#count(records, -1);
  }

  /** The spool is empty. */
  clear(): void {
    this.#taken.clear();
    this.#all = 0;
  }

  #count(records: readonly LogRecord[], sign: 1 | -1): void {
    const siteId = siteIn(records);
    if (siteId === undefined) return;
    const size = sign * countCharacters(records);
    // What was given back after the spool was empty is below nothing.
    this.#taken.set(siteId, Math.max(0, (this.#taken.get(siteId) ?? 0) + size));
    this.#all = Math.max(0, this.#all + size);
  }

  get #isCrowd(): boolean {
    return this.#earlier.union(this.#lately).size > 1;
  }
}
