const FIRST_MS = 250;
const LONGEST_MS = 10_000;
/** Whoever ran this long was well: its next end is a new trouble, not more of the old. */
const HEALTHY_MS = 60_000;

/** Consecutive early ends of one process. */
export type Ends = number;

/** Counts one more end, after a life of `livedMs` milliseconds. */
export function countEnd(ends: Ends, livedMs: number): Ends {
  return livedMs >= HEALTHY_MS ? 1 : ends + 1;
}

/** How long to wait, in milliseconds, before starting again what has ended so often in a row. */
export function restartDelay(ends: Ends): number {
  return Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(ends - 1, 20));
}
