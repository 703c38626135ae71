import { type Pool, transaction } from '@footfall/postgres/pool';
import type { DayState, TouchedDay } from '../report-store.ts';

const STATE = `site_id AS "siteId", generation, to_char(day, 'YYYY-MM-DD') AS day, version,
  sealed_version AS "sealedVersion", dirty_since AS "dirtySince"`;

/** The days of {@link dayArrays}, each once, with the oldest receipt, in the order in which all writers lock them. */
export const DAYS_GIVEN = `SELECT site_id, generation, day, min(received_at) AS received_at
  FROM unnest($1::text[], $2::integer[], $3::date[], $4::bigint[]) AS touched (site_id, generation, day, received_at)
  GROUP BY site_id, generation, day ORDER BY site_id, generation, day`;

export function dayArrays(days: readonly TouchedDay[]): (string | number)[][] {
  return [
    days.map(({ siteId }) => siteId),
    days.map(({ generation }) => generation),
    days.map(({ day }) => day),
    days.map(({ receivedAt }) => Math.floor(receivedAt)),
  ];
}

/** Raises the versions of days that changed: they are sealed (again) because of it. */
export async function touchDays(pool: Pool, days: readonly TouchedDay[]): Promise<void> {
  if (days.length === 0) return;
  await pool.query(
    `INSERT INTO reportstore.day_state AS state (site_id, generation, day, version, dirty_since)
     SELECT site_id, generation, day, 1, received_at FROM (${DAYS_GIVEN}) AS given
     ON CONFLICT (site_id, generation, day) DO UPDATE SET version = state.version + 1,
       dirty_since = least(state.dirty_since, excluded.dirty_since)`,
    dayArrays(days),
  );
}

/** Something that runs statements: a pool, or a connection with a transaction. */
type Queryable = Pick<Pool, 'query'>;

/** Days of a site in a generation, ascending. */
export async function dayStates(
  client: Queryable,
  { siteId, generation }: Pick<DayState, 'siteId' | 'generation'>,
  { from, to }: { from: string | null; to: string | null },
): Promise<DayState[]> {
  const { rows } = await client.query<DayState>(
    `SELECT ${STATE} FROM reportstore.day_state AS state
     WHERE site_id = $1 AND generation = $2
       AND state.day >= coalesce($3::date, '-infinity') AND state.day <= coalesce($4::date, 'infinity')
     ORDER BY state.day`,
    [siteId, generation, from, to],
  );
  return rows;
}

/** Days of all sites that are behind their version and not later than `latestDay`, oldest first. */
export async function staleDays(pool: Pool, latestDay: string, limit: number): Promise<DayState[]> {
  const { rows } = await pool.query<DayState>(
    `SELECT ${STATE} FROM reportstore.day_state AS state
     WHERE sealed_version IS DISTINCT FROM version AND state.day <= $1
     ORDER BY state.day, site_id, generation LIMIT $2`,
    [latestDay, limit],
  );
  return rows;
}

const TABLES = ['event_fact', 'month_file', 'day_state'];

/** A site in all its generations, or in one. */
const OF_SITE = 'site_id = $1 AND ($2::integer IS NULL OR generation = $2)';

/** Deletes all rows of a site, in all generations (null) or in one; the files of one are left to whoever sweeps. */
export async function deleteSiteRows(pool: Pool, siteId: string, generation: number | null): Promise<void> {
  const given = [siteId, generation];
  await transaction(pool, async (client) => {
    // In the order in which writers of facts lock them.
    await client.query(
      `SELECT 1 FROM reportstore.day_state WHERE ${OF_SITE} ORDER BY site_id, generation, day FOR UPDATE`,
      given,
    );
    if (generation !== null) {
      await client.query(
        `INSERT INTO reportstore.superseded_file (path)
         SELECT unnest(ARRAY[facts, visits, roll_ups]) FROM reportstore.month_file WHERE ${OF_SITE}`,
        given,
      );
    }
    for (const table of TABLES)
      await client.query(`DELETE FROM reportstore.${table} WHERE ${OF_SITE}`, given);
  });
}
