import { chownSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
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

test('root leaves another user’s folder as it is, and says whose it is', async () => {
  const { uid } = statSync(folder);
  const getuid = vi.spyOn(process, 'getuid').mockReturnValue(0);
  const owner = uid === 0 ? 1_234 : uid;
  // Root's own tests can give the folder away; anybody else's folder is not root's to begin with.
  if (uid === 0) chownSync(folder, owner, owner);
  await expect(openDataDir(folder)).rejects.toMatchObject({
    code: 'data_dir_unusable',
    message: `FOOTFALL_DATA_DIR: ${folder} belongs to the user with id ${owner}, and what root writes there would lock that user out; run this as that user, for example sudo -u '#${owner}' npm run admin -- status`,
  });
  getuid.mockRestore();
  expect(readdirSync(folder)).toEqual([]);
});
