import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type DataDir, dataDirAt } from './data-dir.ts';
import { processRef } from './process.ts';
import {
  clearRuntime,
  findRunning,
  isCopyOfRunning,
  type Runtime,
  readConnections,
  readRuntime,
  writeConnections,
  writeRuntime,
} from './runtime.ts';

let dataDir: DataDir;
beforeEach(() => {
  dataDir = dataDirAt(mkdtempSync(path.join(tmpdir(), 'footfall-runtime-')));
});
afterEach(() => rmSync(dataDir.root, { recursive: true }));

const runtime = (supervisor: Runtime['supervisor']): Runtime => ({
  supervisor,
  startedAt: '2026-01-07T10:00:00.000Z',
  listenHost: '127.0.0.1',
  tls: false,
  ready: true,
  webUrl: 'http://127.0.0.1:3000',
  collectorUrl: 'http://127.0.0.1:3001',
  postgres: null,
  services: {},
});

test('a runtime counts while its supervisor lives', async () => {
  expect(await findRunning(dataDir)).toBeNull();
  const mine = runtime(processRef(process.pid));
  await writeRuntime(dataDir, mine);
  expect(await findRunning(dataDir)).toEqual(mine);
});

test('one that a killed supervisor left behind does not count', async () => {
  await writeRuntime(dataDir, runtime({ pid: process.pid, identity: 'earlier' }));
  expect(await findRunning(dataDir)).toBeNull();
});

test('cleared, neither it nor the connections are there', async () => {
  const url = 'postgres://u:p@h/d';
  const urls = { database: url, eventLog: url, eventStore: url, reportStore: url };
  await writeRuntime(dataDir, runtime(processRef(process.pid)));
  await writeConnections(dataDir, urls);
  expect(await readConnections(dataDir)).toEqual(urls);
  expect(readFileSync(dataDir.runtime, 'utf8')).not.toContain('postgres://');
  await clearRuntime(dataDir);
  expect(await findRunning(dataDir)).toBeNull();
  expect(await readConnections(dataDir)).toBeNull();
});

test('of another version counts alike, with a field more or less', async () => {
  const { collectorUrl: _, ...fewer } = runtime(processRef(process.pid));
  const other = { ...fewer, later: true } as unknown as Runtime;
  await writeRuntime(dataDir, other);
  expect(await findRunning(dataDir)).toEqual(other);
});

test('what came with a copy of the folder is of the folder that it was copied from', async () => {
  const mine = runtime(processRef(process.pid));
  await writeRuntime(dataDir, mine);
  const copy = dataDirAt(`${dataDir.root}-copy`);
  cpSync(dataDir.root, copy.root, { recursive: true, preserveTimestamps: true });
  expect([await isCopyOfRunning(copy), await readRuntime(copy), await findRunning(copy)]).toEqual([
    true,
    null,
    null,
  ]);
  expect([await isCopyOfRunning(dataDir), await findRunning(dataDir)]).toEqual([false, mine]);
  rmSync(copy.root, { recursive: true });
});

test('a folder that was moved is still itself', async () => {
  const mine = runtime(processRef(process.pid));
  await writeRuntime(dataDir, mine);
  const moved = dataDirAt(`${dataDir.root}-moved`);
  renameSync(dataDir.root, moved.root);
  expect(await findRunning(moved)).toEqual(mine);
  renameSync(moved.root, dataDir.root);
});
