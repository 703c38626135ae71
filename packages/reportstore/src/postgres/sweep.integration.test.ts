import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FactFilter } from '@footfall/core/part-query';
import { freshDatabase, type TestDatabase } from '@footfall/testkit/database';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  ask,
  DAY,
  newSite,
  readState,
  rolledUp,
  row,
  sealDay,
  totals,
  visitorDay,
} from '../contract.fixture.ts';
import { fact } from '../facts.fixture.ts';
import { openReportStore, prepareReportStore } from '../open.ts';
import type { ReportStore } from '../report-store.ts';

let database: TestDatabase;
let client: pg.Client;
/** Nothing of others is here: the files' own folder lies three below. */
let root: string;
let filesDir: string;
let store: ReportStore;
beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'footfall-test-sweep-'));
  filesDir = path.join(root, 'a', 'b', 'files');
  database = await freshDatabase();
  await prepareReportStore(database.url);
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
  store = openReportStore(database.url, { name: 'test', filesDir });
});
afterAll(async () => {
  await store.close();
  await client.end();
  await database.drop();
  await rm(root, { recursive: true, force: true });
});

const ONE = [row([], { visitors: 1, visits: 1, events: 1 })];
const generationFolder = (siteId: string) => path.join(filesDir, siteId, '1');
const listFiles = async (siteId: string) => (await readdir(generationFolder(siteId))).sort();
const agoSeconds = (hours: number) => Date.now() / 1_000 - hours * 3_600;

async function sealedSite(): Promise<string> {
  const siteId = newSite();
  await store.replaceVisitorDays([visitorDay(siteId)]);
  await sealDay(store, await readState(store, siteId), [[fact()]]);
  return siteId;
}

test('files that were replaced stay for an hour, then they go', async () => {
  const siteId = await sealedSite();
  const before = await listFiles(siteId);
  await sealDay(store, await readState(store, siteId), [[fact()]]);
  const both = await listFiles(siteId);
  expect(both).toHaveLength(6);
  await store.sweepFiles();
  expect(await listFiles(siteId)).toEqual(both);
  await client.query(`UPDATE reportstore.superseded_file SET since = now() - interval '61 minutes'`);
  await store.sweepFiles();
  expect(await listFiles(siteId)).toEqual(both.filter((name) => !before.includes(name)));
  expect((await client.query('SELECT 1 FROM reportstore.superseded_file')).rowCount).toBe(0);
  expect(await ask(store, totals(siteId))).toEqual(ONE);
});

test('files that nobody has listed go when no sealing can be writing them any more', async () => {
  const siteId = await sealedSite();
  const known = await listFiles(siteId);
  const strays = ['2026-03-dead.facts.parquet', '2026-03-young.facts.parquet.tmp'];
  for (const name of strays) await writeFile(path.join(generationFolder(siteId), name), 'x');
  await utimes(path.join(generationFolder(siteId), strays[0] as string), agoSeconds(2), agoSeconds(2));
  for (const name of known)
    await utimes(path.join(generationFolder(siteId), name), agoSeconds(9_000), agoSeconds(9_000));
  await store.sweepFiles();
  expect(await listFiles(siteId)).toEqual([...known, strays[1]].sort());
});

/** A condition on single events, for which visits do not do. */
const PAGEVIEWS: FactFilter = {
  type: 'match',
  op: 'is',
  dimension: { kind: 'column', name: 'event:name' },
  values: ['pageview'],
  caseSensitive: true,
};

test.each([
  ['facts', (siteId: string) => totals(siteId, { filter: PAGEVIEWS })],
  ['visits', totals],
  ['roll-ups', rolledUp],
] as const)('a file of %s that is lost is a failure, then its month is made anew', async (kind, queryOf) => {
  const siteId = await sealedSite();
  const lost = (await listFiles(siteId)).find((name) => name.includes(kind)) as string;
  await rm(path.join(generationFolder(siteId), lost));
  const query = queryOf(siteId);
  await expect(ask(store, query)).rejects.toMatchObject({
    code: 'report_store_unavailable',
    message: expect.stringContaining('FOOTFALL_FACTS_DIR'),
  });
  const before = await readState(store, siteId);
  await store.sweepFiles();
  const after = await readState(store, siteId);
  expect(after).toMatchObject({ version: before.version + 1, sealedVersion: null });
  expect(after.dirtySince).toBeLessThanOrEqual(Date.parse(`${DAY}T00:00:00Z`) - 14 * 3_600_000);
  expect((await store.staleDays(DAY, 100)).map((state) => state.siteId)).toContain(siteId);
  expect(await ask(store, query)).toEqual([]);
  expect(await sealDay(store, after, [[fact()]])).toBe(true);
  expect(await ask(store, query)).toEqual(ONE);
  expect((await readState(store, siteId)).dirtySince).toBeNull();
});

test('a folder that is not there yet has nothing to sweep', async () => {
  const empty = await freshDatabase();
  await prepareReportStore(empty.url);
  const fresh = openReportStore(empty.url, { name: 'test', filesDir: path.join(filesDir, 'none') });
  await expect(fresh.sweepFiles()).resolves.toBeUndefined();
  await fresh.close();
  await empty.drop();
});

test('an id of a site leaves its own folder by no means', async () => {
  const siteId = '../../escape/%2e%2e';
  await mkdir(filesDir, { recursive: true });
  await store.replaceVisitorDays([visitorDay(siteId)]);
  await sealDay(store, await readState(store, siteId), [[fact()]]);
  expect(await ask(store, totals(siteId))).toEqual(ONE);
  const around = [root, path.join(root, 'a'), path.join(root, 'a', 'b')].map((folder) => readdir(folder));
  expect(await Promise.all(around)).toEqual([['a'], ['b'], ['files']]);
  await store.deleteSite(siteId);
  expect((await readdir(filesDir)).filter((name) => name.includes('escape'))).toEqual([]);
});
