import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { dataDirAt, openDataDir, ROOT } from './data-dir.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'footfall-data-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('a relative folder lies beside the sources, wherever a command is typed', () => {
  expect(dataDirAt('.footfall').root).toBe(path.join(ROOT, '.footfall'));
  expect(dataDirAt('/var/lib/footfall').root).toBe('/var/lib/footfall');
});

test('is made with all its parents, and other users cannot look into it', async () => {
  const { root, logs } = await openDataDir(path.join(folder, 'a', 'b'));
  expect(statSync(root).mode & 0o066).toBe(0);
  expect(statSync(logs).mode & 0o077).toBe(0);
});

test('a folder that cannot be made is one line with the variable and an example', async () => {
  writeFileSync(path.join(folder, 'file'), '');
  await expect(openDataDir(path.join(folder, 'file', 'x'))).rejects.toMatchObject({
    code: 'data_dir_unusable',
    message: expect.stringMatching(
      /^FOOTFALL_DATA_DIR: .*\/file\/x cannot be written \(it is not a folder\); set it to .*FOOTFALL_DATA_DIR=/,
    ),
  });
});
