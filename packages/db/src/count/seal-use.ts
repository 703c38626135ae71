import type { Pool } from '@footfall/postgres/pool';

/** How often a month was sealed on a day, and from when on it may be again, epoch milliseconds. */
export type MonthUse = { runs: number; dueAt: number };

/** What sealing the past of a site again has cost on a UTC day (`YYYY-MM-DD`); see apps/aggregator/src/seal-budget.ts. */
export type SealUse = {
  siteId: string;
  day: string;
  workMs: number;
  /** From when on the site may be sealed again, epoch milliseconds; 0: now. */
  dueAt: number;
  months: Readonly<Record<string, MonthUse>>;
};

/**
 * Told of a month that was sealed: what it took is added to what others have told of the day. A row of a day that nobody can have come to
 * yet is of a clock that was ahead, and gives way.
 */
const ADD = `
INSERT INTO seal_use AS u (site_id, day, work_ms, due_at, months) VALUES ($1, $2, $3, $4, $5::jsonb)
ON CONFLICT (site_id) DO UPDATE SET
  day = excluded.day,
  work_ms = excluded.work_ms + CASE WHEN u.day = excluded.day THEN u.work_ms ELSE 0 END,
  due_at = CASE WHEN u.day = excluded.day THEN greatest(u.due_at, excluded.due_at) ELSE excluded.due_at END,
  months = CASE WHEN u.day = excluded.day THEN u.months || excluded.months ELSE excluded.months END
WHERE u.day <= excluded.day OR u.day > to_char(now() AT TIME ZONE 'UTC' + interval '1 day', 'YYYY-MM-DD')`;

/** Adds the cost of one run. */
export async function addSealUse(pool: Pool, { siteId, day, workMs, dueAt, months }: SealUse): Promise<void> {
  const whole = [workMs, dueAt].map(Math.round);
  await pool.query({
    name: 'add-seal-use',
    text: ADD,
    values: [siteId, day, ...whole, JSON.stringify(months)],
  });
}

const READ = `
SELECT site_id AS "siteId", day, work_ms AS "workMs", due_at AS "dueAt", months FROM seal_use
WHERE site_id = ANY($1) AND day = $2`;

/** What sites have used on a day. */
export async function readSealUse(pool: Pool, siteIds: readonly string[], day: string): Promise<SealUse[]> {
  return (await pool.query<SealUse>({ name: 'read-seal-use', text: READ, values: [siteIds, day] })).rows;
}

/** Forgets what was used before a day. */
export async function forgetSealUse(pool: Pool, day: string): Promise<void> {
  await pool.query('DELETE FROM seal_use WHERE day < $1', [day]);
}
