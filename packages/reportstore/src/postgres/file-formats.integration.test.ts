import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { NONE } from '@footfall/core/dimension';
import type { PartQuery } from '@footfall/core/part-query';
import { freshDatabase, type TestDatabase } from '@footfall/testkit/database';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  ask,
  newSite,
  readStates,
  rolledUp,
  row,
  sealThose,
  totals,
  visitorDay,
} from '../contract.fixture.ts';
import { LAYOUT, type Layout } from '../duckdb/layout.ts';
import { fact } from '../facts.fixture.ts';
import { prepareReportStore } from '../open.ts';
import type { ReportStore } from '../report-store.ts';
import { openPostgresReportStore } from './postgres-report-store.ts';

const without = <Column extends { name: string }>(columns: readonly Column[], ...names: string[]) =>
  columns.filter(({ name }) => !names.includes(name));

/** One dimension, one column of facts and two parts less. */
const EARLIER: Layout = {
  ...LAYOUT,
  facts: without(LAYOUT.facts, 'utm_content', 'scroll'),
  visits: without(LAYOUT.visits, 'utm_content', 'exits'),
  rollUps: without(LAYOUT.rollUps, 'exits', 'scrolled'),
  dimensions: LAYOUT.dimensions.filter((name) => name !== 'visit:utm_content'),
};

/** One column more everywhere, and a dimension. */
const LATER: Layout = {
  ...LAYOUT,
  facts: [{ name: 'app', type: 'text', cell: () => 'shop', absent: NONE }, ...LAYOUT.facts],
  visits: [...LAYOUT.visits, { name: 'app', type: 'text', cell: () => 'shop', absent: NONE }],
  rollUps: [{ name: 'wishes', type: 'integer', cell: () => 1, absent: 0 }, ...LAYOUT.rollUps],
  dimensions: [...LAYOUT.dimensions, 'visit:app'],
};

let database: TestDatabase;
let client: pg.Client;
let filesDir: string;
const opened: ReportStore[] = [];
let today: ReportStore;
let earlier: ReportStore;
let later: ReportStore;

function openStore(layout: Layout): ReportStore {
  const store = openPostgresReportStore(database.url, { name: 'test', filesDir }, layout);
  opened.push(store);
  return store;
}

beforeAll(async () => {
  filesDir = await mkdtemp(path.join(tmpdir(), 'footfall-test-formats-'));
  database = await freshDatabase();
  await prepareReportStore(database.url);
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
  [today, earlier, later] = [openStore(LAYOUT), openStore(EARLIER), openStore(LATER)];
});
afterAll(async () => {
  await Promise.all(opened.map((store) => store.close()));
  await client.end();
  await database.drop();
  await rm(filesDir, { recursive: true, force: true });
});

const [FIRST, SECOND, NEXT_MONTH] = ['2026-03-10', '2026-03-11', '2026-04-01'];
const DAYS = [FIRST, SECOND, NEXT_MONTH] as const;
const ALL = [{ from: FIRST, to: NEXT_MONTH }];

const FACTS = [
  fact({ name: 'pageview', page: '/a', utmContent: 'banner', exit: true }),
  fact({ name: 'engagement', page: '/a', utmContent: 'banner', scroll: 5_000, exit: false }),
];

/** A visitor a day. */
const makeFacts = (siteId: string) =>
  DAYS.map((day) => visitorDay(siteId, { day, facts: FACTS.map((one) => ({ ...one, bot: 'false' })) }));

/** A site whose days wait to be sealed. */
async function siteToSeal(): Promise<string> {
  const siteId = newSite();
  await today.replaceVisitorDays(makeFacts(siteId));
  return siteId;
}

const seal = (store: ReportStore, siteId: string, days: readonly string[] = DAYS) =>
  sealThose(store, { siteId, generation: 1, days }, makeFacts(siteId));

/** Seals what the store says is stale of a site; answers which days. */
async function sealStale(store: ReportStore, siteId: string): Promise<string[]> {
  const days = (await store.staleDays('2026-12-31', 1_000)).filter((state) => state.siteId === siteId);
  await seal(
    store,
    siteId,
    days.map(({ day }) => day),
  );
  return days.map(({ day }) => day);
}

const dirtyDays = async (store: ReportStore, siteId: string) =>
  (await readStates(store, siteId)).filter(({ dirtySince }) => dirtySince !== null).map(({ day }) => day);

const BY_CONTENT = {
  groupBy: [{ kind: 'dimension', dimension: { kind: 'column', name: 'visit:utm_content' } }],
} as const;
const CONTENT_IS = (value: string) => ({
  filter: {
    type: 'match',
    op: 'is',
    dimension: { kind: 'column', name: 'visit:utm_content' },
    values: [value],
    caseSensitive: true,
  } as const,
});
const COUNTS = { parts: ['visitors', 'visits', 'events', 'exits', 'pageviews'] } as const;
const ENGAGEMENT = { relation: 'engagement', parts: ['scrolled', 'engaged'] } as const;

const counts = (days: number) => ({
  visitors: days,
  visits: days,
  events: days,
  exits: days,
  pageviews: days,
});

