import type { Pool } from '@footfall/postgres/pool';

/** A chore as the schedulers have left it. Times are epoch milliseconds; null: never. */
export type ChoreState = {
  name: string;
  cron: string;
  dueAt: number;
  startedAt: number | null;
  succeededAt: number | null;
  failedAt: number | null;
  /** Failed attempts since the last success. */
  failures: number;
  /** What the last failed attempt said; null after a success. */
  error: string | null;
};

/** One that has not begun so long after it was due waits for something: a scheduler that does not run, or a run that hangs. Milliseconds. */
const LATE_MS = 5 * 60_000;

/** Whether a chore has failed since its last success, or should have run by now and has not. */
export function isBehind({ failures, dueAt }: Pick<ChoreState, 'failures' | 'dueAt'>, now: number): boolean {
  return failures > 0 || dueAt + LATE_MS < now;
}

// The next run stays when a scheduler starts again: one that is overdue is seen to be. One that is due later than by its schedule was noted
// while the clock was ahead.
const REGISTER = `
INSERT INTO jobs.chore AS c (name, cron, due_at) SELECT * FROM unnest($1::text[], $2::text[], $3::timestamptz[])
ON CONFLICT (name) DO UPDATE SET cron = excluded.cron, due_at = CASE c.cron WHEN excluded.cron THEN least(c.due_at, excluded.due_at) ELSE excluded.due_at END`;

/** Makes the chores of the table known, and forgets all others. */
export async function registerChores(
  pool: Pool,
  chores: readonly { name: string; cron: string; dueAt: Date }[],
): Promise<void> {
  const names = chores.map(({ name }) => name);
  await pool.query(REGISTER, [names, chores.map(({ cron }) => cron), chores.map(({ dueAt }) => dueAt)]);
  await pool.query('DELETE FROM jobs.chore WHERE name <> ALL ($1)', [names]);
}

export async function choreStarted(pool: Pool, name: string): Promise<void> {
  await pool.query('UPDATE jobs.chore SET started_at = now() WHERE name = $1', [name]);
}

export async function choreSucceeded(pool: Pool, name: string, dueAt: Date): Promise<void> {
  await pool.query(
    'UPDATE jobs.chore SET succeeded_at = now(), failures = 0, error = NULL, due_at = $2 WHERE name = $1',
    [name, dueAt],
  );
}

export async function choreFailed(pool: Pool, name: string, error: string): Promise<void> {
  await pool.query(
    'UPDATE jobs.chore SET failed_at = now(), failures = failures + 1, error = $2 WHERE name = $1',
    [name, error],
  );
}

const millis = (column: string) => `(extract(epoch FROM ${column}) * 1000)::bigint`;

const LIST = `
SELECT name, cron, ${millis('due_at')} AS "dueAt", ${millis('started_at')} AS "startedAt",
  ${millis('succeeded_at')} AS "succeededAt", ${millis('failed_at')} AS "failedAt", failures, error
FROM jobs.chore ORDER BY name`;

/** All chores, by name. */
export async function listChores(pool: Pool): Promise<ChoreState[]> {
  return (await pool.query<ChoreState>(LIST)).rows;
}
