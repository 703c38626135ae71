import type { Part } from '@footfall/core/part';
import { PART_NAMES } from '@footfall/core/part';
import type { RollUpRow } from '@footfall/core/roll-up';
import { type Pool, type PoolClient, transaction } from '@footfall/postgres/pool';
import type { DayState } from '../report-store.ts';
import { PART_COLUMNS, storable } from './columns.ts';

type Sealing = Pick<DayState, 'siteId' | 'generation' | 'day' | 'version'>;

const STATE = `site_id AS "siteId", generation, to_char(day, 'YYYY-MM-DD') AS day, version,
  sealed_version AS "sealedVersion"`;

/** Seals a day whose version is still the one that was read; false, and nothing changed, when it is not. */
export async function sealDay(pool: Pool, day: Sealing, rollUps: readonly RollUpRow[]): Promise<boolean> {
  return transaction(pool, async (client) => {
    const { rowCount } = await client.query(
      `UPDATE reportstore.day_state SET sealed_version = version
       WHERE site_id = $1 AND generation = $2 AND day = $3 AND version = $4`,
      [day.siteId, day.generation, day.day, day.version],
    );
    // The row stays locked until the end: no facts of the day are replaced while its roll-ups are.
    if (rowCount === 1) await replaceRollUps(client, day, rollUps);
    return rowCount === 1;
  });
}

async function replaceRollUps(
  client: PoolClient,
  { siteId, generation, day }: Sealing,
  rollUps: readonly RollUpRow[],
): Promise<void> {
  await client.query('DELETE FROM reportstore.roll_up WHERE site_id = $1 AND generation = $2 AND day = $3', [
    siteId,
    generation,
    day,
  ]);
  const counts = (part: Part) => rollUps.map(({ parts }) => parts[part]);
  const arrays = PART_NAMES.map((_part, index) => `$${index + 6}::bigint[]`);
  await client.query(
    `INSERT INTO reportstore.roll_up (site_id, generation, day, dimension, value, ${PART_COLUMNS.join(', ')})
     SELECT $1, $2, $3, * FROM unnest($4::text[], $5::text[], ${arrays.join(', ')})`,
    [
      siteId,
      generation,
      day,
      rollUps.map(({ dimension }) => dimension),
      rollUps.map(({ value }) => storable(value)),
      ...PART_NAMES.map(counts),
    ],
  );
}

/** Days of a site in a generation, ascending. */
export async function dayStates(
  pool: Pool,
  { siteId, generation }: Pick<DayState, 'siteId' | 'generation'>,
  { from, to }: { from: string | null; to: string | null },
): Promise<DayState[]> {
  const { rows } = await pool.query<DayState>(
    `SELECT ${STATE} FROM reportstore.day_state AS state
     WHERE site_id = $1 AND generation = $2
       AND state.day >= coalesce($3::date, '-infinity') AND state.day <= coalesce($4::date, 'infinity')
     ORDER BY state.day`,
    [siteId, generation, from, to],
  );
  return rows;
}

/** Days of all sites that are open and not later than `latestDay`, oldest first. */
export async function unsealedDays(pool: Pool, latestDay: string, limit: number): Promise<DayState[]> {
  const { rows } = await pool.query<DayState>(
    `SELECT ${STATE} FROM reportstore.day_state AS state
     WHERE sealed_version IS NULL AND state.day <= $1
     ORDER BY state.day, site_id, generation LIMIT $2`,
    [latestDay, limit],
  );
  return rows;
}

/** Deletes all of a site, in all generations. */
export async function deleteSite(pool: Pool, siteId: string): Promise<void> {
  await transaction(pool, async (client) => {
    // In the order in which writers of facts lock them.
    await client.query(
      'SELECT 1 FROM reportstore.day_state WHERE site_id = $1 ORDER BY site_id, generation, day FOR UPDATE',
      [siteId],
    );
    for (const table of ['event_fact', 'roll_up', 'day_state']) {
      await client.query(`DELETE FROM reportstore.${table} WHERE site_id = $1`, [siteId]);
    }
  });
}
