import { connectPool, type Pool } from '@footfall/postgres/pool';
import { freshDatabase, type TestDatabase } from '@footfall/testkit/database';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { copyControlPlane } from './copy.ts';
import { prepareControlPlane } from './prepare.ts';

let databases: TestDatabase[];
let source: Pool;
let target: Pool;
let other: Pool;
beforeAll(async () => {
  databases = await Promise.all([freshDatabase(), freshDatabase(), freshDatabase()]);
  await Promise.all(databases.map(({ url }) => prepareControlPlane(url)));
  [source, target, other] = databases.map(({ url }) => connectPool(url, { name: 'test' })) as [
    Pool,
    Pool,
    Pool,
  ];
  await source.query(`INSERT INTO tenant (id, name) VALUES ('t1', 'It''s "one" ä😀')`);
  await source.query(
    `INSERT INTO site (id, tenant_id, site_key, domain, allowed_origins) VALUES ('s1', 't1', 'k1', 'a.example', ARRAY['https://a.example', '"'])`,
  );
  await source.query(
    `INSERT INTO goal (id, site_id, name, event, props) VALUES ('g1', 's1', 'Goal', 'Signup', '{"plan": ["a", 1.50]}')`,
  );
  await source.query(`INSERT INTO salt (day, value) VALUES ('2026-01-07', '\\x00ff10')`);
  await source.query(
    `INSERT INTO exchange_rate (day, currency, per_eur) VALUES ('2026-01-07', 'USD', 1.17234567890123456789)`,
  );
  await source.query(
    `INSERT INTO ledger_day (site_id, day, outcome, count) SELECT 's1', '2026-01-07', 'o' || n, 9007199254740993 FROM generate_series(1, 12000) n`,
  );
  await source.query(`INSERT INTO ledger_position (topic, partition, "offset") VALUES ('events', 0, 9)`);
});
afterAll(async () => {
  await Promise.all([source, target, other].map((pool) => pool.end()));
  await Promise.all(databases.map(({ drop }) => drop()));
});

const TABLES = ['tenant', 'site', 'goal', 'salt', 'exchange_rate', 'ledger_day', 'plan'];
/** Every row of the tables as Postgres writes it. */
async function readContent(pool: Pool): Promise<unknown[]> {
  const contents = TABLES.map(async (table) => {
    const { rows } = await pool.query(`SELECT t::text AS row FROM ${table} t ORDER BY 1`);
    return [table, rows.map(({ row }) => row)];
  });
  return Promise.all(contents);
}

test('a copy has every row as it was, and may be made again', async () => {
  for (const _again of [1, 2]) {
    expect(await copyControlPlane(source, target)).toBeGreaterThan(12_000);
    expect(await readContent(target)).toEqual(await readContent(source));
  }
});

test('where the log was counted up to is of the log that was', async () => {
  await copyControlPlane(source, target);
  expect((await target.query('SELECT * FROM ledger_position')).rows).toEqual([]);
});

test('an installation with tenants of its own is not overwritten', async () => {
  await other.query(`INSERT INTO tenant (id, name) VALUES ('t2', 'Another')`);
  await expect(copyControlPlane(source, other)).rejects.toMatchObject({ code: 'not_a_copy' });
  expect((await other.query('SELECT id FROM tenant')).rows).toEqual([{ id: 't2' }]);
});

test('an installation that has begun to count is not overwritten', async () => {
  await copyControlPlane(source, target);
  await target.query(`INSERT INTO ledger_position (topic, partition, "offset") VALUES ('main.hits', 0, 1)`);
  await expect(copyControlPlane(source, target)).rejects.toThrow(/counts events already/);
});
