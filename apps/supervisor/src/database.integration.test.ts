import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { isRunning, processRef } from '@footfall/installation/process';
import { connectPool } from '@footfall/postgres/pool';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SupervisedDatabase } from './database.ts';
import { Terminal } from './terminal.ts';

let folder: string;
let database: SupervisedDatabase;
let changes: number;
let shown: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'footfall-database-'));
  changes = 0;
  shown = '';
  const err = new PassThrough();
  err.on('data', (text) => {
    shown += String(text);
  });
  database = await SupervisedDatabase.start(
    { dataDir: folder, password: 'test' },
    {
      terminal: new Terminal(new PassThrough(), err),
      onChange: () => {
        changes += 1;
      },
    },
  );
});
afterEach(async () => {
  await database.stop();
  await rm(folder, { recursive: true });
});

async function ask(sql: string): Promise<unknown[]> {
  const pool = connectPool(database.url, { name: 'test', max: 1 });
  return pool
    .query(sql)
    .then(({ rows }) => rows)
    .finally(() => pool.end());
}

const kill = () => process.kill(database.runtime().pid, 'SIGKILL');

test('a server that is killed comes back at its address, with what it had', {
  timeout: 120_000,
}, async () => {
  await ask('CREATE TABLE kept (id integer)');
  const before = database.runtime();
  const url = database.url;
  kill();
  await expect.poll(() => database.runtime().pid).not.toBe(before.pid);
  expect(database.runtime().port).toBe(before.port);
  expect(database.url).toBe(url);
  expect(changes).toBe(1);
  expect(shown).toContain('postgres ended; starting it again in 0.25 s\n');
  expect(await ask('SELECT * FROM kept')).toEqual([]);
});

test('while its port is somebody else’s it is tried again, and told', { timeout: 120_000 }, async () => {
  const { port, pid } = database.runtime();
  kill();
  await expect.poll(() => shown).toContain('starting it again in 0.25 s');
  const other = createServer();
  await expect
    .poll(async () => {
      other.listen(port, '127.0.0.1');
      return once(other, 'listening').then(
        () => true,
        () => false,
      );
    })
    .toBe(true);
  await expect.poll(() => shown).toMatch(new RegExp(`port ${port} of the embedded Postgres is in use`));
  await expect.poll(() => shown).toContain('starting it again in 0.5 s');
  other.close();
  await expect.poll(() => database.runtime().pid, { timeout: 60_000 }).not.toBe(pid);
  expect(await ask('SELECT 1 AS one')).toEqual([{ one: 1 }]);
});

test('stopped, it ends for good and says nothing', { timeout: 120_000 }, async () => {
  const server = processRef(database.runtime().pid);
  await database.stop();
  expect(isRunning(server)).toBe(false);
  expect(shown).toBe('');
  expect(changes).toBe(0);
});

test('stopped between two lives, it stays stopped', { timeout: 120_000 }, async () => {
  const { pid } = database.runtime();
  kill();
  await expect.poll(() => shown).toContain('starting it again');
  await database.stop();
  expect(isRunning(processRef(database.runtime().pid))).toBe(false);
  expect([pid, database.runtime().pid]).toContain(database.runtime().pid);
  await expect(ask('SELECT 1')).rejects.toThrow();
});
