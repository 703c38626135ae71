import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readJson, writeJson } from './json-file.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'footfall-json-'));
  file = path.join(folder, 'runtime.json');
});
afterEach(() => rmSync(folder, { recursive: true }));

test('what was written is read', async () => {
  const content = { a: [1, null, 'ü'], b: { c: true } };
  await writeJson(file, content);
  expect(await readJson(file)).toEqual(content);
});

test('a file that is not there is nothing; one that is not JSON is an error', async () => {
  expect(await readJson(file)).toBeNull();
  writeFileSync(file, '{"half":');
  await expect(readJson(file)).rejects.toThrow(SyntaxError);
});

test('a file in a place that cannot be read is an error, not nothing', async () => {
  await expect(readJson(folder)).rejects.toMatchObject({ code: 'EISDIR' });
});

test('is its owner’s alone, also when it takes the place of one that others could read', async () => {
  writeFileSync(file, '{}', { mode: 0o644 });
  await writeJson(file, { secret: 'x' });
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('many who write at once leave one whole file, and no drafts', async () => {
  const long = 'x'.repeat(50_000);
  const contents = Array.from({ length: 20 }, (_, writer) => ({ writer, long }));
  const readers = Array.from({ length: 20 }, () => readJson<{ long: string }>(file));
  await Promise.all(contents.map((content) => writeJson(file, content)));
  // Whoever read meanwhile found nothing, or all of one.
  for (const found of await Promise.all(readers)) if (found !== null) expect(found.long).toBe(long);
  expect(contents).toContainEqual(JSON.parse(readFileSync(file, 'utf8')));
  expect(readdirSync(folder)).toEqual(['runtime.json']);
});
