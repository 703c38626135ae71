import { readConfig } from '@footfall/config/config';
import { connectPool } from '@footfall/postgres/pool';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type OwnPostgres, startOwnPostgres } from './own-database.fixture.ts';
import { checkStores, initStores, prepareOwnStores, prepareStores, storeUrls } from './stores.ts';

let postgres: OwnPostgres;
let database: string;
beforeAll(async () => {
  postgres = await startOwnPostgres();
});
beforeEach(async () => {
  database = await postgres.newDatabase();
});
afterAll(() => postgres.stop());

const urls = (others: Record<string, string> = {}) => storeUrls(readConfig(others), database);
const lines = (reports: Awaited<ReturnType<typeof checkStores>>) =>
  Object.fromEntries(reports.map(({ name, lines: said }) => [name, said.length > 0]));

test('an empty database lacks something of every store, and nothing after a start', async () => {
  expect(lines(await checkStores(urls()))).toEqual({
    database: true,
    eventLog: true,
    eventStore: true,
    reportStore: true,
  });
  await prepareStores(urls());
  expect(lines(await checkStores(urls()))).toEqual({
    database: false,
    eventLog: false,
    eventStore: false,
    reportStore: false,
  });
});

test('looking changes nothing', async () => {
  await checkStores(urls());
  const pool = connectPool(database, { name: 'test', max: 1 });
  const { rowCount } = await pool.query(
    `SELECT 1 FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
  );
  await pool.end();
  expect(rowCount).toBe(0);
});

test('what was done is told once, and a second time there is nothing to do', async () => {
  const first = await initStores(urls());
  expect(first.map(({ name, by }) => [name, by])).toEqual([
    ['database', 'start'],
    ['eventLog', 'start'],
    ['eventStore', 'start'],
    ['reportStore', 'start'],
  ]);
  expect(first.flatMap(({ lines: said }) => said)).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^migration control\/0001/),
      expect.stringMatching(/^tables of pg-boss/),
    ]),
  );
  for (const { url } of first) expect(url).not.toMatch(/:test@/);
  expect((await initStores(urls())).flatMap(({ lines: said }) => said)).toEqual([]);
});

test('several machines may start on one database at the same time', async () => {
  await Promise.all([1, 2, 3].map(() => prepareOwnStores(urls())));
  expect(lines(await checkStores(urls()))).toMatchObject({ database: false, reportStore: false });
});

test('a store elsewhere that nobody serves is told by its own variable, not by the database’s', async () => {
  const away = 'postgres://shop:hunter2@127.0.0.1:1/reports';
  await expect(prepareStores(urls({ REPORT_STORE_URL: away }))).rejects.toMatchObject({
    code: 'store_unusable',
    where: 'REPORT_STORE_URL',
    message: expect.not.stringContaining('hunter2'),
  });
});

test('a cluster’s store is left alone by a start, which only looks at it', async () => {
  // Nobody listens there: a start that left it alone cannot fail at it, one that looks must.
  const away = { EVENT_LOG_URL: 'kafka://127.0.0.1:1' };
  await prepareOwnStores(urls(away));
  await expect(prepareStores(urls(away))).rejects.toMatchObject({ where: 'EVENT_LOG_URL' });
}, 120_000);
