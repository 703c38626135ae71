/**
 * The times of writing that this process sends along, microseconds. Cassandra keeps what was written with the latest time, whatever was
 * written last: rows of a clock that was ahead would hide what is written over them, and deletions of such rows what is put again, until
 * that time has come. So no process writes with an earlier time than all before it: they leave a mark, see {@link leaveMark}.
 */
export type WriteClock = {
  /** Later than all before it. */
  next(): number;
  /** The last that was handed out, or is known of others. */
  latest(): number;
  /** Others have come so far. */
  reach(time: number): void;
};

export function createWriteClock(now: () => number): WriteClock {
  let last = 0;
  return {
    next: () => {
      last = Math.max(now() * 1_000, last + 1);
      return last;
    },
    latest: () => last,
    reach: (time) => {
      last = Math.max(last, time);
    },
  };
}

/** How often processes that write leave a mark, milliseconds. */
export const MARK_EVERY_MS = 30_000;
/** What was written behind the last mark of a process that was killed: for so long at most, twice over. Microseconds. */
const UNMARKED = 2 * MARK_EVERY_MS * 1_000;

/** Sets the mark to a time unless it is as late already; answers what it is then. */
export type SetMark = (time: number) => Promise<number>;

/**
 * Leaves the mark of how far the clock of this process is, and reaches what others have marked. The first time it has written nothing: it
 * begins behind what they may have written since, if their clocks were ahead of its own.
 */
export async function leaveMark(
  clock: WriteClock,
  { setMark, now, isFirst }: { setMark: SetMark; now: () => number; isFirst: boolean },
): Promise<void> {
  const own = Math.max(clock.latest(), isFirst ? now() * 1_000 : 0);
  const mark = await setMark(own);
  if (mark <= own) return;
  clock.reach(isFirst ? mark + UNMARKED : mark);
  // Whoever begins next, before this process marks what it writes, begins behind it.
  if (isFirst) await setMark(clock.latest());
}