/** Rows whose keys are equal, added. */
async function answers(store: ReportStore, query: PartQuery) {
  const sums = new Map<string, Record<string, number>>();
  for (const { key, counts: more } of await ask(store, query)) {
    const sum = sums.get(key.join()) ?? {};
    for (const [part, count] of Object.entries(more)) sum[part] = (sum[part] ?? 0) + count;
    sums.set(key.join(), sum);
  }
  return [...sums].map(([key, sum]) => row(key === '' ? [] : key.split(','), sum)).sort(byKey);
}

const byKey = (a: { key: readonly string[] }, b: { key: readonly string[] }) =>
  a.key.join() < b.key.join() ? -1 : 1;

/** The same questions to roll-ups, visits and facts. */
const asked = (siteId: string, more: object) => [
  rolledUp(siteId, { days: ALL, ...more }),
  totals(siteId, { days: ALL, ...more }),
  totals(siteId, { days: ALL, between: { start: 0, end: Date.parse('2030-01-01') }, ...more }),
];

test('files of an earlier version answer at once, and what they lack is `(none)` or nothing', async () => {
  const siteId = await siteToSeal();
  await seal(earlier, siteId);
  for (const query of asked(siteId, COUNTS))
    expect(await answers(today, query)).toEqual([row([], counts(3))]);
  for (const query of asked(siteId, { ...COUNTS, ...BY_CONTENT }))
    expect(await answers(today, query)).toEqual([row([NONE], counts(3))]);
  for (const query of asked(siteId, ENGAGEMENT))
    expect(await answers(today, query)).toEqual([row([], { scrolled: 0, engaged: 0 })]);
  expect(await answers(today, totals(siteId, { days: ALL, ...CONTENT_IS('banner') }))).toEqual([]);
  expect(await answers(today, totals(siteId, { days: ALL, ...COUNTS, ...CONTENT_IS(NONE) }))).toEqual([
    row([], counts(3)),
  ]);
});

test('until they are made anew, answers say that something of these days may lack', async () => {
  const siteId = await siteToSeal();
  await seal(earlier, siteId);
  expect(await dirtyDays(earlier, siteId)).toEqual([]);
  expect(await dirtyDays(today, siteId)).toEqual(DAYS);
  const [first] = await readStates(today, siteId);
  expect(first?.dirtySince).toBeLessThanOrEqual(Date.parse(FIRST) - 14 * 3_600_000);
  // A few months at a time.
  while ((await dirtyDays(today, siteId)).length > 0) await sealOutdated(siteId);
  expect(await today.staleDays('2026-12-31', 1_000)).toEqual([]);
  for (const query of asked(siteId, { ...COUNTS, ...BY_CONTENT }))
    expect(await answers(today, query)).toEqual([row(['banner'], counts(3))]);
  for (const query of asked(siteId, ENGAGEMENT))
    expect(await answers(today, query)).toEqual([row([], { scrolled: 3, engaged: 0 })]);
});

/** A round of sealing: all that is stale, of whichever site. */
async function sealOutdated(siteId: string): Promise<void> {
  const stale = await today.staleDays('2026-12-31', 1_000);
  expect(new Set(stale.map(({ day }) => day.slice(0, 7))).size).toBeLessThanOrEqual(2);
  for (const site of new Set([siteId, ...stale.map((state) => state.siteId)])) await sealStale(today, site);
}

test('a day that is sealed in a month of an earlier version takes the others over, and the month is still to be made anew', async () => {
  const siteId = await siteToSeal();
  await seal(earlier, siteId);
  await today.touchDays([{ siteId, generation: 1, day: SECOND, receivedAt: Date.parse(SECOND) }]);
  await seal(today, siteId, [SECOND]);
  expect(await dirtyDays(today, siteId)).toEqual(DAYS);
  for (const query of asked(siteId, { ...COUNTS, ...BY_CONTENT }))
    expect(await answers(today, query)).toEqual([row([NONE], counts(3))]);
  await seal(today, siteId, [FIRST, SECOND]);
  expect(await dirtyDays(today, siteId)).toEqual([NEXT_MONTH]);
  for (const query of asked(siteId, { ...COUNTS, ...BY_CONTENT }))
    expect(await answers(today, query)).toEqual([row([NONE], counts(1)), row(['banner'], counts(2))]);
});

test('what has changed is sealed before months of an earlier version are made anew', async () => {
  const siteId = await siteToSeal();
  await seal(earlier, siteId);
  const live = newSite();
  await today.touchDays([{ siteId: live, generation: 1, day: '2026-05-01', receivedAt: 1 }]);
  const stale = await today.staleDays('2026-12-31', 1_000);
  expect(stale[0]).toMatchObject({ siteId: live, day: '2026-05-01' });
  expect(stale.length).toBeGreaterThan(1);
  expect(await today.staleDays('2026-12-31', 1)).toEqual(stale.slice(0, 1));
  expect((await today.staleDays('2026-03-10', 1_000)).every(({ day }) => day <= '2026-03-10')).toBe(true);
  await today.deleteSite(live);
});

