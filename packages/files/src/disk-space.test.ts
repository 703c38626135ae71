import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { diskSpace, fullDisk } from './disk-space.ts';

test('a folder that is not made yet is on the disk of the nearest one above it', async () => {
  const { free, total } = await diskSpace(path.join(tmpdir(), 'not', 'made', 'yet'));
  expect(total).toBeGreaterThan(0);
  expect(free).toBeGreaterThan(0);
  expect(free).toBeLessThanOrEqual(total);
});

const MB = 1024 * 1024;

test('the first folder whose disk is full is named with what the disk has', async () => {
  const space = async (folder: string) => ({ free: folder === '/full' ? 32 * 1024 : 5 * MB, total: 43 * MB });
  expect(await fullDisk(['/roomy', '/full'], space)).toBe(
    'no space left on the disk of /full (43 MB, 32 KB free)',
  );
  expect(await fullDisk(['/roomy'], space)).toBeUndefined();
});

test('what is not a disk, and what nobody can tell of, is not full', async () => {
  expect(await fullDisk(['/proc'], async () => ({ free: 0, total: 0 }))).toBeUndefined();
  expect(await fullDisk(['/gone'], () => Promise.reject(new Error('gone')))).toBeUndefined();
});
