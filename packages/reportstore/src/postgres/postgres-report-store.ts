import path from 'node:path';
import { ALL, READ } from '@footfall/postgres/grants';
import { migrationProvision } from '@footfall/postgres/migrate';
import { connectPool, type Pool, transaction } from '@footfall/postgres/pool';
import { type Duck, openDuck } from '../duckdb/duckdb.ts';
import { LAYOUT } from '../duckdb/layout.ts';
import { createTextMatcher, type TextMatcher } from '../duckdb/text-matcher.ts';
import { beginTime } from '../reader-time.ts';
import type { ReportReader, ReportStore, ReportStoreOptions } from '../report-store.ts';
import { createSlots, shareRoom } from '../slots.ts';
import { deleteRowsBefore, deleteSiteRows, reopenDays, settleDays, staleDays, touchDays } from './days.ts';
import { FACT_TABLE_ADJUSTMENT } from './fact-columns.ts';
import { replaceVisitorDays } from './facts.ts';
import { reporting } from './failing.ts';
import { type FileFormats, openFileFormats } from './file-formats.ts';
import { withReader } from './reader.ts';
import { sealDays } from './seal.ts';
import { deleteSiteFiles, sweepFiles } from './sweep.ts';

const QUERY_TIMEOUT_MS = 30_000;
/** How long a question waits for those before it. */
const WAIT_MS = 60_000;
const CONNECTIONS = 5;

/**
 * Opens the report store of one machine: a Postgres database that {@link POSTGRES_REPORT_STORE} has prepared, and a folder of
 * files that DuckDB reads. Another layout of the files is for tests.
 */
export function openPostgresReportStore(
  url: string,
  options: ReportStoreOptions,
  layout = LAYOUT,
): ReportStore {
  const { queryTimeoutMs = QUERY_TIMEOUT_MS } = options;
  const filesDir = path.resolve(options.filesDir);
  const { max = CONNECTIONS } = options;
  const pool = connectPool(url, { ...options, max });
  const duck = openDuck(filesDir);
  const matcher = createTextMatcher();
  // One connection is left to those who write.
  const slots = createSlots(shareRoom(Math.max(1, max - 1), WAIT_MS));
  const formats = openFileFormats(layout);
  const ports = { pool, duck, matcher, filesDir, formats, timeoutMs: queryTimeoutMs };
  return {
    read: (use, asker) => reporting(slots(() => read(use, ports), asker)),
    replaceVisitorDays: (visitorDays) => reporting(replaceVisitorDays(pool, visitorDays)),
    touchDays: (days) => reporting(touchDays(pool, days)),
    reopenDays: (days) => reporting(reopenDays(pool, days)),
    settleDays: (days) => reporting(settleDays(pool, days)),
    staleDays: (latestDay, limit, from) => reporting(staleDays(ports, { latestDay, from }, limit)),
    sealDays: (sealing, facts, noted = async () => undefined) =>
      reporting(sealDays(ports, sealing, { facts, noted })),
    // Nothing is left behind in tables: whatever replaces or deletes takes what it replaces with it.
    sweep: async () => undefined,
    sweepFiles: () => reporting(sweepFiles(pool, filesDir)),
    deleteSite: async (siteId) => {
      await reporting(deleteSiteRows(pool, siteId, null));
      await deleteSiteFiles(filesDir, siteId);
    },
    deleteBefore: (siteId, month) => reporting(deleteRowsBefore(pool, siteId, month)),
    deleteGeneration: (siteId, generation) => reporting(deleteSiteRows(pool, siteId, generation)),
    ping: () => reporting(pool.query('SELECT 1').then(() => undefined)),
    close: async () => {
      await Promise.all([pool.end(), duck.close(), matcher.close()]);
    },
  };
}

/** The tables of the report store. */
export const POSTGRES_REPORT_STORE = migrationProvision({
  owner: 'reportstore',
  folder: new URL('../../migrations/', import.meta.url),
  adjustment: FACT_TABLE_ADJUSTMENT,
  grants: {
    tables: Object.fromEntries(
      ['event_fact', 'day_state', 'month_file', 'file_format', 'superseded_file'].map((table) => [
        `reportstore.${table}`,
        { aggregator: ALL, scheduler: ALL, web: READ, admin: ALL },
      ]),
    ),
  },
});

type ReadPorts = {
  pool: Pool;
  duck: Duck;
  matcher: TextMatcher;
  filesDir: string;
  formats: FileFormats;
  timeoutMs: number;
};

function read<T>(
  use: (reader: ReportReader) => Promise<T>,
  { pool, timeoutMs, ...ports }: ReadPorts,
): Promise<T> {
  const time = beginTime(timeoutMs);
  return transaction(pool, async (client) => {
    await client.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
    // Of a day that has just begun Postgres has no statistics, and takes it for a few rows: loops over them would take minutes.
    await client.query(
      `SELECT set_config('statement_timeout', $1, true), set_config('enable_nestloop', 'off', true)`,
      [String(timeoutMs)],
    );
    return withReader({ client, time, ...ports }, use);
  });
}