test('files of a later version answer alike, beside those of all others, and count as complete', async () => {
  const siteId = await siteToSeal();
  await seal(later, siteId, [FIRST]);
  await seal(today, siteId, [NEXT_MONTH]);
  const [ofRollUps, ...ofFacts] = asked(siteId, COUNTS);
  expect(await answers(today, ofRollUps as PartQuery)).toEqual([row([], counts(2))]);
  for (const query of [...ofFacts, ...asked(siteId, { ...COUNTS, ...CONTENT_IS('banner') }).slice(1)])
    expect(await answers(today, query)).toEqual([row([], counts(3))]);
  expect(await dirtyDays(today, siteId)).toEqual([]);
  expect(await dirtyDays(later, siteId)).toEqual([NEXT_MONTH]);
});

test('a day that is sealed in a month of a later version loses what this one does not know, and the later one sees it', async () => {
  const siteId = await siteToSeal();
  await seal(later, siteId);
  await seal(today, siteId, [FIRST]);
  for (const query of asked(siteId, { ...COUNTS, ...BY_CONTENT }))
    expect(await answers(today, query)).toEqual([row(['banner'], counts(3))]);
  expect(await dirtyDays(later, siteId)).toEqual([FIRST, SECOND]);
});

test('files that this version would take for something else are refused by name, and made anew when all their days are', async () => {
  const siteId = await siteToSeal();
  const changed = openStore({ ...LAYOUT, reader: LAYOUT.reader + 1 });
  await seal(changed, siteId);
  const newer = { code: 'report_store_newer', message: expect.stringContaining('this program is 1') };
  for (const query of asked(siteId, COUNTS)) await expect(ask(today, query)).rejects.toMatchObject(newer);
  await expect(seal(today, siteId, [FIRST])).rejects.toMatchObject(newer);
  expect(await ask(today, totals(siteId, { days: [{ from: '2026-05-01', to: '2026-05-31' }] }))).toEqual([]);
  await seal(today, siteId);
  for (const query of asked(siteId, COUNTS))
    expect(await answers(today, query)).toEqual([row([], counts(3))]);
  expect(await dirtyDays(changed, siteId)).toEqual(DAYS);
});

test('a column that nothing before it could have is no reason to make files anew', async () => {
  const siteId = await siteToSeal();
  await seal(today, siteId);
  const wishes = { name: 'wishes', type: 'integer', cell: () => 0, absent: 0, isAlwaysAbsent: true } as const;
  const more = openStore({
    ...LAYOUT,
    facts: [...LAYOUT.facts, wishes],
    rollUps: [...LAYOUT.rollUps, wishes],
  });
  expect(await dirtyDays(more, siteId)).toEqual([]);
  expect(await dirtyDays(later, siteId)).toEqual(DAYS);
});

test('files that were there before formats were counted lack what came since, and new ones are of the format that has all', async () => {
  const siteId = await siteToSeal();
  await seal(today, siteId);
  const { rows } = await client.query<{ format: number; facts: string[] }>(
    `SELECT DISTINCT f.format, f.facts FROM reportstore.month_file JOIN reportstore.file_format f USING (format) WHERE site_id = $1`,
    [siteId],
  );
  const [first] = (await client.query('SELECT facts FROM reportstore.file_format WHERE format = 1')).rows;
  expect(rows).toEqual([{ format: expect.any(Number), facts: expect.arrayContaining(first.facts) }]);
  expect(rows[0]?.facts).toContain('bot_kind');
  expect(first.facts).not.toContain('bot_kind');
});

test('a column that open days have got since the first format has a default, so that an earlier version writes on', async () => {
  const { rows } = await client.query<{ name: string }>(
    `SELECT column_name AS name FROM information_schema.columns
     WHERE table_schema = 'reportstore' AND table_name = 'event_fact' AND is_nullable = 'NO' AND column_default IS NULL`,
  );
  const [first] = (await client.query('SELECT facts FROM reportstore.file_format WHERE format = 1')).rows;
  expect(['site_id', 'generation', ...first.facts]).toEqual(
    expect.arrayContaining(rows.map(({ name }) => name)),
  );
  expect(rows.length).toBeGreaterThan(30);
});

test('rows of open days stand in a table that a later version has given another column', async () => {
  const migrated = await freshDatabase();
  await prepareReportStore(migrated.url);
  const store = openPostgresReportStore(migrated.url, { name: 'test', filesDir });
  const pool = new pg.Client({ connectionString: migrated.url });
  await pool.connect();
  // Has a default, as docs/decisions/0018 asks for: an earlier version does not write it.
  await pool.query(`ALTER TABLE reportstore.event_fact ADD COLUMN app text NOT NULL DEFAULT '(none)'`);
  const siteId = newSite();
  await store.replaceVisitorDays(makeFacts(siteId));
  expect(await answers(store, totals(siteId, { days: ALL, ...COUNTS }))).toEqual([row([], counts(3))]);
  await seal(store, siteId, [FIRST]);
  expect(await answers(store, totals(siteId, { days: ALL, ...COUNTS }))).toEqual([row([], counts(3))]);
  await Promise.all([store.close(), pool.end()]);
  await migrated.drop();
});
