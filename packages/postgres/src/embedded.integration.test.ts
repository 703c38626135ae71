import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded.ts';
import { freePort, listenProblem } from './free-port.ts';
import { connectPool, type Pool } from './pool.ts';

// Of the kinds of character that a URL has another meaning for.
const password = 'p@ss/w:rd?#%';
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

describe('one server for many questions', () => {
  let port: number;
  let postgres: EmbeddedPostgres;
  let pool: Pool;
  beforeAll(async () => {
    port = await freePort();
    const settings = { max_connections: '20', fsync: 'off' };
    postgres = await startEmbeddedPostgres({ dataDir, password, port, settings });
    pool = connectPool(postgres.url, { name: 'test' });
  });
  afterAll(async () => {
    await pool.end();
    await postgres.stop();
  });

  const setting = async (name: string) =>
    (await pool.query<{ value: string }>('SELECT current_setting($1) AS value', [name])).rows[0]?.value;

  describe('is a server that', () => {
    test('listens on the port that was wanted, and nobody else may', async () => {
      expect(postgres.port).toBe(port);
      expect(new URL(postgres.url).port).toBe(String(port));
      expect(await listenProblem(port, '127.0.0.1')).toBe('EADDRINUSE');
    });

    test('has a database of ours, with every letter and an order that no system changes', async () => {
      const { rows } = await pool.query(
        `SELECT current_database() AS name, pg_encoding_to_char(encoding) AS encoding, datcollate AS collation
         FROM pg_database WHERE datname = current_database()`,
      );
      expect(rows).toEqual([{ name: 'footfall', encoding: 'UTF8', collation: 'C' }]);
    });

    test('keeps its password for itself: it is stored as a proof, and no file holds it', async () => {
      const { rows } = await pool.query(
        `SELECT left(rolpassword, 13) AS kind FROM pg_authid WHERE rolname = 'footfall'`,
      );
      expect(rows).toEqual([{ kind: 'SCRAM-SHA-256' }]);
      expect(existsSync(path.join(dataDir, 'data.password'))).toBe(false);
      expect(await readFile(path.join(dataDir, 'postgres.log'), 'utf8')).not.toContain(password);
    });

    test.each([
      ['a setting of ours that was replaced', 'max_connections', '20'],
      ['a setting that stands beside ours', 'fsync', 'off'],
      ['a setting of ours that was left', 'work_mem', '16MB'],
      ['no socket besides the port', 'unix_socket_directories', ''],
    ])('has %s', async (_why, name, value) => expect(await setting(name)).toBe(value));

    test('is the process that was named', async () => {
      const note = await readFile(path.join(dataDir, 'data/postmaster.pid'), 'utf8');
      expect(Number(note.split('\n')[0])).toBe(postgres.pid);
    });
  });

  describe('a second server beside it is refused', () => {
    /** A folder that looks as if a server had made it. */
    async function made(name: string, files: Readonly<Record<string, string>>): Promise<string> {
      const data = path.join(dataDir, name, 'data');
      await mkdir(data, { recursive: true, mode: 0o700 });
      for (const [file, text] of Object.entries(files)) await writeFile(path.join(data, file), text);
      return path.join(dataDir, name);
    }

    test('on the port that the first has', async () => {
      const folder = await made('port', { PG_VERSION: '18\n' });
      await expect(startEmbeddedPostgres({ dataDir: folder, password, port })).rejects.toMatchObject({
        code: 'embedded_failed',
        message: `port ${port} of the embedded Postgres is in use`,
        remedy: 'read the log in the data folder',
      });
    });

    test('in a folder whose settings are lost: the log says so, and its place is named', async () => {
      const folder = await made('empty', { PG_VERSION: '18\n' });
      const log = path.join(folder, 'postgres.log');
      await expect(startEmbeddedPostgres({ dataDir: folder, password })).rejects.toMatchObject({
        code: 'embedded_failed',
        message: `the embedded Postgres does not start in ${path.join(folder, 'data')}: see ${log}`,
      });
      expect(await readFile(log, 'utf8')).toContain('could not access the server configuration file');
    });

    test('in a folder of another release, with the server’s own words', async () => {
      const folder = await made('old', { PG_VERSION: '9.6\n', 'postgresql.conf': '', 'pg_hba.conf': '' });
      await expect(startEmbeddedPostgres({ dataDir: folder, password })).rejects.toMatchObject({
        code: 'embedded_failed',
        message: `the embedded Postgres does not start in ${path.join(folder, 'data')}: database files are incompatible with server`,
      });
    });

    test('with a setting that Postgres does not know', async () => {
      const folder = await made('setting', { PG_VERSION: '18\n', 'postgresql.conf': '' });
      const settings = { no_such_setting: 'on' };
      await expect(startEmbeddedPostgres({ dataDir: folder, password, settings })).rejects.toThrow(
        `the embedded Postgres does not start in ${path.join(folder, 'data')}: unrecognized configuration parameter "no_such_setting"`,
      );
    });

    test('in a place that is a file', async () => {
      const file = path.join(dataDir, 'other-file');
      await writeFile(file, '');
      await expect(startEmbeddedPostgres({ dataDir: file, password })).rejects.toMatchObject({
        code: 'embedded_failed',
        message: `cannot write into the folder ${file}: something else is in its place (EEXIST)`,
      });
    });

    test('while the first goes on', async () => {
      expect((await pool.query('SELECT 1 AS n')).rows).toEqual([{ n: 1 }]);
    });
  });

  test('a connection that is already open keeps the port from nobody once the server has stopped', async () => {
    await pool.query('SELECT 1');
    await Promise.all([postgres.stop(), postgres.stop()]);
    await postgres.stopped;
    expect(existsSync(path.join(dataDir, 'data/postmaster.pid'))).toBe(false);
    await expect(pool.query('SELECT 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    // Whoever wants the port next can have it.
    const next = createServer();
    await new Promise<void>((resolve, reject) => {
      next.once('error', reject);
      next.listen(port, '127.0.0.1', resolve);
    });
    next.close();
  });
});
