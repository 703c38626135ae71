import type { PartQuery, PartRow } from '@footfall/core/part-query';
import { migrateDatabase } from '@footfall/postgres/migrate';
import { connectPool, type Pool, transaction } from '@footfall/postgres/pool';
import type { ReportStore, ReportStoreOptions } from '../report-store.ts';
import { compile } from './compile.ts';
import { dayStates, deleteSite, sealDay, unsealedDays } from './days.ts';
import { replaceVisitorDays } from './facts.ts';
import { reporting } from './failing.ts';

const QUERY_TIMEOUT_MS = 30_000;

/** Opens the report store in a Postgres database that {@link preparePostgresReportStore} has prepared. */
export function openPostgresReportStore(url: string, options: ReportStoreOptions): ReportStore {
  const pool = connectPool(url, options);
  const queryTimeoutMs = options.queryTimeoutMs ?? QUERY_TIMEOUT_MS;
  return {
    replaceVisitorDays: (visitorDays) => reporting(replaceVisitorDays(pool, visitorDays)),
    sealDay: (day, rollUps) => reporting(sealDay(pool, day, rollUps)),
    dayStates: (siteId, generation, from, to) =>
      reporting(dayStates(pool, { siteId, generation }, { from, to })),
    unsealedDays: (latestDay, limit) => reporting(unsealedDays(pool, latestDay, limit)),
    run: (query) => reporting(run(pool, query, queryTimeoutMs)),
    deleteSite: (siteId) => reporting(deleteSite(pool, siteId)),
    ping: () => reporting(pool.query('SELECT 1').then(() => undefined)),
    close: () => pool.end(),
  };
}

/** Creates or upgrades the tables of the report store in a Postgres database. */
export function preparePostgresReportStore(url: string): Promise<void> {
  return migrateDatabase(url, {
    owner: 'reportstore',
    folder: new URL('../../migrations/', import.meta.url),
  });
}

async function run(pool: Pool, query: PartQuery, timeoutMs: number): Promise<PartRow[]> {
  const { text, values } = compile(query);
  const { rows } = await transaction(pool, async (client) => {
    await client.query(`SELECT set_config('statement_timeout', $1, true)`, [String(timeoutMs)]);
    return client.query<(string | number)[]>({ text, values, rowMode: 'array' });
  });
  const parts = [...new Set(query.parts)];
  const width = query.groupBy.length;
  return rows.map((row) => ({
    key: row.slice(0, width) as string[],
    parts: Object.fromEntries(parts.map((part, index) => [part, row[width + index] as number])),
  }));
}
