import { freshDatabase, type TestDatabase } from '@footfall/testkit/database';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectPool, type Pool, transaction } from './pool.ts';

let database: TestDatabase;
let pool: Pool;
beforeAll(async () => {
  database = await freshDatabase();
  pool = connectPool(database.url, { name: 'test' });
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

test('a transaction is undone when its work fails, and its connection is good for the next', async () => {
  const small = connectPool(database.url, { name: 'test', max: 1 });
  await small.query('CREATE TABLE t (n bigint)');
  const work = transaction(small, async (client) => {
    await client.query('INSERT INTO t VALUES (1)');
    throw new Error('no');
  });
  await expect(work).rejects.toThrow('no');
  await transaction(small, (client) => client.query('INSERT INTO t VALUES (2)'));
  expect((await small.query('SELECT n FROM t')).rows).toEqual([{ n: 2 }]);
  await small.end();
});

test('a transaction whose connection dies between two queries rejects, and the pool gives another', async () => {
  const small = connectPool(database.url, { name: 'test', max: 1 });
  const work = transaction(small, async (client) => {
    const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    const lost = new Promise((resolve) => client.once('end', resolve));
    await pool.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid]);
    await lost;
    await client.query('SELECT 1');
  });
  await expect(work).rejects.toThrow();
  expect((await small.query('SELECT 1 AS n')).rows).toEqual([{ n: 1 }]);
  await small.end();
});

test('a pool outlives the death of an idle connection, and reads bigint as a number', async () => {
  const small = connectPool(database.url, { name: 'test', max: 1 });
  const { rows } = await small.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  const removed = new Promise((resolve) => small.once('remove', resolve));
  await pool.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid]);
  await removed;
  expect((await small.query('SELECT 9007199254740991::bigint AS n')).rows).toEqual([{ n: 2 ** 53 - 1 }]);
  await small.end();
});
