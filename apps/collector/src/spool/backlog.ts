import type { Summary, TallyLine } from './frame.ts';

/** An end of a stretch of a segment, and the earliest receipt in the stretch (epoch milliseconds). */
type Age = { end: number; oldest: number };

/** A stretch of this many bytes has one age: what is left of 4 GiB is looked through in no time. */
const STRETCH_BYTES = 256 * 1024;

const backlogKey = ({ day, siteId }: { day: string; siteId: string }) => `${day} ${siteId}`;

/**
 * What a spool holds, counted for the ledger: by site and local day of receipt. What is being handed to the log is withdrawn before,
 * so that nobody finds it in both. What is damaged on the disk stays counted until the spool is empty.
 */
export class Backlog {
  readonly #counts = new Map<string, number>();
  readonly #changed = new Set<string>();
  readonly #ages = new Map<number, Age[]>();
  #records = 0;

  /** Records in the spool, those among them that are being handed over. */
  get records(): number {
    return this.#records;
  }

  /** The earliest receipt of what is in the spool, epoch milliseconds; up to a stretch too early, never too late. Null when it is empty. */
  get oldest(): number | null {
    let oldest = Number.POSITIVE_INFINITY;
    for (const ages of this.#ages.values())
      for (const age of ages) if (age.oldest < oldest) oldest = age.oldest;
    return Number.isFinite(oldest) ? oldest : null;
  }

  /** Sites and days whose counts were not taken yet. */
  get changed(): number {
    return this.#changed.size;
  }

  /** A frame is in the spool, and ends at this place of this segment. */
  add(segment: number, end: number, { records, oldest, tally }: Summary): void {
    this.#records += records;
    this.#count(tally, 1);
    const ages = this.#ages.get(segment) ?? [];
    if (ages.length === 0) this.#ages.set(segment, ages);
    const last = ages.at(-1);
    if (last === undefined || end - (ages.at(-2)?.end ?? 0) > STRETCH_BYTES) ages.push({ end, oldest });
    else {
      last.end = end;
      last.oldest = Math.min(last.oldest, oldest);
    }
  }

  /** Frames are about to be handed to the log. */
  withdraw(summaries: readonly Summary[]): void {
    for (const { tally } of summaries) this.#count(tally, -1);
  }

  /** The log did not take them after all. */
  restore(summaries: readonly Summary[]): void {
    for (const { tally } of summaries) this.#count(tally, 1);
  }

  /** The withdrawn frames are in the log; nothing before this place is needed any more. */
  passed(segment: number, offset: number, summaries: readonly Summary[]): void {
    for (const { records } of summaries) this.#records -= records;
    for (const [number, ages] of this.#ages) {
      if (number > segment) continue;
      const left = number === segment ? ages.filter(({ end }) => end > offset) : [];
      if (left.length === 0) this.#ages.delete(number);
      else this.#ages.set(number, left);
    }
  }

  /** The spool is empty. */
  clear(): void {
    for (const key of this.#counts.keys()) this.#changed.add(key);
    this.#counts.clear();
    this.#ages.clear();
    this.#records = 0;
  }

  /** Marks everything as changed: whoever was told has forgotten. */
  changeAll(): void {
    for (const key of this.#counts.keys()) this.#changed.add(key);
  }

  /** Counts of what has changed since they were taken last, of these sites and days or of any; at most `max`. 0: none any more. */
  takeChanged(max: number, of: Iterable<{ day: string; siteId: string }> | null = null): TallyLine[] {
    const lines: TallyLine[] = [];
    for (const key of of === null ? this.#changed : Array.from(of, backlogKey)) {
      if (lines.length >= max) break;
      if (!this.#changed.delete(key)) continue;
      const space = key.indexOf(' ');
      lines.push({
        day: key.slice(0, space),
        siteId: key.slice(space + 1),
        count: this.#counts.get(key) ?? 0,
      });
    }
    return lines;
  }

  #count(tally: readonly TallyLine[], sign: 1 | -1): void {
    for (const line of tally) {
      const key = backlogKey(line);
      const count = (this.#counts.get(key) ?? 0) + sign * line.count;
      if (count > 0) this.#counts.set(key, count);
      else this.#counts.delete(key);
      this.#changed.add(key);
    }
  }
}
