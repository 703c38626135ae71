import { randomBytes } from 'node:crypto';
import path from 'node:path';
import type { Pool, PoolClient } from '@footfall/postgres/pool';
import type { Duck } from '../duckdb/duckdb.ts';
import { stageFacts } from '../duckdb/fact-file.ts';
import { ROLL_UP_ORDER, rollingUp } from '../duckdb/roll-up-file.ts';
import { openStage } from '../duckdb/stage.ts';
import { writeMonth } from '../duckdb/table-file.ts';
import type { CutValuesOfDay, NoteCutValues, SealedVisitorDay, Sealing } from '../report-store.ts';
import { join, sql, statement } from '../sql/sql.ts';
import type { FileFormats } from './file-formats.ts';
import { type FormattedFiles, MONTH_FILES, type MonthFiles } from './month-files.ts';

export type SealPorts = { pool: Pool; duck: Duck; filesDir: string; formats: FileFormats };

type Facts = AsyncIterable<readonly SealedVisitorDay[]>;
type Given = { facts: Facts; noted: NoteCutValues };

/** A part of a path that no id of a site can leave. */
export const siteFolder = (siteId: string): string => encodeURIComponent(siteId).replaceAll('.', '%2E');

function newFiles({ siteId, generation, month }: Sealing): MonthFiles {
  const name = path.join(
    siteFolder(siteId),
    String(generation),
    `${month}-${randomBytes(6).toString('hex')}`,
  );
  return {
    facts: `${name}.facts.parquet`,
    visits: `${name}.visits.parquet`,
    rollUps: `${name}.roll-ups.parquet`,
  };
}

const lockName = ({ siteId, generation, month }: Sealing) => `seal ${siteId} ${generation} ${month}`;

/**
 * Seals days of a month: writes its files anew, then makes files and states of the days change in one transaction. A crash
 * before that leaves files that nobody reads; {@link import('./sweep.ts').sweepFiles} finds them.
 */
export async function sealDays(ports: SealPorts, sealing: Sealing, given: Given): Promise<boolean> {
  const client = await ports.pool.connect();
  let broken: Error | undefined;
  try {
    const lock = [lockName(sealing)];
    const { rows } = await client.query<{ locked: boolean }>(
      'SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS locked',
      lock,
    );
    if (rows[0]?.locked !== true) return false;
    const sealed = await seal(client, ports, { sealing, ...given });
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

async function readFiles(
  client: PoolClient,
  { siteId, generation, month }: Sealing,
): Promise<FormattedFiles | null> {
  const { rows } = await client.query<FormattedFiles>(
    `SELECT ${MONTH_FILES} FROM reportstore.month_file
     WHERE site_id = $1 AND generation = $2 AND month = $3`,
    [siteId, generation, month],
  );
  return rows[0] ?? null;
}

/** No time is set for what sealing asks of a file. Milliseconds. */
const ASK_MS = 600_000;

/** Whether a file of facts holds days besides those that are sealed now. */
async function holdsOthers({ duck }: SealPorts, file: string, { days }: Sealing): Promise<boolean> {
  const sealed = join(
    days.map(({ day }) => sql`${day}::date`),
    ', ',
  );
  const others = sql`SELECT 1 FROM read_parquet(${file}::text) WHERE day NOT IN (${sealed}) LIMIT 1`;
  return (await duck.ask(statement(others), { timeoutMs: ASK_MS })).length > 0;
}

/** Rows that are read or skipped together: a question to roll-ups is about one of some thirty dimensions. */
const GROUP_ROWS: Readonly<Record<keyof MonthFiles, number>> = {
  facts: 122_880,
  visits: 122_880,
  rollUps: 12_288,
};

/** Writes the facts of a month and, from the same reading of them, its visits and roll-ups. */
async function writeFiles(
  { duck, filesDir, formats, pool }: SealPorts,
  sealing: Sealing,
  { before, written, facts }: { before: FormattedFiles | null; written: MonthFiles; facts: Facts },
): Promise<CutValuesOfDay[]> {
  const { layout } = formats;
  const old = before === null ? null : { files: before, ...(await formats.contentsOf(pool, before.format)) };
  const file = (kind: keyof MonthFiles) => ({
    target: path.join(filesDir, written[kind]),
    old: old === null ? null : { path: path.join(filesDir, old.files[kind]), contained: old[kind] },
    days: sealing.days.map(({ day }) => day),
    groupRows: GROUP_ROWS[kind],
  });
  return duck.use(async (connection) => {
    const cut: CutValuesOfDay[] = [];
    const factRows = await openStage(connection, 'facts', layout.facts);
    const visitRows = await openStage(connection, 'visits', layout.visits);
    const rollUpRows = await openStage(connection, 'roll_ups', layout.rollUps);
    try {
      await stageFacts({ facts: factRows, visits: visitRows }, rollingUp(rollUpRows, facts, cut));
      await writeMonth(connection, { ...file('facts'), columns: layout.facts, rows: await factRows.end() });
      await writeMonth(connection, {
        ...file('visits'),
        columns: layout.visits,
        rows: await visitRows.end(),
      });
      const rows = await rollUpRows.end();
      const order = { columns: layout.rollUps, rows, orderBy: ROLL_UP_ORDER };
      await writeMonth(connection, { ...file('rollUps'), ...order });
      return cut;
    } finally {
      await factRows.drop();
      await visitRows.drop();
      await rollUpRows.drop();
    }
  });
}

async function seal(
  client: PoolClient,
  ports: SealPorts,
  { sealing, facts, noted }: { sealing: Sealing } & Given,
): Promise<boolean> {
  const before = await readFiles(client, sealing);
  const written = newFiles(sealing);
  const takesOver =
    before !== null && (await holdsOthers(ports, path.join(ports.filesDir, before.facts), sealing));
  const format = await ports.formats.formatOf(client, takesOver ? before.format : null);
  const cut = await writeFiles(ports, sealing, { before: takesOver ? before : null, written, facts });
  await noted(cut);
  await client.query('BEGIN');
  const stood = await setStates(client, sealing);
  if (stood) {
    await putFiles(client, sealing, { ...written, format });
    await deleteRows(client, sealing);
  }
  await supersede(client, stood ? before : written);
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

async function putFiles(
  client: PoolClient,
  { siteId, generation, month }: Sealing,
  files: FormattedFiles,
): Promise<void> {
  await client.query(
    `INSERT INTO reportstore.month_file (site_id, generation, month, facts, visits, roll_ups, format)
     VALUES ($1, $2, $3, $4, $5, $6, $7)
     ON CONFLICT (site_id, generation, month) DO UPDATE SET facts = excluded.facts, visits = excluded.visits,
       roll_ups = excluded.roll_ups, format = excluded.format`,
    [siteId, generation, month, files.facts, files.visits, files.rollUps, files.format],
  );
}

/** Notes files that nobody asks for any more, but for those who began before. */
async function supersede(client: PoolClient, files: MonthFiles | null): Promise<void> {
  if (files === null) return;
  await client.query('INSERT INTO reportstore.superseded_file (path) SELECT unnest($1::text[])', [
    [files.facts, files.visits, files.rollUps],
  ]);
}

async function deleteRows(client: PoolClient, { siteId, generation, days }: Sealing): Promise<void> {
  await client.query(
    'DELETE FROM reportstore.event_fact WHERE site_id = $1 AND generation = $2 AND day = ANY ($3::date[])',
    [siteId, generation, days.map(({ day }) => day)],
  );
}
