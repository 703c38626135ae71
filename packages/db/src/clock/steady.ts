import type { Pool } from '@footfall/postgres/pool';

/**
 * How many times as fast as time itself the steady clock may go on while it is behind: after an outage of a week it has caught up within
 * seventeen hours. A clock that is wrong by years, and mended within an hour, has aged nothing by more than ten.
 */
export const MOST_SPEED = 10;

/** An earlier time than was seen before, by more than this, milliseconds: somebody set the clock. Two who look at once differ by less. */
const SET_BACK_MS = 5_000;

/** What looking at the database's clock has found; epoch milliseconds. */
export type ClockFound = {
  now: number;
  steady: number;
  /** By how much it is earlier than when it was looked at before, milliseconds; 0: it is not. */
  setBackMs: number;
};

const LOOK = `
WITH before AS (SELECT latest FROM clock WHERE id = 1)
INSERT INTO clock AS c (id, latest, steady) VALUES (1, now(), now())
ON CONFLICT (id) DO UPDATE SET
  latest = now(),
  steady = least(now(), c.steady + $1 * interval '1 millisecond'),
  set_back_at = CASE WHEN now() < c.latest - $2 * interval '1 millisecond' THEN now() ELSE c.set_back_at END,
  set_back_ms = CASE WHEN now() < c.latest - $2 * interval '1 millisecond'
    THEN (extract(epoch FROM c.latest - now()) * 1000)::bigint ELSE c.set_back_ms END
RETURNING (extract(epoch FROM latest) * 1000)::float8 AS now, (extract(epoch FROM steady) * 1000)::float8 AS steady,
  coalesce((SELECT (extract(epoch FROM before.latest - now()) * 1000)::float8 FROM before), 0) AS "behindMs"`;

/**
 * Looks at the database's clock after so many milliseconds in which this process ran (by its monotonic clock), and lets the steady clock
 * go on: at once to the time of day where that is earlier, else by what has passed, {@link MOST_SPEED} times as fast where it is behind.
 */
export async function lookAtClock(pool: Pool, ranMs: number): Promise<ClockFound> {
  const { rows } = await pool.query<{ now: number; steady: number; behindMs: number }>({
    name: 'look-at-clock',
    text: LOOK,
    values: [ranMs * MOST_SPEED, SET_BACK_MS],
  });
  const [{ now, steady, behindMs } = { now: 0, steady: 0, behindMs: 0 }] = rows;
  return { now, steady, setBackMs: behindMs > SET_BACK_MS ? behindMs : 0 };
}

/**
 * The time by which things are deleted for their age, epoch milliseconds: the database's, but for a clock that has just jumped ahead.
 * Before anybody has looked at the clock it is the beginning of time, and nothing is old.
 */
export async function steadyTime(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ steady: number }>({
    name: 'steady-time',
    text: 'SELECT (extract(epoch FROM least(steady, now())) * 1000)::float8 AS steady FROM clock WHERE id = 1',
  });
  return rows[0]?.steady ?? 0;
}

/** What an operator is told of the database's clock; epoch milliseconds. */
export type ClockState = {
  now: number;
  /** What is deleted for its age waits for so long at least, milliseconds. */
  steadyBehindMs: number;
  /** It says less than it has said before, by so much: it was ahead, or is behind now. Milliseconds; 0: it does not. */
  behindMs: number;
  /** When it was set back last, as far as that was seen; null: never. */
  setBack: { at: number; byMs: number } | null;
};

const STATE = `
SELECT (extract(epoch FROM now()) * 1000)::float8 AS now,
  greatest(0, extract(epoch FROM now() - steady) * 1000)::float8 AS "steadyBehindMs",
  greatest(0, extract(epoch FROM latest - now()) * 1000)::float8 AS "behindMs",
  (extract(epoch FROM set_back_at) * 1000)::float8 AS at, set_back_ms AS "byMs"
FROM (SELECT 1) AS one LEFT JOIN clock ON id = 1`;

/** How the database's clock is. */
export async function readClock(pool: Pool): Promise<ClockState> {
  type Row = Omit<ClockState, 'setBack'> & { at: number | null; byMs: number | null };
  const { rows } = await pool.query<Row>(STATE);
  const [row] = rows as [Row];
  const setBack = row.at === null || row.byMs === null ? null : { at: row.at, byMs: row.byMs };
  const { now, steadyBehindMs, behindMs } = row;
  return {
    now,
    steadyBehindMs: steadyBehindMs ?? 0,
    behindMs: behindMs > SET_BACK_MS ? behindMs : 0,
    setBack,
  };
}
