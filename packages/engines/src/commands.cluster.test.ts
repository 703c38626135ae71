import { type ChildProcess, type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { isRunning, processRef } from '@footfall/installation/process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { down, lacking, type Room, status, up } from './commands.ts';
import { engineIn } from './engine.ts';
import { freePortPair } from './port.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'footfall-room-'));
});
afterAll(async () => {
  await engineIn(path.join(folder, 'kafka'))?.kill();
  await rm(folder, { recursive: true });
});

/** What a command says about Kafka. */
async function said(command: (room: Room) => Promise<unknown>): Promise<string[]> {
  const lines: string[] = [];
  await command({ folder, names: ['kafka'], say: (line) => lines.push(line) });
  return lines;
}

test('up, up again, status, down: each says how it is', { timeout: 180_000 }, async () => {
  const port = await freePortPair();
  const ports = { kafka: port, cassandra: 0, elasticsearch: 0 };
  const set = `EVENT_LOG_URL=kafka://127.0.0.1:${port}`;
  expect(await said(status)).toEqual(['kafka          does not run']);
  expect(await said((room) => up(room, ports))).toEqual([`kafka          ready  ${set}`]);
  expect(await said((room) => up(room, ports))).toEqual([`kafka          runs already  ${set}`]);
  const { pid } = engineIn(path.join(folder, 'kafka')) ?? {};
  expect(await said(status)).toEqual([`kafka          serves (pid ${pid})  ${set}`]);
  expect(await said((room) => down(room, { data: false }))).toEqual(['kafka          stopped']);
  expect(existsSync(path.join(folder, 'kafka/data'))).toBe(true);
  expect(await said((room) => down(room, { data: true }))).toEqual([
    'kafka          was not running, data deleted',
  ]);
  expect(existsSync(path.join(folder, 'kafka'))).toBe(false);
});

test('a machine that can run an engine lacks nothing', async () => {
  expect(await said(lacking)).toEqual([]);
});

const main = fileURLToPath(new URL('./main.ts', import.meta.url));

/** Engines held for a process that does nothing but live. */
function hold(): {
  owner: ChildProcess;
  holder: ChildProcessByStdio<null, Readable, null>;
  ended: Promise<unknown>;
} {
  const owner = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  const args = [main, 'hold', 'kafka', '--owner', String(owner.pid)];
  const holder = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  return { owner, holder, ended: once(holder, 'exit') };
}

test('engines that are held go with their process, however it ends', { timeout: 180_000 }, async () => {
  const { owner, holder, ended } = hold();
  const [held] = (await once(createInterface({ input: holder.stdout }), 'line')) as [string];
  const java = processRef(engineIn(path.join(held, 'kafka'))?.pid ?? 0);
  expect(isRunning(java)).toBe(true);
  owner.kill('SIGKILL');
  expect(await ended).toEqual([0, null]);
  expect(isRunning(java)).toBe(false);
  expect(existsSync(held)).toBe(false);
});

test('so do engines whose process ends while they start', { timeout: 180_000 }, async () => {
  const { owner, holder, ended } = hold();
  const mine = async () =>
    (await readdir(tmpdir())).filter((name) => name.startsWith(`footfall-engines-${owner.pid}-`));
  await expect.poll(mine, { timeout: 20_000 }).toHaveLength(1);
  owner.kill('SIGKILL');
  holder.stdout.destroy();
  expect(await ended).toEqual([0, null]);
  expect(await mine()).toEqual([]);
});
