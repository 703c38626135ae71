import { chmod, mkdir, mkdtemp, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { keepPrivate } from './keep-private.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'footfall-private-'));
});
afterEach(() => rm(root, { recursive: true }));

const mode = async (...parts: string[]) => (await stat(path.join(root, ...parts))).mode & 0o777;

async function fileWith(bits: number, ...parts: string[]): Promise<void> {
  const file = path.join(root, ...parts);
  await writeFile(file, '');
  await chmod(file, bits);
}

test('what others may read of an earlier version is the owner’s alone, and programs stay programs', async () => {
  await mkdir(path.join(root, 'data', 'facts'), { recursive: true });
  for (const folder of ['data', 'data/facts']) await chmod(path.join(root, folder), 0o755);
  await fileWith(0o644, 'data', 'facts', 'month.parquet');
  await fileWith(0o755, 'data', 'program');
  await keepPrivate(path.join(root, 'data'));
  expect(await mode('data')).toBe(0o700);
  expect(await mode('data', 'facts')).toBe(0o700);
  expect(await mode('data', 'facts', 'month.parquet')).toBe(0o600);
  expect(await mode('data', 'program')).toBe(0o700);
});

test('what a link names outside stays as it is', async () => {
  await mkdir(path.join(root, 'data'));
  await fileWith(0o644, 'outside');
  await symlink(path.join(root, 'outside'), path.join(root, 'data', 'link'));
  await keepPrivate(path.join(root, 'data'));
  expect(await mode('outside')).toBe(0o644);
});

test('a folder that is absent is nothing to mend', async () => {
  await expect(keepPrivate(path.join(root, 'absent'))).resolves.toBeUndefined();
});
