import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Config, readConfig } from '@footfall/config/config';
import { connectPool } from '@footfall/postgres/pool';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Access, useInstallation } from './access.ts';
import { dataDirAt } from './data-dir.ts';
import { lockHolder, tryLock } from './lock.ts';
import { startOwnPostgres } from './own-database.fixture.ts';
import { processRef } from './process.ts';
import { writeConnections, writeRuntime } from './runtime.ts';

let config: Config;
beforeEach(async () => {
  config = readConfig({ FOOTFALL_DATA_DIR: await mkdtemp(path.join(tmpdir(), 'footfall-access-')) });
});
afterEach(() => rm(config.dataDir, { recursive: true }));

/** Names of the tables of the control plane. */
async function tablesAt(url: string): Promise<string[]> {
  const pool = connectPool(url, { name: 'test', max: 1 });
  const { rows } = await pool
    .query<{ name: string }>(`SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`)
    .finally(() => pool.end());
  return rows.map(({ name }) => name);
}

/** Whether somebody serves a database there. */
const serves = (url: string) =>
  tablesAt(url).then(
    () => true,
    () => false,
  );

describe('an installation that is stopped', { timeout: 180_000 }, () => {
  test('is worked on with its database started for the moment, tables made, and stopped after', async () => {
    let url = '';
    const answer = await useInstallation(config, async ({ urls, runtime, dataDir }) => {
      url = urls.database;
      expect(runtime).toBeNull();
      expect(await tablesAt(url)).toEqual(expect.arrayContaining(['tenant', 'site']));
      // Nobody else may start the same database meanwhile.
      expect(await lockHolder(dataDir.lock)).toEqual({ pid: process.pid, purpose: 'admin' });
      return 'done';
    });
    expect(answer).toBe('done');
    expect(await serves(url)).toBe(false);
    expect(await lockHolder(dataDirAt(config.dataDir).lock)).toBeNull();
  });

  test('and work that fails leaves it stopped, and free for the next', async () => {
    let url = '';
    const failing = useInstallation(config, async ({ urls }) => {
      url = urls.database;
      throw new Error('no such tenant');
    });
    await expect(failing).rejects.toThrow('no such tenant');
    expect(await serves(url)).toBe(false);
    expect(await useInstallation(config, async () => 'next')).toBe('next');
  });

  test('and a command that leaves tables as they are makes none', async () => {
    const tables = await useInstallation(config, ({ urls }) => tablesAt(urls.database), { prepares: false });
    expect(tables).toEqual([]);
  });

  test('takes commands one after the other', async () => {
    let inside = 0;
    const work = async () => {
      inside += 1;
      expect(inside).toBe(1);
      await new Promise((resolve) => setTimeout(resolve, 50));
      inside -= 1;
    };
    await Promise.all([1, 2, 3].map(() => useInstallation(config, work, { prepares: false })));
  });

  test('and a command that is interrupted leaves no database behind', async () => {
    const program = `import { readConfig } from ${JSON.stringify(import.meta.resolve('@footfall/config/config'))};
      import { useInstallation } from ${JSON.stringify(new URL('./access.ts', import.meta.url).href)};
      await useInstallation(readConfig({ FOOTFALL_DATA_DIR: ${JSON.stringify(config.dataDir)} }), async ({ urls }) => {
        console.log(urls.database);
        await new Promise((resolve) => setTimeout(resolve, 600_000));
      }, { prepares: false });`;
    const command = spawn(process.execPath, ['--input-type=module', '-e', program], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [said] = await once(command.stdout, 'data');
    const url = String(said).trim();
    expect(await serves(url)).toBe(true);
    command.kill('SIGTERM');
    await expect.poll(() => serves(url)).toBe(false);
    command.kill('SIGKILL');
    await once(command, 'exit');
  });
});

describe('an installation that runs', () => {
  const url = 'postgres://footfall:x@127.0.0.1:1/footfall';
  const urls = { database: url, eventLog: url, eventStore: url, reportStore: url };

  async function running(): Promise<void> {
    const dataDir = dataDirAt(config.dataDir);
    await writeConnections(dataDir, urls);
    await writeRuntime(dataDir, {
      supervisor: processRef(process.pid),
      startedAt: '2026-01-07T10:00:00.000Z',
      listenHost: '127.0.0.1',
      tls: false,
      ready: true,
      webUrl: 'http://127.0.0.1:3000',
      collectorUrl: 'http://127.0.0.1:3001',
      postgres: null,
      services: {},
    });
  }

  test('is worked on where it is, without a lock and without a database of its own', async () => {
    await running();
    // As its supervisor does.
    const lock = tryLock(dataDirAt(config.dataDir).lock, 'supervisor');
    const access = await useInstallation(config, async (given): Promise<Access> => given);
    expect(access).toMatchObject({ urls, runtime: { webUrl: 'http://127.0.0.1:3000' } });
    lock?.release();
  });

  test('has the password of its database in a file that is its owner’s alone', async () => {
    await running();
    const { runtime, connections } = dataDirAt(config.dataDir);
    expect(await readFile(connections, 'utf8')).toContain(url);
    expect(await readFile(runtime, 'utf8')).not.toContain('footfall:x');
  });
});

test('a database of the operator’s own is used as it is, and the tables are made there', async () => {
  const postgres = await startOwnPostgres();
  const databaseUrl = await postgres.newDatabase();
  const given = { ...config, databaseUrl };
  const access = await useInstallation(given, async (found): Promise<Access> => found);
  expect(access).toMatchObject({ urls: { database: databaseUrl, eventLog: databaseUrl }, runtime: null });
  expect(await tablesAt(databaseUrl)).toContain('tenant');
  // Nothing was started or locked for it.
  expect(await lockHolder(dataDirAt(config.dataDir).lock)).toBeNull();
  await postgres.stop();
});
