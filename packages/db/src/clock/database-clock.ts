import type { Pool } from '@footfall/postgres/pool';
import { every } from '@footfall/timing/every';
import { withTimeout } from '../timeout.ts';

/** What differs by less is the same: a machine that is set by NTP differs by milliseconds. */
const SAME_MS = 1_000;
/** Between two comparisons, milliseconds. */
const EVERY_MS = 30_000;
/** A question that took longer says too little, and the service does not wait for it. Milliseconds. */
const TIMEOUT_MS = 2_000;

/** This machine's own clocks: the time of day, and one that nobody sets; milliseconds. */
export type OwnClocks = { timeOfDay: () => number; monotonic: () => number };

const OWN: OwnClocks = { timeOfDay: Date.now, monotonic: () => performance.now() };

/** Told when this machine's clock begins to differ from the database's, or differs otherwise; 0: not any more. Ahead is positive. */
export type OnSkew = (aheadMs: number) => void;

/** The database's clock, as this process knows it. */
export type DatabaseClock = {
  /** Epoch milliseconds. */
  now(): number;
  /** By how much this machine's clock is ahead of the database's, milliseconds; 0 when they agree within a second. */
  aheadMs(): number;
  close(): Promise<void>;
};

/**
 * Times that one machine writes and another compares are the database's: whoever's own clock is wrong goes by it, too. It is asked now and
 * then, and at once when this machine's clock was set; while it is away, what it said last stands. Resolves when it has answered, or has
 * not within two seconds.
 */
export async function openDatabaseClock(
  pool: Pick<Pool, 'query'>,
  { onSkew, own = OWN }: { onSkew: OnSkew; own?: OwnClocks },
): Promise<DatabaseClock> {
  let aheadMs = 0;
  const drift = () => own.timeOfDay() - own.monotonic();
  let comparedAt = drift();
  let comparing: Promise<void> | undefined;
  const compare = async () => {
    const [asked, began] = [own.timeOfDay(), own.monotonic()];
    const question = pool.query<{ at: number }>(
      'SELECT (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS at',
    );
    const { rows } = await withTimeout(TIMEOUT_MS, question);
    const half = (own.monotonic() - began) / 2;
    // Set while the question was on its way: the next comparison tells.
    if (rows[0] === undefined || Math.abs(drift() - (asked - began)) > SAME_MS) return;
    comparedAt = drift();
    const ahead = asked + half - rows[0].at;
    const before = aheadMs;
    aheadMs = Math.abs(ahead) <= SAME_MS + half ? 0 : Math.round(ahead);
    if (Math.abs(aheadMs - before) > SAME_MS) onSkew(aheadMs);
  };
  // That the database is away is said by whoever needs it.
  const compareOnce = () => {
    comparing ??= compare()
      .catch(() => undefined)
      .finally(() => {
        comparing = undefined;
      });
    return comparing;
  };
  await compareOnce();
  const repeated = every(EVERY_MS, compareOnce, () => undefined);
  return {
    now: () => {
      if (Math.abs(drift() - comparedAt) > SAME_MS) void compareOnce();
      return own.timeOfDay() - aheadMs;
    },
    aheadMs: () => aheadMs,
    close: () => repeated.stop(),
  };
}
