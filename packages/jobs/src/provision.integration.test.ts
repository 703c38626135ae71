import { connectPool, type Pool } from '@footfall/postgres/pool';
import { SERVICES } from '@footfall/postgres/service-role';
import { freshDatabase, type TestDatabase } from '@footfall/testkit/database';
import { getMigrationPlans, getRollbackPlans } from 'pg-boss';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openJobQueue } from './job-queue.ts';
import { asOneTransaction, JOBS } from './provision.ts';

let database: TestDatabase;
let pool: Pool;
beforeEach(async () => {
  database = await freshDatabase();
  pool = connectPool(database.url, { name: 'test' });
});
afterEach(async () => {
  await pool.end();
  await database.drop();
});

const version = async () =>
  (await pool.query<{ version: number }>('SELECT version FROM pgboss.version')).rows[0]?.version ?? 0;

/** Whether the library finds its tables as it wants them. */
async function works(): Promise<boolean> {
  const queue = openJobQueue(pool, { onError: () => undefined });
  try {
    await queue.start();
    return true;
  } catch {
    return false;
  } finally {
    await queue.stop(1_000);
  }
}

/** What preparing an empty database does: its tables and the roles of services, each of them once. */
const MADE = [
  'migration jobs/0001_chores',
  'migration jobs/0002_queue_states',
  ...Array.from({ length: SERVICES.length }, () => expect.stringMatching(/^role \w+$/)),
  expect.stringMatching(/^\d+ rights of roles$/),
  expect.stringMatching(/^tables of pg-boss \d+$/),
];

test('an empty database says what it lacks, and has it after it was prepared', async () => {
  expect(await JOBS.check(database.url)).toEqual([
    'migration jobs/0001_chores',
    'migration jobs/0002_queue_states',
    expect.stringMatching(/^tables of pg-boss \d+$/),
  ]);
  expect(await works()).toBe(false);
  expect(await JOBS.prepare(database.url)).toEqual(MADE);
  expect(await JOBS.check(database.url)).toEqual([]);
  expect(await works()).toBe(true);
});

test('several may prepare it at the same time, and again', async () => {
  const done = await Promise.all([1, 2, 3].map(() => JOBS.prepare(database.url)));
  expect(done.flat()).toHaveLength(MADE.length);
  expect(done.flat()).toEqual(expect.arrayContaining(MADE));
  expect(await JOBS.prepare(database.url)).toEqual([]);
});

/** Indices of the tables, by name. */
async function indices(): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>(
    `SELECT indexname AS name FROM pg_indexes WHERE schemaname = 'pgboss' ORDER BY 1`,
  );
  return rows.map(({ name }) => name);
}

test('tables of an older pg-boss are brought up to date, indices and all', async () => {
  await JOBS.prepare(database.url);
  const [newest, wanted] = [await version(), await indices()];
  await pool.query(getRollbackPlans('pgboss', newest));
  expect(await version()).toBe(newest - 1);
  expect(await works()).toBe(false);
  expect(await JOBS.check(database.url)).toEqual([`tables of pg-boss ${newest}`]);
  expect(await JOBS.prepare(database.url)).toEqual([`tables of pg-boss ${newest}`]);
  expect(await version()).toBe(newest);
  expect(await indices()).toEqual(wanted);
  expect(await works()).toBe(true);
});

test.each([45, 40, 30])('an upgrade from version %i is one transaction', (from) => {
  const upgrade = asOneTransaction(getMigrationPlans('pgboss', from));
  expect(upgrade.match(/^\s*BEGIN;/g)).toHaveLength(1);
  expect(upgrade.match(/COMMIT;/g)).toHaveLength(1);
  expect(upgrade).toMatch(/COMMIT;$/);
  expect(upgrade).not.toMatch(/^\s*(CREATE|DROP).* CONCURRENTLY /m);
});

test('tables of a newer pg-boss are left alone, and an older scheduler does not touch them', async () => {
  await JOBS.prepare(database.url);
  await pool.query('UPDATE pgboss.version SET version = version + 1');
  expect(await JOBS.prepare(database.url)).toEqual([]);
  expect(await works()).toBe(false);
});

test('an installation that fails leaves nothing half-made, and nobody waiting', async () => {
  // In the way of the tables: the plan fails in its middle.
  await pool.query('CREATE SCHEMA pgboss; CREATE TABLE pgboss.queue (name text)');
  await expect(JOBS.prepare(database.url)).rejects.toThrow(/already exists/);
  expect((await pool.query(`SELECT to_regclass('pgboss.job') AS job`)).rows).toEqual([{ job: null }]);
  await pool.query('DROP TABLE pgboss.queue');
  expect(await JOBS.prepare(database.url)).toHaveLength(1);
});
