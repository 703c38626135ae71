import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isZip, unzip } from './unzip.ts';
import { zip } from './zip.fixture.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'footfall-unzip-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function archive(content: Uint8Array) {
  const at = path.join(folder, 'archive');
  await writeFile(at, content);
  return { path: at, name: 'archive', size: content.length };
}

test('files come out with their content, in the order of their names, hidden ones not', async () => {
  const file = await archive(
    zip({ 'b/two.csv': 'é,2', 'a.csv': 'a,1', '__MACOSX/a.csv': 'x', 'b/.hidden': 'x' }),
  );
  expect(await isZip(file.path)).toBe(true);
  const found = await unzip(file, await mkdtemp(path.join(folder, 'out-')));
  expect(found.map(({ name, size }) => [name, size])).toEqual([
    ['a.csv', 3],
    ['b/two.csv', 4],
  ]);
  expect(await Promise.all(found.map((one) => readFile(one.path, 'utf8')))).toEqual(['a,1', 'é,2']);
});

test('what is broken, or would lead out of the folder, is refused', async () => {
  const out = await mkdtemp(path.join(folder, 'out-'));
  const whole = zip({ 'a.csv': 'a,1' });
  await expect(unzip(await archive(whole.subarray(0, -5)), out)).rejects.toMatchObject({
    code: 'invalid_file',
  });
  await expect(unzip(await archive(zip({ '../a.csv': 'a,1' })), out)).rejects.toMatchObject({
    code: 'invalid_file',
  });
  expect(await isZip((await archive(Buffer.from('date,visitors\n'))).path)).toBe(false);
});
