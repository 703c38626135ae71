import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Config, readConfig } from '@footfall/config/config';
import { dataDirAt } from '@footfall/installation/data-dir';
import { lockHolder, tryLock } from '@footfall/installation/lock';
import { isRunning, processRef } from '@footfall/installation/process';
import { readRuntime, writeRuntime } from '@footfall/installation/runtime';
import { freePort } from '@footfall/postgres/free-port';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { lockDataDir } from './occupy.ts';

let config: Config;
const holders: ChildProcess[] = [];
beforeEach(async () => {
  config = readConfig({
    FOOTFALL_DATA_DIR: await mkdtemp(path.join(tmpdir(), 'footfall-occupy-')),
    WEB_PORT: String(await freePort()),
    COLLECTOR_PORT: String(await freePort()),
  });
});
afterEach(async () => {
  for (const holder of holders.splice(0)) holder.kill('SIGKILL');
  await rm(config.dataDir, { recursive: true });
});

const signal = () => new AbortController().signal;
const LOCK = new URL('../../../packages/installation/src/lock.ts', import.meta.url).href;

/** Another process that holds the data folder for a purpose. */
async function heldFor(purpose: 'supervisor' | 'admin'): Promise<ChildProcess> {
  const program = `import { tryLock } from ${JSON.stringify(LOCK)};
    globalThis.kept = tryLock(${JSON.stringify(dataDirAt(config.dataDir).lock)}, '${purpose}');
    console.log('held');
    setInterval(() => {}, 1000);`;
  const holder = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  holders.push(holder);
  await once(holder.stdout as NonNullable<typeof holder.stdout>, 'data');
  return holder;
}

test('takes the folder, says so, and gives it back', async () => {
  const { dataDir, lock } = await lockDataDir(config, signal());
  expect(dataDir.root).toBe(config.dataDir);
  expect(await lockHolder(dataDir.lock)).toEqual({ pid: process.pid, purpose: 'supervisor' });
  lock.release();
  const again = await lockDataDir(config, signal());
  again.lock.release();
});

describe('a folder that is taken', () => {
  test('by another supervisor is refused at once, by the process that has it', async () => {
    const holder = await heldFor('supervisor');
    await expect(lockDataDir(config, signal())).rejects.toMatchObject({
      code: 'already_running',
      where: 'FOOTFALL_DATA_DIR',
      message: `Footfall is running on ${config.dataDir} already (process ${holder.pid}); stop it, or set FOOTFALL_DATA_DIR to another folder`,
    });
  });

  test('by a command is waited for', async () => {
    const holder = await heldFor('admin');
    const waiting = lockDataDir(config, signal());
    holder.kill('SIGKILL');
    const { lock } = await waiting;
    lock.release();
  });

  test('is not waited for any longer when the operator changes his mind', async () => {
    await heldFor('admin');
    const mind = new AbortController();
    const waiting = lockDataDir(config, mind.signal);
    mind.abort(new Error('stopped before it was ready'));
    await expect(waiting).rejects.toThrow('stopped before it was ready');
  });
});

describe('a port that is taken', () => {
  test.each(['webPort', 'collectorPort', 'processorPort', 'aggregatorPort', 'schedulerPort'] as const)(
    '(%s) is refused by the name of its variable, and the folder is free again',
    async (field) => {
      const other = createServer().listen(0, '127.0.0.1');
      await once(other, 'listening');
      const { port } = other.address() as AddressInfo;
      const variable = field.replace('Port', '_PORT').toUpperCase();
      await expect(lockDataDir({ ...config, [field]: port }, signal())).rejects.toMatchObject({
        code: 'port_unusable',
        where: variable,
        message: expect.stringContaining(`${variable}: port ${port} is in use by another program`),
      });
      other.close();
      const lock = tryLock(dataDirAt(config.dataDir).lock, 'admin');
      expect(lock).not.toBeNull();
      lock?.release();
    },
  );
});

describe('what a supervisor that was killed left behind', () => {
  const leftBehind = (service: { pid: number; identity: string }) =>
    writeRuntime(dataDirAt(config.dataDir), {
      supervisor: { pid: service.pid, identity: 'gone' },
      startedAt: '2026-01-07T10:00:00.000Z',
      listenHost: '127.0.0.1',
      tls: false,
      ready: true,
      webUrl: '',
      collectorUrl: '',
      postgres: null,
      services: { web: { ...service, port: 1, restarts: 0 } },
    });

  test('is ended, and forgotten', async () => {
    const left = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    holders.push(left);
    await once(left, 'spawn');
    const service = processRef(left.pid ?? 0);
    await leftBehind(service);
    const { dataDir, lock } = await lockDataDir(config, signal());
    expect(isRunning(service)).toBe(false);
    expect(await readRuntime(dataDir)).toBeNull();
    lock.release();
  });

  test('is left alone when its id is another process’s by now', async () => {
    await leftBehind({ pid: process.pid, identity: 'earlier' });
    const { dataDir, lock } = await lockDataDir(config, signal());
    expect(await readRuntime(dataDir)).toBeNull();
    lock.release();
  });

  test('is left alone when the folder is a copy of the one that it runs in, which is said', async () => {
    const left = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    holders.push(left);
    await once(left, 'spawn');
    const service = processRef(left.pid ?? 0);
    await leftBehind(service);
    const copy = `${config.dataDir}-copy`;
    await cp(config.dataDir, copy, { recursive: true });
    const { dataDir, lock, copied } = await lockDataDir({ ...config, dataDir: copy }, signal());
    expect([copied, isRunning(service), await readRuntime(dataDir)]).toEqual([true, true, null]);
    lock.release();
    await rm(copy, { recursive: true });
  });
});
