import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type DataDir, dataDirAt } from './data-dir.ts';
import { stopLeftovers } from './leftovers.ts';
import { isRunning, type ProcessRef, processRef } from './process.ts';
import {
  readConnections,
  readRuntime,
  type ServiceRuntime,
  writeConnections,
  writeRuntime,
} from './runtime.ts';

let dataDir: DataDir;
const children: ChildProcess[] = [];
beforeEach(async () => {
  dataDir = dataDirAt(await mkdtemp(path.join(tmpdir(), 'footfall-leftovers-')));
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await rm(dataDir.root, { recursive: true });
});

/** A process that was left behind. */
async function left(program = 'setInterval(() => {}, 1000)'): Promise<ProcessRef> {
  const child = spawn(process.execPath, ['-e', `${program}; console.log('on')`], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  children.push(child);
  await once(child.stdout as NonNullable<typeof child.stdout>, 'data');
  return processRef(child.pid ?? 0);
}

function remembered(services: Record<string, ProcessRef>): Promise<void> {
  const all = Object.entries(services).map(([name, process]): [string, ServiceRuntime] => [
    name,
    { ...process, port: 1, restarts: 0 },
  ]);
  return writeRuntime(dataDir, {
    supervisor: { pid: 1, identity: 'gone' },
    startedAt: '2026-01-07T10:00:00.000Z',
    listenHost: '127.0.0.1',
    tls: false,
    ready: true,
    webUrl: '',
    collectorUrl: '',
    postgres: null,
    services: Object.fromEntries(all),
  });
}

test('a folder in which nothing ran has nothing to stop', async () => {
  await expect(stopLeftovers(dataDir)).resolves.toBeUndefined();
});

test('services that still run are told to end, and have ended when it is done', async () => {
  const [web, collector] = [await left(), await left()];
  await remembered({ web, collector });
  await stopLeftovers(dataDir);
  expect([web, collector].map(isRunning)).toEqual([false, false]);
});

test('one that takes its time to finish is waited for', async () => {
  const ends = path.join(dataDir.root, 'ended');
  const slow = await left(
    `process.on('SIGTERM', () => setTimeout(() => { require('node:fs').writeFileSync(${JSON.stringify(ends)}, ''); process.exit() }, 300)); setInterval(() => {}, 1000)`,
  );
  await remembered({ slow });
  await stopLeftovers(dataDir);
  expect(isRunning(slow)).toBe(false);
  // It wrote what it had to: it was not cut off.
  await expect(writeFile(ends, 'x', { flag: 'r+' })).resolves.toBeUndefined();
});

test('one that does not end in its time is killed', async () => {
  const stubborn = await left(`process.on('SIGTERM', () => undefined); setInterval(() => {}, 1000)`);
  await remembered({ stubborn });
  await stopLeftovers(dataDir, 200);
  expect(isRunning(stubborn)).toBe(false);
});

test('a process that has got the id of one since is not touched', async () => {
  const stranger = await left();
  await remembered({
    web: { pid: stranger.pid, identity: 'earlier' },
    gone: { pid: 2 ** 22 + 1, identity: '1' },
  });
  await stopLeftovers(dataDir);
  expect(isRunning(stranger)).toBe(true);
});

test('what was written of the last run is forgotten', async () => {
  await remembered({});
  const url = 'postgres://u:p@h/d';
  await writeConnections(dataDir, { database: url, eventLog: url, eventStore: url, reportStore: url });
  await stopLeftovers(dataDir);
  expect(await readRuntime(dataDir)).toBeNull();
  expect(await readConnections(dataDir)).toBeNull();
});
