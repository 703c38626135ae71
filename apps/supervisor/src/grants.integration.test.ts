import { prepareOwnStores } from '@footfall/installation/stores';
import { connectPool } from '@footfall/postgres/pool';
import { SERVICES } from '@footfall/postgres/service-role';
import { freshDatabase, type TestDatabase } from '@footfall/testkit/database';
import { afterAll, beforeAll, expect, test } from 'vitest';

let database: TestDatabase;
beforeAll(async () => {
  database = await freshDatabase();
  const { url } = database;
  await prepareOwnStores({ database: url, eventLog: url, eventStore: url, reportStore: url });
});
afterAll(() => database.drop());

/** Tables of nobody's: what was applied is read by whoever prepares. */
const UNUSED = ['public._prisma_migrations'];

test('every table of an installation may be used by a service, or is on the list of those that none needs', async () => {
  const pool = connectPool(database.url, { name: 'test', max: 1 });
  const { rows } = await pool.query<{ table: string }>(
    `SELECT t.schemaname || '.' || t.tablename AS "table" FROM pg_tables t
     WHERE t.schemaname NOT IN ('pg_catalog', 'information_schema') AND NOT EXISTS (
       SELECT FROM unnest($1::text[]) AS s(service) JOIN pg_roles r ON r.rolname = current_database() || '_' || s.service
       WHERE has_table_privilege(r.rolname, format('%I.%I', t.schemaname, t.tablename), 'SELECT')) ORDER BY 1`,
    [SERVICES],
  );
  expect(rows.map(({ table }) => table)).toEqual(UNUSED);
  const { rows: all } = await pool.query('SELECT 1 FROM pg_tables WHERE schemaname = $1', ['reportstore']);
  expect(all.length).toBeGreaterThan(3);
  await pool.end();
});

test('a second start changes nothing', async () => {
  const { url } = database;
  const pool = connectPool(url, { name: 'test', max: 1 });
  const state = `SELECT (SELECT json_agg(c.relacl::text ORDER BY c.oid) FROM pg_class c)::text AS rights,
    (SELECT json_agg(p.oid ORDER BY p.oid) FROM pg_policy p)::text AS policies`;
  const before = (await pool.query(state)).rows;
  await prepareOwnStores({ database: url, eventLog: url, eventStore: url, reportStore: url });
  expect((await pool.query(state)).rows).toEqual(before);
  await pool.end();
});
