import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { type DataDir, dataDirAt } from '@footfall/installation/data-dir';
import { processRef } from '@footfall/installation/process';
import { findRunning, type Runtime, readRuntime } from '@footfall/installation/runtime';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Publisher } from './publisher.ts';
import { Terminal } from './terminal.ts';

let dataDir: DataDir;
let err: PassThrough;
let terminal: Terminal;
beforeEach(() => {
  dataDir = dataDirAt(mkdtempSync(path.join(tmpdir(), 'footfall-publisher-')));
  err = new PassThrough();
  terminal = new Terminal(new PassThrough(), err);
});
afterEach(() => rmSync(dataDir.root, { recursive: true }));

const runtime = (ready: boolean): Runtime => ({
  supervisor: processRef(process.pid),
  startedAt: '2026-01-07T10:00:00.000Z',
  listenHost: '127.0.0.1',
  tls: false,
  ready,
  webUrl: 'http://127.0.0.1:3000',
  collectorUrl: 'http://127.0.0.1:3001',
  postgres: null,
  services: {},
});

test('what is written is what is true when it is its turn, not when it was asked for', async () => {
  let ready = false;
  const publisher = new Publisher(dataDir, terminal, () => runtime(ready));
  const first = publisher.changed();
  ready = true;
  await first;
  expect(await readRuntime(dataDir)).toEqual(runtime(true));
});

test('many changes at once leave the last one', async () => {
  let count = 0;
  const publisher = new Publisher(dataDir, terminal, () => {
    count += 1;
    return { ...runtime(true), startedAt: String(count) };
  });
  await Promise.all(Array.from({ length: 20 }, () => publisher.changed()));
  expect(await readRuntime(dataDir)).toMatchObject({ startedAt: '20' });
});

test('closed, nobody takes the installation for running, also when something changes after', async () => {
  const publisher = new Publisher(dataDir, terminal, () => runtime(true));
  await publisher.changed();
  expect(await findRunning(dataDir)).not.toBeNull();
  const late = publisher.changed();
  await publisher.close();
  await late;
  await publisher.changed();
  expect(await readRuntime(dataDir)).toBeNull();
});

test('a file that cannot be written is told, and stops nothing', async () => {
  mkdirSync(path.join(dataDir.runtime, 'in the way'), { recursive: true });
  const publisher = new Publisher(dataDir, terminal, () => runtime(true));
  await publisher.changed();
  expect(String(err.read())).toMatch(/^supervisor: runtime\.json cannot be written: [^\n]+\n$/);
  rmSync(dataDir.runtime, { recursive: true });
  await publisher.changed();
  expect(await readRuntime(dataDir)).toEqual(runtime(true));
});
