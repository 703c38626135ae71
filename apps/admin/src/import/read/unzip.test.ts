import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Budget, isZip, unpack, unzip } from './unzip.ts';
import { zip } from './zip.fixture.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'footfall-unzip-'));
});
afterAll(() => rm(folder, { recursive: true }));

const plenty = (): Budget => ({ bytes: 1e6, files: 100 });

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
  const found = await unzip(file, await mkdtemp(path.join(folder, 'out-')), plenty());
  expect(found.map(({ name, size }) => [name, size])).toEqual([
    ['a.csv', 3],
    ['b/two.csv', 4],
  ]);
  expect(await Promise.all(found.map((one) => readFile(one.path, 'utf8')))).toEqual(['a,1', 'é,2']);
});

test('what is broken, or would lead out of the folder, is refused', async () => {
  const out = await mkdtemp(path.join(folder, 'out-'));
  const whole = zip({ 'a.csv': 'a,1' });
  await expect(unzip(await archive(whole.subarray(0, -5)), out, plenty())).rejects.toMatchObject({
    code: 'invalid_file',
  });
  await expect(unzip(await archive(zip({ '../a.csv': 'a,1' })), out, plenty())).rejects.toMatchObject({
    code: 'invalid_file',
  });
  expect(await isZip((await archive(Buffer.from('date,visitors\n'))).path)).toBe(false);
});

test('archives in archives are unpacked, to three of them', async () => {
  const nested = (depth: number): Buffer =>
    depth === 0 ? zip({ 'a.csv': 'a,1' }) : zip({ 'inner.zip': nested(depth - 1), [`b${depth}.csv`]: 'b,1' });
  const out = () => mkdtemp(path.join(folder, 'out-'));
  const found = await unpack(await archive(nested(2)), await out());
  expect(found.map(({ name }) => name)).toEqual(['b2.csv', 'b1.csv', 'a.csv']);
  await expect(unpack(await archive(nested(3)), await out())).rejects.toThrow(/more than 3 deep/);
});

test('what unpacks to too much, or to too many files, is refused', async () => {
  const out = await mkdtemp(path.join(folder, 'out-'));
  const bomb = zip({ 'a.csv': '0'.repeat(50_000), 'b.csv': '0'.repeat(60_000) });
  await expect(unzip(await archive(bomb), out, { bytes: 100_000, files: 9 })).rejects.toThrow(
    /unpacks to more/,
  );
  const many = zip({ 'c.csv': '', 'd.csv': '', 'e.csv': '' });
  await expect(unzip(await archive(many), out, { bytes: 1, files: 2 })).rejects.toThrow(
    /more than 10000 files/,
  );
});

test('an entry that is larger than it says is refused', async () => {
  const packed = zip({ 'a.csv': '0'.repeat(5_000) });
  const at = packed.lastIndexOf('PK\u0001\u0002');
  packed.writeUInt32LE(7, at + 24);
  const out = await mkdtemp(path.join(folder, 'out-'));
  await expect(unzip(await archive(packed), out, plenty())).rejects.toMatchObject({ code: 'invalid_file' });
});

test('a workbook is not taken apart', async () => {
  const file = await archive(zip({ '[Content_Types].xml': '<x/>', 'xl/workbook.xml': '<x/>' }));
  expect(await unpack(file, await mkdtemp(path.join(folder, 'out-')))).toEqual([file]);
});
