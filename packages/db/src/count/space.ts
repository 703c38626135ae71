import type { Pool } from '@footfall/postgres/pool';

/** What is used of something that may become full: a disk of a host, or the database, which is of no host. */
export type SpaceUse = { host: string; name: string; usedBytes: number };

/** The database itself; see {@link databaseBytes}. */
export const DATABASE_SPACE = { host: '', name: 'database' } as const;

/** How far back growth is measured, and samples are kept: long enough for a week's rhythm. Days. */
const KEPT_DAYS = 14;
/** What has grown for a shorter time says nothing of days: a start, a backup, one large import. Hours. */
const LEAST_HOURS = 6;

/** Bytes that the database of a connection takes on its server's disk. */
export async function databaseBytes(pool: Pick<Pool, 'query'>): Promise<number> {
  const { rows } = await pool.query<{ bytes: number }>(
    'SELECT pg_database_size(current_database()) AS bytes',
  );
  return rows[0]?.bytes ?? 0;
}

/** Notes what is used now, and forgets what is older than two weeks. `now` in epoch milliseconds. */
export async function addSpaceUse(pool: Pool, uses: readonly SpaceUse[], now: number): Promise<void> {
  await pool.query(
    `INSERT INTO space_sample (host, name, taken_at, used_bytes)
     SELECT host, name, to_timestamp($1 / 1000.0), used FROM unnest($2::text[], $3::text[], $4::bigint[]) AS u(host, name, used)
     ON CONFLICT DO NOTHING`,
    [now, uses.map(({ host }) => host), uses.map(({ name }) => name), uses.map(({ usedBytes }) => usedBytes)],
  );
  await pool.query(
    `DELETE FROM space_sample WHERE taken_at < to_timestamp($1 / 1000.0) - interval '${KEPT_DAYS} days'`,
    [now],
  );
}

const GROWTH = `
SELECT host, name, (array_agg(used_bytes ORDER BY taken_at DESC))[1] - (array_agg(used_bytes ORDER BY taken_at))[1] AS grown,
  extract(epoch FROM max(taken_at) - min(taken_at))::float8 / 86400 AS days
FROM space_sample WHERE host = ANY ($1) GROUP BY host, name
HAVING max(taken_at) - min(taken_at) >= interval '${LEAST_HOURS} hours'`;

/** Bytes a day by which what hosts use has grown in the last two weeks, by name; below 0: it has shrunk. Absent: not measured for long enough. */
export async function spaceGrowth(
  pool: Pick<Pool, 'query'>,
  host: string,
): Promise<(of: Pick<SpaceUse, 'host' | 'name'>) => number | null> {
  const { rows } = await pool.query<{ host: string; name: string; grown: string | number; days: number }>(
    GROWTH,
    [[host, DATABASE_SPACE.host]],
  );
  const perDay = new Map(
    rows.map((row) => [`${row.host} ${row.name}`, Math.round(Number(row.grown) / row.days)]),
  );
  return (of) => perDay.get(`${of.host} ${of.name}`) ?? null;
}

/** Days until so many free bytes are used up; null while nothing grows, or nobody knows yet. */
export function daysLeft(freeBytes: number, growthPerDay: number | null): number | null {
  return growthPerDay === null || growthPerDay <= 0 ? null : Math.floor(freeBytes / growthPerDay);
}
