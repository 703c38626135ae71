import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findProcess } from './process-table.mjs';
import { inTurn } from './turn.mjs';

let folder: string;
let file: string;
let lines: string[];
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'footfall-turn-'));
  file = path.join(folder, 'lock');
  lines = [];
});
afterEach(() => rmSync(folder, { recursive: true }));

const take = <T>(work: () => Promise<T>): Promise<T> =>
  inTurn(work, { file, say: (line: string) => lines.push(line) });

const ENDED = 2 ** 22 + 1;

test.each([
  ['is empty', ''],
  ['is of an earlier version, whose process id is another program’s now', String(process.ppid)],
  ['names a process that has ended', JSON.stringify({ pid: ENDED, began: '1' })],
  ['names a process id that was given to another process', JSON.stringify({ pid: process.ppid, began: 'x' })],
  ['is not of ours', 'null'],
  ['names every process', JSON.stringify({ pid: -1, began: '' })],
])('a lock that %s holds up nobody', async (_, text) => {
  writeFileSync(file, text);
  expect(await take(async () => 'done')).toBe('done');
  expect(lines).toEqual([]);
  expect(existsSync(file)).toBe(false);
});

test('a living holder is waited for, and named once with the file', async () => {
  const holder = spawn('sleep', ['60']);
  const pid = holder.pid ?? 0;
  const { began } = findProcess(pid) ?? {};
  writeFileSync(file, JSON.stringify({ pid, began }));
  const order: string[] = [];
  const done = take(async () => order.push('ours'));
  await expect.poll(() => lines).toHaveLength(1);
  expect(lines[0]).toContain(`process ${pid} (sleep 60)`);
  expect(lines[0]).toContain(file);
  // Killed, so that it cannot tidy up.
  order.push('theirs');
  holder.kill('SIGKILL');
  await done;
  expect(order).toEqual(['theirs', 'ours']);
  expect(lines).toHaveLength(1);
});

test('works follow each other, and the file names who is at work', async () => {
  let running = 0;
  const most: number[] = [];
  await Promise.all(
    Array.from({ length: 5 }, () =>
      take(async () => {
        running += 1;
        most.push(running);
        expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ pid: process.pid });
        await new Promise((resolve) => setTimeout(resolve, 5));
        running -= 1;
      }),
    ),
  );
  expect(most).toEqual([1, 1, 1, 1, 1]);
});

test('work that fails gives its turn back', async () => {
  await expect(take(() => Promise.reject(new Error('full')))).rejects.toThrow('full');
  expect(await take(async () => 'next')).toBe('next');
});

test('a folder that cannot be written is one line', async () => {
  const absent = path.join(folder, 'absent', 'lock');
  await expect(inTurn(async () => undefined, { file: absent })).rejects.toThrow(
    /absent, which cannot be written: it does not exist \(ENOENT\)$/,
  );
});
