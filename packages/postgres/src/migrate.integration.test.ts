import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { freshDatabase, type TestDatabase } from '@footfall/testkit/database';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Adjustment, migrate, migrationProvision } from './migrate.ts';
import { connectPool, type Pool } from './pool.ts';

let database: TestDatabase;
let pool: Pool;
let folder: string;
beforeEach(async () => {
  database = await freshDatabase();
  pool = connectPool(database.url, { name: 'test' });
  folder = await mkdtemp(path.join(tmpdir(), 'footfall-migrations-'));
});
afterEach(async () => {
  await pool.end();
  await database.drop();
  await rm(folder, { recursive: true });
});

async function write(name: string, sql: string): Promise<void> {
  await mkdir(path.join(folder, name), { recursive: true });
  await writeFile(path.join(folder, name, 'migration.sql'), sql);
}

const set = (owner = 'shop') => ({ owner, folder: pathToFileURL(`${folder}/`) });

test('applies each migration once, in the order of the names, however many start at the same time', async () => {
  await write('0002_fill', 'INSERT INTO t VALUES (1)');
  await write('0001_make', 'CREATE TABLE t (n integer)');
  const applied = await Promise.all(Array.from({ length: 4 }, () => migrate(pool, set())));
  expect(applied.flat()).toEqual(['migration shop/0001_make', 'migration shop/0002_fill']);
  expect((await pool.query('SELECT n FROM t')).rows).toEqual([{ n: 1 }]);
  await write('0003_more', 'INSERT INTO t VALUES (2)');
  expect(await migrate(pool, set())).toEqual(['migration shop/0003_more']);
});

test('owners number their migrations for themselves', async () => {
  await write('0001_make', 'CREATE TABLE IF NOT EXISTS t (n integer)');
  expect(await migrate(pool, set('one'))).toEqual(['migration one/0001_make']);
  expect(await migrate(pool, set('two'))).toEqual(['migration two/0001_make']);
});

test('a migration that fails leaves the database as it was, those before it included', async () => {
  await write('0001_make', 'CREATE TABLE t (n integer)');
  await write('0002_wrong', 'INSERT INTO missing VALUES (1)');
  await expect(migrate(pool, set())).rejects.toMatchObject({
    code: 'migration_failed',
    message: expect.stringContaining('shop/0002_wrong'),
  });
  expect((await pool.query("SELECT to_regclass('t') AS t")).rows).toEqual([{ t: null }]);
});

test('a migration that was edited after it was applied stops the upgrade', async () => {
  await write('0001_make', 'CREATE TABLE t (n integer)');
  await migrate(pool, set());
  await write('0001_make', 'CREATE TABLE t (n bigint)');
  await expect(migrate(pool, set())).rejects.toMatchObject({ code: 'migration_changed' });
});

describe('a provision', () => {
  test('says what is missing and makes nothing of it until it is told to', async () => {
    await write('0001_make', 'CREATE TABLE t (n integer)');
    const { by, check, prepare } = migrationProvision(set());
    expect(by).toBe('start');
    expect(await check(database.url)).toEqual(['migration shop/0001_make']);
    expect((await pool.query(`SELECT to_regclass('_prisma_migrations') AS t`)).rows).toEqual([{ t: null }]);
    expect(await prepare(database.url)).toEqual(['migration shop/0001_make']);
    expect(await check(database.url)).toEqual([]);
    await write('0002_fill', 'INSERT INTO t VALUES (1)');
    expect(await check(database.url)).toEqual(['migration shop/0002_fill']);
  });

  test('looks for what follows from the code once the migrations are there', async () => {
    await write('0001_make', 'CREATE TABLE t (n integer)');
    const columns = `SELECT column_name FROM information_schema.columns WHERE table_name = 't' AND column_name = 'color'`;
    const adjustment: Adjustment = {
      missing: async (client) => ((await client.query(columns)).rows.length === 0 ? ['column color'] : []),
      make: async (client) => {
        await client.query('ALTER TABLE t ADD COLUMN color text');
      },
    };
    const { check, prepare } = migrationProvision({ ...set(), adjustment });
    expect(await check(database.url)).toEqual(['migration shop/0001_make']);
    await migrate(pool, set());
    expect(await check(database.url)).toEqual(['migration shop/column color']);
    expect(await prepare(database.url)).toEqual(['migration shop/column color']);
    expect(await check(database.url)).toEqual([]);
  });

  test('is refused by a database that is not there', async () => {
    const { check } = migrationProvision(set());
    const url = new URL(database.url);
    url.pathname = '/nowhere';
    await expect(check(url.href)).rejects.toThrow('database "nowhere" does not exist');
  });
});
