import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { platform, tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeFolder } from './make-folder.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'footfall-folder-'));
});
afterEach(() => rm(root, { recursive: true }));

const mode = async (folder: string) => (await stat(folder)).mode & 0o777;

test('makes what is missing above it, for the owner alone', async () => {
  await makeFolder(path.join(root, 'a', 'b', 'c'));
  for (const made of ['a', 'a/b', 'a/b/c']) expect(await mode(path.join(root, made))).toBe(0o700);
});

test('is content with what exists, also when several make it at once', async () => {
  const folder = path.join(root, 'a', 'b');
  await Promise.all([makeFolder(folder), makeFolder(folder), makeFolder(folder)]);
  await makeFolder(folder);
  await makeFolder('/');
});

test('a file in the way is told', async () => {
  await writeFile(path.join(root, 'file'), '');
  await expect(makeFolder(path.join(root, 'file'))).rejects.toMatchObject({ code: 'EEXIST' });
  await expect(makeFolder(path.join(root, 'file', 'a'))).rejects.toMatchObject({ code: 'ENOTDIR' });
});

test.runIf(platform() === 'linux')('comes back from where no folder can be made', async () => {
  await expect(makeFolder('/proc/footfall/data/logs')).rejects.toMatchObject({ code: 'ENOENT' });
});
