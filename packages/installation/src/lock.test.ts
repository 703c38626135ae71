import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lockHolder, tryLock } from './lock.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'footfall-lock-'));
  file = path.join(folder, 'lock');
});
afterEach(() => rmSync(folder, { recursive: true }));

test('one holds it at a time, and says who', async () => {
  const lock = tryLock(file, 'supervisor');
  expect(lock).not.toBeNull();
  expect(tryLock(file, 'admin')).toBeNull();
  expect(await lockHolder(file)).toEqual({ pid: process.pid, purpose: 'supervisor' });
  lock?.release();
});

test('released, it is free and nobody is its holder', async () => {
  tryLock(file, 'supervisor')?.release();
  expect(await lockHolder(file)).toBeNull();
  const again = tryLock(file, 'admin');
  expect(again).not.toBeNull();
  again?.release();
});
