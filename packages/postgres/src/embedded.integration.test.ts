import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startEmbeddedPostgres } from './embedded.ts';
import { connectPool } from './pool.ts';

const password = 'p@ss/word';
let dataDir: string;
beforeAll(async () => {
  // Private to its owner, as a home folder is: the server must work inside all the same.
  dataDir = await mkdtemp(path.join(tmpdir(), 'footfall-embedded-'));
  // What a first start leaves that was killed half-way is not an obstacle.
  await mkdir(path.join(dataDir, 'data.new'));
  await writeFile(path.join(dataDir, 'data.new/PG_VERSION'), '18\n');
});
afterAll(() => rm(dataDir, { recursive: true, force: true }));

test('keeps what was committed when it is killed, and takes over from a server that was left behind', async () => {
  const first = await startEmbeddedPostgres({ dataDir, password });
  const pool = connectPool(first.url, { name: 'test' });
  await pool.query('CREATE TABLE kept (n integer)');
  await pool.query('INSERT INTO kept VALUES (1)');
  await pool.end();
  process.kill(first.pid, 'SIGKILL');
  await first.stopped;

  const second = await startEmbeddedPostgres({ dataDir, password });
  // The second is still running: the third must stop it by itself.
  const third = await startEmbeddedPostgres({ dataDir, password });
  await second.stopped;
  const again = connectPool(third.url, { name: 'test' });
  expect((await again.query('SELECT n FROM kept')).rows).toEqual([{ n: 1 }]);
  await again.end();
  await third.stop();
});

test('starts at once after it was killed under load, while the processes of its connections are still leaving', async () => {
  const first = await startEmbeddedPostgres({ dataDir, password });
  const pool = connectPool(first.url, { name: 'test', max: 20 });
  await pool.query('CREATE TABLE load (n integer, filling text)');
  const insert = `INSERT INTO load SELECT g, repeat('x', 500) FROM generate_series(1, 2000) g`;
  const busy = Promise.allSettled(
    Array.from({ length: 20 }, async () => {
      for (;;) await pool.query(insert);
    }),
  );
  await expect
    .poll(async () => (await pool.query('SELECT count(*)::int AS n FROM load')).rows[0].n)
    .toBeGreaterThan(0);
  process.kill(first.pid, 'SIGKILL');
  const second = await startEmbeddedPostgres({ dataDir, password });
  await busy;
  await pool.end();
  await second.stop();
});

test.each(['SIGINT', 'SIGTERM'] as const)(
  'goes on when its whole process group gets %s: services drain first',
  async (name) => {
    const ownFolder = await mkdtemp(path.join(tmpdir(), 'footfall-embedded-'));
    const holder = fork(fileURLToPath(new URL('hold-server.fixture.ts', import.meta.url)), [ownFolder], {
      detached: true,
    });
    const [{ url }] = (await once(holder, 'message')) as [{ url: string; pid: number }];
    // As the terminal does on Ctrl-C.
    process.kill(-(holder.pid ?? 0), name);
    await once(holder, 'exit');
    const pool = connectPool(url, { name: 'test' });
    expect((await pool.query('SELECT 1 AS n')).rows).toEqual([{ n: 1 }]);
    await pool.end();
    await (await startEmbeddedPostgres({ dataDir: ownFolder, password: 'test' })).stop();
    await rm(ownFolder, { recursive: true });
  },
);

test('is not misled by a note of a process id that another process has now', async () => {
  const note = path.join(dataDir, 'data/postmaster.pid');
  await writeFile(note, `${process.pid}\n${dataDir}/data\n`, { mode: 0o600 });
  const postgres = await startEmbeddedPostgres({ dataDir, password });
  expect(await readFile(note, 'utf8')).toMatch(new RegExp(`^${postgres.pid}\n`));
  await postgres.stop();
});

test('syncs what it acknowledges and listens on this machine only', async () => {
  const postgres = await startEmbeddedPostgres({ dataDir, password });
  const pool = connectPool(postgres.url, { name: 'test' });
  const { rows } = await pool.query(
    `SELECT name, setting FROM pg_settings WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit', 'listen_addresses') ORDER BY 1`,
  );
  expect(Object.fromEntries(rows.map(({ name, setting }) => [name, setting]))).toEqual({
    fsync: 'on',
    full_page_writes: 'on',
    listen_addresses: '127.0.0.1',
    synchronous_commit: 'on',
  });
  await pool.end();
  await postgres.stop();
});

test('says in one line what is wrong: the password, the port, the folder', async () => {
  await expect(startEmbeddedPostgres({ dataDir, password: 'another' })).rejects.toMatchObject({
    code: 'embedded_failed',
    message: expect.stringContaining('password authentication failed'),
  });
  const occupant = createServer().listen(0, '127.0.0.1');
  await once(occupant, 'listening');
  const { port } = occupant.address() as { port: number };
  await expect(startEmbeddedPostgres({ dataDir, password, port })).rejects.toMatchObject({
    code: 'embedded_failed',
    message: expect.stringContaining(`port ${port} of the embedded Postgres is in use`),
  });
  occupant.close();
  const file = path.join(dataDir, 'file');
  await writeFile(file, '');
  await expect(startEmbeddedPostgres({ dataDir: path.join(file, 'x'), password })).rejects.toMatchObject({
    code: 'embedded_failed',
    message: expect.stringContaining('cannot write into the folder'),
  });
});
