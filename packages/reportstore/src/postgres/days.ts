import { type Pool, transaction } from '@footfall/postgres/pool';
import type { Layout } from '../duckdb/layout.ts';
import type { DayKey, DayState, TouchedDay } from '../report-store.ts';
import { type FileFormats, OUTDATED_FORMATS, outdatedParameters } from './file-formats.ts';

const STATE_KEY = `state.site_id AS "siteId", state.generation, to_char(state.day, 'YYYY-MM-DD') AS day, version,
  sealed_version AS "sealedVersion"`;

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

/** Begin of a day in the zone that is furthest ahead: nothing of the day was received before. Epoch milliseconds. */
export const EARLIEST_RECEIPT = `extract(epoch FROM state.day - interval '14 hours')::bigint * 1000`;

const THIS_DAY = 'site_id = $1 AND generation = $2 AND day = $3::date';

/** Runs a statement for each day, by itself: nobody waits for two of these rows. */
async function changeEach(pool: Pool, days: readonly DayKey[], text: string): Promise<void> {
  for (const { siteId, generation, day } of days) await pool.query(text, [siteId, generation, day]);
}

/** Opens sealed days, of which no rows are there. Their files keep what they have of them, which nobody reads of an open day. */
export function reopenDays(pool: Pool, days: readonly DayKey[]): Promise<void> {
  return changeEach(
    pool,
    days,
    `UPDATE reportstore.day_state AS state SET version = version + 1, sealed_version = NULL,
       dirty_since = least(dirty_since, ${EARLIEST_RECEIPT})
     WHERE ${THIS_DAY} AND sealed_version IS NOT NULL`,
  );
}

/** Open days lack nothing any more. */
export function settleDays(pool: Pool, days: readonly DayKey[]): Promise<void> {
  return changeEach(
    pool,
    days,
    `UPDATE reportstore.day_state SET dirty_since = NULL WHERE ${THIS_DAY} AND sealed_version IS NULL`,
  );
}

/** Files of the month in which a day of `state` is sealed. */
const MONTH_OF_STATE = `reportstore.month_file AS file ON file.site_id = state.site_id
  AND file.generation = state.generation AND file.month = to_char(state.day, 'YYYY-MM')`;

/**
 * Days of a site in a generation, ascending. Answers may lack something of sealed days whose files are of an earlier version, which
 * did not keep it.
 */
export async function dayStates(
  { client, formats }: { client: Queryable; formats: Pick<FileFormats, 'layout'> },
  { siteId, generation }: Pick<DayState, 'siteId' | 'generation'>,
  { from, to }: { from: string | null; to: string | null },
): Promise<DayState[]> {
  const { rows } = await client.query<DayState>(
    // Once for all days: what formats contain are long lists, and comparing them for each day took 8 ms of every question.
    `WITH outdated AS MATERIALIZED (${OUTDATED_FORMATS})
     SELECT ${STATE_KEY}, CASE WHEN file.format IS NULL THEN dirty_since ELSE least(dirty_since, ${EARLIEST_RECEIPT}) END AS "dirtySince"
     FROM reportstore.day_state AS state
     LEFT JOIN ${MONTH_OF_STATE} AND state.sealed_version IS NOT NULL AND file.format IN (SELECT format FROM outdated)
     WHERE state.site_id = $6 AND state.generation = $7
       AND state.day >= coalesce($8::date, '-infinity') AND state.day <= coalesce($9::date, 'infinity')
     ORDER BY state.day`,
    [...outdatedParameters(formats.layout), siteId, generation, from, to],
  );
  return rows;
}

/** Months of earlier versions that are made anew at a time: what has changed meanwhile does not wait for more. */
const OUTDATED_AT_ONCE = 2;

/** Sealed days in months whose files lack what this version keeps, the latest months first. */
async function outdatedDays(pool: Pool, layout: Layout, latestDay: string): Promise<DayState[]> {
  const { rows } = await pool.query<DayState>(
    `SELECT ${STATE_KEY}, dirty_since AS "dirtySince" FROM reportstore.day_state AS state
     JOIN (SELECT site_id, generation, month FROM reportstore.month_file
           WHERE format IN (${OUTDATED_FORMATS}) ORDER BY month DESC, site_id, generation LIMIT $7) AS file
       ON file.site_id = state.site_id AND file.generation = state.generation AND file.month = to_char(state.day, 'YYYY-MM')
     WHERE state.sealed_version = state.version AND state.day <= $6
     ORDER BY file.month DESC, state.site_id, state.generation, state.day`,
    [...outdatedParameters(layout), latestDay, OUTDATED_AT_ONCE],
  );
  return rows;
}

/** Turn n is the n-th month, from the latest back, in which a site has days that wait. */
const STALE = `SELECT ${STATE_KEY}, dirty_since AS "dirtySince" FROM (
    SELECT *, dense_rank() OVER (PARTITION BY site_id ORDER BY date_trunc('month', day) DESC, generation) AS turn
    FROM reportstore.day_state WHERE sealed_version IS DISTINCT FROM version AND day <= $1 AND day >= coalesce($3::date, '-infinity')
  ) AS state
  ORDER BY turn, site_id, generation, state.day LIMIT $2`;

/**
 * Days of all sites that are behind their version and not later than `latestDay`, in turns as the port has them;
 * after them those of some months that an earlier version made and that are to be made anew.
 */
export async function staleDays(
  { pool, formats }: { pool: Pool; formats: Pick<FileFormats, 'layout'> },
  { latestDay, from }: { latestDay: string; from: string | undefined },
  limit: number,
): Promise<DayState[]> {
  const { rows } = await pool.query<DayState>(STALE, [latestDay, limit, from ?? null]);
  if (rows.length === limit || from !== undefined) return rows;
  return [...rows, ...(await outdatedDays(pool, formats.layout, latestDay))].slice(0, limit);
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

const BEFORE = "site_id = $1 AND day < ($2 || '-01')::date";

/** Deletes the rows of a site's months before one; their files are left to whoever sweeps. */
export async function deleteRowsBefore(pool: Pool, siteId: string, month: string): Promise<void> {
  const given = [siteId, month];
  await transaction(pool, async (client) => {
    // In the order in which writers of facts lock them.
    await client.query(
      `SELECT 1 FROM reportstore.day_state WHERE ${BEFORE} ORDER BY site_id, generation, day FOR UPDATE`,
      given,
    );
    await client.query(
      `WITH gone AS (DELETE FROM reportstore.month_file WHERE site_id = $1 AND month < $2 RETURNING facts, visits, roll_ups)
       INSERT INTO reportstore.superseded_file (path) SELECT unnest(ARRAY[facts, visits, roll_ups]) FROM gone`,
      given,
    );
    await client.query(`DELETE FROM reportstore.event_fact WHERE ${BEFORE}`, given);
    await client.query(`DELETE FROM reportstore.day_state WHERE ${BEFORE}`, given);
  });
}
