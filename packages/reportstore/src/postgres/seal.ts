import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { COUNT_PARTS } from '@footfall/core/part';
import { DayRollUp } from '@footfall/core/roll-up';
import type { Pool, PoolClient } from '@footfall/postgres/pool';
import type { Duck } from '../duckdb/duckdb.ts';
import { writeMonthFile } from '../duckdb/month-file.ts';
import type { SealedVisitorDay, Sealing } from '../report-store.ts';
import { COUNT_COLUMNS, storable } from '../sql/columns.ts';

export type SealPorts = { pool: Pool; duck: Duck; filesDir: string };

type Facts = AsyncIterable<readonly SealedVisitorDay[]>;

/** A part of a path that no id of a site can leave. */
export const folderOf = (siteId: string): string => encodeURIComponent(siteId).replaceAll('.', '%2E');

function newPath({ siteId, generation, month }: Sealing): string {
  return path.join(
    folderOf(siteId),
    String(generation),
    `${month}-${randomBytes(6).toString('hex')}.parquet`,
  );
}

async function* countedIn(rollUps: ReadonlyMap<string, DayRollUp>, facts: Facts): Facts {
  for await (const portion of facts) {
    for (const { day, facts: own } of portion) rollUps.get(day)?.add(own);
    yield portion;
  }
}

const lockName = ({ siteId, generation, month }: Sealing) => `seal ${siteId} ${generation} ${month}`;

/**
 * Seals days of a month: writes its file anew, then makes file, roll-ups and states of the days change in one transaction. A crash
 * before that leaves a file that nobody reads; {@link import('./sweep.ts').sweepFiles} finds it.
 */
export async function sealDays(ports: SealPorts, sealing: Sealing, facts: Facts): Promise<boolean> {
  const client = await ports.pool.connect();
  let broken: Error | undefined;
  try {
    const lock = [lockName(sealing)];
    const { rows } = await client.query<{ locked: boolean }>(
      'SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS locked',
      lock,
    );
    if (rows[0]?.locked !== true) return false;
    const sealed = await seal(client, ports, sealing, facts);
    await client.query('SELECT pg_advisory_unlock(hashtextextended($1, 0))', lock);
    return sealed;
  } catch (error) {
    // The connection goes, and the lock with it.
    broken = error instanceof Error ? error : new Error(String(error));
    throw error;
  } finally {
    client.release(broken);
  }
}

async function seal(client: PoolClient, ports: SealPorts, sealing: Sealing, facts: Facts): Promise<boolean> {
  const { siteId, generation, month, days } = sealing;
  const { rows } = await client.query<{ path: string }>(
    'SELECT path FROM reportstore.fact_file WHERE site_id = $1 AND generation = $2 AND month = $3',
    [siteId, generation, month],
  );
  const before = rows[0]?.path ?? null;
  const written = newPath(sealing);
  const rollUps = new Map(days.map(({ day }) => [day, new DayRollUp()]));
  await ports.duck.use((connection) =>
    writeMonthFile(connection, {
      target: path.join(ports.filesDir, written),
      old: before === null ? null : path.join(ports.filesDir, before),
      days: days.map(({ day }) => day),
      facts: countedIn(rollUps, facts),
    }),
  );
  await client.query('BEGIN');
  const stood = await setStates(client, sealing);
  if (stood) {
    await putFile(client, sealing, { written, before });
    for (const [day, rollUp] of rollUps) await replaceDay(client, { siteId, generation, day }, rollUp);
  } else {
    await client.query('INSERT INTO reportstore.superseded_file (path) VALUES ($1)', [written]);
  }
  await client.query('COMMIT');
  return stood;
}

/**
 * Marks the days as sealed at the versions that were read. False when rows of an open day were replaced meanwhile: sealing would
 * delete rows that the file does not have.
 */
async function setStates(client: PoolClient, { siteId, generation, days }: Sealing): Promise<boolean> {
  const given = [siteId, generation, days.map(({ day }) => day), days.map(({ version }) => version)];
  const { rows } = await client.query<{ lost: boolean }>(
    `SELECT state.sealed_version IS NULL AND state.version <> given.version AND state.dirty_since IS NULL AS lost
     FROM reportstore.day_state AS state
     JOIN unnest($3::date[], $4::bigint[]) AS given (day, version) USING (day)
     WHERE site_id = $1 AND generation = $2 ORDER BY state.day FOR UPDATE OF state`,
    given,
  );
  if (rows.length < days.length || rows.some(({ lost }) => lost)) return false;
  await client.query(
    `UPDATE reportstore.day_state AS state SET sealed_version = given.version,
       dirty_since = CASE WHEN state.version = given.version THEN NULL ELSE state.dirty_since END
     FROM unnest($3::date[], $4::bigint[]) AS given (day, version)
     WHERE state.site_id = $1 AND state.generation = $2 AND state.day = given.day`,
    given,
  );
  return true;
}

async function putFile(
  client: PoolClient,
  { siteId, generation, month }: Sealing,
  { written, before }: { written: string; before: string | null },
): Promise<void> {
  await client.query(
    `INSERT INTO reportstore.fact_file (site_id, generation, month, path) VALUES ($1, $2, $3, $4)
     ON CONFLICT (site_id, generation, month) DO UPDATE SET path = excluded.path`,
    [siteId, generation, month, written],
  );
  if (before !== null)
    await client.query('INSERT INTO reportstore.superseded_file (path) VALUES ($1)', [before]);
}

type Day = { siteId: string; generation: number; day: string };

async function replaceDay(
  client: PoolClient,
  { siteId, generation, day }: Day,
  total: DayRollUp,
): Promise<void> {
  const key = [siteId, generation, day];
  for (const table of ['event_fact', 'roll_up', 'money_roll_up']) {
    await client.query(
      `DELETE FROM reportstore.${table} WHERE site_id = $1 AND generation = $2 AND day = $3`,
      key,
    );
  }
  const rows = total.rows();
  const arrays = COUNT_COLUMNS.map((_, index) => `$${index + 6}::bigint[]`);
  await client.query(
    `INSERT INTO reportstore.roll_up (site_id, generation, day, dimension, value, ${COUNT_COLUMNS.join(', ')})
     SELECT $1, $2, $3, * FROM unnest($4::text[], $5::text[], ${arrays.join(', ')})`,
    [
      ...key,
      rows.map(({ dimension }) => dimension),
      rows.map(({ value }) => storable(value)),
      ...COUNT_PARTS.map((part) => rows.map(({ counts }) => counts[part])),
    ],
  );
  const money = total.moneyRows();
  if (money.length === 0) return;
  await client.query(
    `INSERT INTO reportstore.money_roll_up
       (site_id, generation, day, dimension, value, currency, revenue, refunded, revenue_events)
     SELECT $1, $2, $3, * FROM unnest($4::text[], $5::text[], $6::text[], $7::numeric[], $8::numeric[], $9::integer[])`,
    [
      ...key,
      money.map(({ dimension }) => dimension),
      money.map(({ value }) => storable(value)),
      money.map(({ currency }) => currency),
      money.map(({ amounts }) => String(amounts.revenue)),
      money.map(({ amounts }) => String(amounts.refunded)),
      money.map(({ amounts }) => String(amounts.revenueEvents)),
    ],
  );
}
