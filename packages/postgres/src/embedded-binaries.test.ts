import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { linkLibraries } from './embedded-binaries.ts';

test('links that npm did not make, because its install scripts are off, are made once and relative', async () => {
  const root = await mkdtemp(path.join(tmpdir(), 'footfall-links-'));
  await mkdir(path.join(root, 'native/lib/deep'), { recursive: true });
  await writeFile(path.join(root, 'native/lib/libx.so.1'), 'library');
  const links = ['native/lib/libx.so', 'native/lib/deep/libx.so'].map((target) => ({
    source: 'native/lib/libx.so.1',
    target,
  }));
  await writeFile(path.join(root, 'native/pg-symlinks.json'), JSON.stringify(links));

  await Promise.all([linkLibraries(root), linkLibraries(root)]);
  await linkLibraries(root);
  for (const { target } of links) {
    expect(await readFile(path.join(root, target), 'utf8')).toBe('library');
  }
  await rm(root, { recursive: true });
});

test('a package without links needs none', async () => {
  await expect(linkLibraries(path.join(tmpdir(), 'footfall-nowhere'))).resolves.toBeUndefined();
});
