import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { FACT_COLUMNS } from '@footfall/core/dimension';
import type { GroupKey, PartQuery } from '@footfall/core/part-query';
import { freshDatabase, type TestDatabase } from '@footfall/testkit/database';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, newSite, readStates, visitorDay } from '../contract.fixture.ts';
import { fact } from '../facts.fixture.ts';
import { openReportStore, prepareReportStore, reportStoreProvision } from '../open.ts';
import { reportStoreContract, type StoreUnderTest } from '../report-store.contract.ts';
import { columnName } from '../sql/columns.ts';
import { EVENT_FACT_COLUMNS } from './facts.ts';

async function makeStore(): Promise<StoreUnderTest> {
  const made = await freshDatabase();
  await prepareReportStore(made.url);
  const filesDir = await mkdtemp(path.join(tmpdir(), 'footfall-test-facts-'));
  return {
    open: () => openReportStore(made.url, { name: 'test', filesDir }),
    drop: async () => {
      await made.drop();
      await rm(filesDir, { recursive: true, force: true });
    },
  };
}

reportStoreContract('postgres', makeStore);

let database: TestDatabase;
let client: pg.Client;
let filesDir: string;
beforeAll(async () => {
  filesDir = await mkdtemp(path.join(tmpdir(), 'footfall-test-facts-'));
  database = await freshDatabase();
  await prepareReportStore(database.url);
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.drop();
  await rm(filesDir, { recursive: true, force: true });
});

async function listColumns(table: string): Promise<string[]> {
  const { rows } = await client.query<{ column_name: string }>(
    `SELECT column_name FROM information_schema.columns WHERE table_schema = 'reportstore' AND table_name = $1`,
    [table],
  );
  return rows.map(({ column_name }) => column_name);
}

const QUERY: PartQuery = {
  source: 'facts',
  relation: 'counts',
  siteId: 's',
  generation: 1,
  days: [{ from: '2026-01-01', to: '2026-01-31' }],
  groupBy: [],
  parts: ['visitors'],
  filter: null,
  between: null,
};

test('is prepared as often as one likes, by several at once', async () => {
  await Promise.all([prepareReportStore(database.url), prepareReportStore(database.url)]);
});

test('a column that a new row of the domain needs is made at the next start; rows that stood before are silent there', async () => {
  const own = await freshDatabase();
  const folder = await mkdtemp(path.join(tmpdir(), 'footfall-test-facts-'));
  await prepareReportStore(own.url);
  const earlier = new pg.Client({ connectionString: own.url });
  await earlier.connect();
  // As a version was that did not know these rows yet, and had written a fact.
  const store = openReportStore(own.url, { name: 'test', filesDir: folder });
  const siteId = newSite();
  await store.replaceVisitorDays([visitorDay(siteId, { facts: [fact({ city: 'Kiel', exit: true })] })]);
  await earlier.query(
    'ALTER TABLE reportstore.event_fact DROP COLUMN city, DROP COLUMN exit, DROP COLUMN scroll',
  );
  const { check } = reportStoreProvision(own.url);
  const said = ['exit', 'scroll', 'city'].map((name) => `migration reportstore/column event_fact.${name}`);
  expect(await check(own.url)).toEqual(said);
  const made = await Promise.all([prepareReportStore(own.url), prepareReportStore(own.url)]);
  expect(made.flat()).toEqual(said);
  expect(await check(own.url)).toEqual([]);
  await store.replaceVisitorDays([
    visitorDay(siteId, { visitor: 'later', facts: [fact({ city: 'Kiel', exit: true })] }),
  ]);
  const city: GroupKey = { kind: 'dimension', dimension: { kind: 'column', name: 'visit:city' } };
  const rows = await ask(store, {
    ...QUERY,
    siteId,
    days: [{ from: '2026-03-01', to: '2026-03-31' }],
    parts: ['exits', 'events'],
    groupBy: [city],
  } as PartQuery);
  expect(rows.toSorted((a, b) => String(a.key).localeCompare(String(b.key)))).toEqual([
    { key: ['(none)'], counts: { exits: 0, events: 1 } },
    { key: ['Kiel'], counts: { exits: 1, events: 1 } },
  ]);
  await store.close();
  await earlier.end();
  await own.drop();
  await rm(folder, { recursive: true });
});

test('the table of facts has the columns that are written, and one for each dimension', async () => {
  const columns = await listColumns('event_fact');
  expect(columns.sort()).toEqual([...EVENT_FACT_COLUMNS].sort());
  expect(columns).toEqual(expect.arrayContaining(FACT_COLUMNS.map(columnName)));
});

test('a question that takes too long is ended, and may be asked again', async () => {
  const store = openReportStore(database.url, { name: 'test', filesDir, queryTimeoutMs: 50 });
  await store.replaceVisitorDays([
    { siteId: 's', generation: 1, day: '2026-01-01', visitor: 'v', receivedAt: 0, facts: [] },
  ]);
  await client.query('BEGIN; LOCK TABLE reportstore.event_fact');
  await expect(ask(store, QUERY)).rejects.toMatchObject({ code: 'query_timeout', retriable: true });
  await client.query('ROLLBACK');
  // A machine that is busy may take as long again.
  await expect.poll(() => ask(store, QUERY).catch(() => 'not yet')).toEqual([]);
  await store.close();
});

test('a database that does not answer is a failure that may pass', async () => {
  const unreachable = { code: 'report_store_unavailable', retriable: true, status: 503 };
  const store = openReportStore(database.url.replace(/:\d+\//, ':1/'), { name: 'test', filesDir });
  await expect(store.ping()).rejects.toMatchObject(unreachable);
  await expect(ask(store, QUERY)).rejects.toMatchObject(unreachable);
  await expect(
    store.replaceVisitorDays([
      { siteId: 's', generation: 1, day: '2026-01-01', visitor: 'v', receivedAt: 0, facts: [] },
    ]),
  ).rejects.toMatchObject(unreachable);
  await store.close();
});

test('a connection that is cut under a writer loses the whole call, not a part of it', async () => {
  const store = openReportStore(database.url, { name: 'cut', filesDir });
  await store.ping();
  await client.query('BEGIN; LOCK TABLE reportstore.event_fact');
  const day = { siteId: 'cut', generation: 1, day: '2026-01-01', visitor: 'v', receivedAt: 0, facts: [] };
  const write = expect(store.replaceVisitorDays([day])).rejects.toMatchObject({
    code: 'report_store_unavailable',
  });
  const waiting = `SELECT pg_terminate_backend(pid) AS ended FROM pg_stat_activity
    WHERE application_name = 'footfall-cut' AND wait_event_type = 'Lock' AND datname = current_database()`;
  await expect.poll(async () => (await client.query(waiting)).rowCount, { timeout: 20_000 }).toBe(1);
  await write;
  await client.query('ROLLBACK');
  expect(await readStates(store, 'cut')).toEqual([]);
  await store.close();
});

test('a reader has one time for all that is asked and made of it, not one for each statement', async () => {
  const store = openReportStore(database.url, { name: 'test', filesDir, queryTimeoutMs: 300 });
  let pauses = 0;
  const endless = store.read(async (reader) => {
    for (;;) {
      await reader.dayStates('site', 1, null, null);
      await reader.pause();
      pauses += 1;
    }
  });
  await expect(endless).rejects.toMatchObject({ code: 'query_timeout', retriable: true });
  expect(pauses).toBeGreaterThan(0);
  await store.close();
});
