import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FactFilter, PartQuery } from '@footfall/core/part-query';
import { freshDatabase, type TestDatabase } from '@footfall/testkit/database';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, totals, visitorDay } from '../contract.fixture.ts';
import { fact } from '../facts.fixture.ts';
import { openReportStore, prepareReportStore } from '../open.ts';
import type { ReportStore } from '../report-store.ts';

/**
 * An open day that Postgres has no statistics of: 120,000 events on 80,000 pages, 10 of a visitor. Each case would take minutes where
 * Postgres loops over what it takes for a few rows, and then it fails by the time of its reader.
 */
const EVENTS = 120_000;
const SITE = 'flooded';

let database: TestDatabase;
let store: ReportStore;
let filesDir: string;
beforeAll(async () => {
  filesDir = await mkdtemp(path.join(tmpdir(), 'footfall-test-facts-'));
  database = await freshDatabase();
  await prepareReportStore(database.url);
  store = openReportStore(database.url, { name: 'test', filesDir });
  await store.replaceVisitorDays([visitorDay(SITE, { facts: [fact({ name: 'pageview' })] })]);
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await client.query('ALTER TABLE reportstore.event_fact SET (autovacuum_enabled = false)');
  const made: Readonly<Record<string, string>> = {
    page: `'/made-up/' || n % 80000`,
    visitor: `'v' || n / 10`,
    ordinal: 'n % 10',
  };
  const { rows } = await client.query<{ name: string }>(
    `SELECT quote_ident(column_name) AS name FROM information_schema.columns WHERE table_schema = 'reportstore' AND table_name = 'event_fact'`,
  );
  await client.query(
    `INSERT INTO reportstore.event_fact (${rows.map(({ name }) => name).join()})
     SELECT ${rows.map(({ name }) => made[name] ?? name).join()}
     FROM reportstore.event_fact, generate_series(0, ${EVENTS - 1}) AS n`,
  );
  await client.query(`DELETE FROM reportstore.event_fact WHERE page NOT LIKE '/made-up/%'`);
  await client.end();
}, 120_000);
afterAll(async () => {
  await store.close();
  await database.drop();
  await rm(filesDir, { recursive: true, force: true });
});

const pages = (pattern: string): FactFilter => ({
  type: 'match',
  op: 'matches',
  dimension: { kind: 'column', name: 'event:page' },
  values: [pattern],
  caseSensitive: true,
});
/** Pages 1000 to 5999. */
const MANY = pages('^/made-up/[1-5]...$');
const ALL = pages('made-up');

const count = async (more: Partial<PartQuery>) =>
  (await ask(store, totals(SITE, { parts: ['events'], ...more } as never)))[0]?.counts.events;

describe('patterns that find thousands of texts of an open day', () => {
  test.each([
    ['keep their events', MANY, 10_000],
    ['keep all others', { type: 'not', of: MANY } as const, EVENTS - 10_000],
    ['keep those of visitors who have one', { type: 'has_done', of: MANY } as const, 10_000],
    [
      'keep those of visitors who have none',
      { type: 'not', of: { type: 'has_done', of: MANY } } as const,
      EVENTS - 10_000,
    ],
    [
      'are one of several conditions',
      { type: 'or', of: [MANY, { ...MANY, op: 'is', values: ['/made-up/0'] }] } as const,
      10_002,
    ],
    ['find all of 80,000', ALL, EVENTS],
    ['find all of visitors who have all', { type: 'has_done', of: ALL } as const, EVENTS],
  ])(
    '%s',
    async (_, filter, events) => {
      expect(await count({ source: 'facts', filter } as never)).toBe(events);
    },
    60_000,
  );

  test('are goals and steps of funnels', async () => {
    const goals = [
      { name: 'many', filter: MANY },
      { name: 'all', filter: ALL },
    ];
    const rows = await ask(store, totals(SITE, { parts: ['events'], groupBy: [{ kind: 'goal', goals }] }));
    expect(Object.fromEntries(rows.map(({ key, counts }) => [key[0], counts.events]))).toEqual({
      many: 10_000,
      all: EVENTS,
    });
    const funnel = { ...totals(SITE), steps: [ALL, MANY, MANY] };
    expect(await store.read((reader) => reader.funnel(funnel))).toEqual([12_000, 1_000, 1_000]);
    const flow = await store.read((reader) => reader.flow({ ...totals(SITE), page: MANY }));
    expect(flow.reduce((sum, { pageviews }) => sum + pageviews, 0)).toBe(20_000);
  }, 120_000);
});
