import { type ClockFound, lookAtClock } from '@footfall/db/clock/steady';
import { forgetLaterTimes } from '@footfall/jobs/set-back';
import type { Pool } from '@footfall/postgres/pool';
import type { ChoreLogger } from './run-chore.ts';

/** From here on a clock that is ahead of what was seen is said; less is a night in which nothing ran. Milliseconds. */
const AHEAD_MS = 24 * 3_600_000;

/** The clocks that a scheduler goes by; epoch milliseconds. */
export type SteadyClock = {
  /** The time by which things are deleted for their age; the beginning of time before the first look. */
  now(): number;
  /** The database's time of day. */
  timeOfDay(): number;
  /** Looks at the database's clock, and mends what was noted while it was ahead. Rejects while the database is away. */
  look(): Promise<void>;
};

const hours = (ms: number) => Math.round(ms / 360_000) / 10;

function report({ steady, now, setBackMs }: ClockFound, isFirst: boolean, logger: ChoreLogger): void {
  if (setBackMs > 0)
    logger.error(
      { setBackHours: hours(setBackMs), now: new Date(now).toISOString() },
      'the clock of the database was set back: it was ahead, or is behind now; see docs/operating.md, Clocks',
    );
  if (isFirst && now - steady > AHEAD_MS)
    logger.warn(
      { aheadHours: hours(now - steady), now: new Date(now).toISOString() },
      'the clock of the database is far ahead of when it was seen last; what is deleted for its age waits for a tenth of that time',
    );
}

/** Opens the clocks of a scheduler; call {@link SteadyClock.look} again and again. */
export function openSteadyClock(
  pool: Pool,
  logger: ChoreLogger,
  monotonic: () => number = () => performance.now(),
): SteadyClock {
  let found: ClockFound | undefined;
  let lookedAt = monotonic();
  let looking: Promise<void> | undefined;
  const since = () => monotonic() - lookedAt;
  const look = async () => {
    const ranMs = found === undefined ? 0 : since();
    const seen = await lookAtClock(pool, ranMs);
    const before = found;
    [found, lookedAt] = [seen, monotonic()];
    report(seen, before === undefined || seen.now - before.now - ranMs > AHEAD_MS, logger);
    await forgetLaterTimes(pool);
  };
  return {
    now: () => (found === undefined ? 0 : found.steady + since()),
    timeOfDay: () => (found === undefined ? Date.now() : found.now + since()),
    look: () => {
      looking ??= look().finally(() => {
        looking = undefined;
      });
      return looking;
    },
  };
}
