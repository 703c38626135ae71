import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { MAX_LINE, readLines, splitLines } from './lines.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'footfall-lines-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function read(content: Uint8Array): Promise<string[]> {
  const file = path.join(folder, 'file');
  await writeFile(file, content);
  const all: string[] = [];
  for await (const { lines } of readLines(file)) all.push(...lines);
  return all;
}

test('lines come with any end, packed or not, in one member or several', async () => {
  const text = Buffer.from('\uFEFFa\r\nb\n\nc');
  expect(await read(text)).toEqual(['a', 'b', '', 'c']);
  expect(await read(gzipSync(text))).toEqual(['a', 'b', '', 'c']);
  expect(await read(Buffer.concat([gzipSync('a\nb'), gzipSync('c\nd\n')]))).toEqual(['a', 'bc', 'd']);
  expect(await read(Buffer.from(''))).toEqual([]);
});

test('UTF-16 is read, with its mark and without, packed or not', async () => {
  const text = 'name,url\r\nBücher,/\n';
  const [little, marked] = [Buffer.from(text, 'utf16le'), Buffer.from(`\ufeff${text}`, 'utf16le')];
  const big = (bytes: Buffer) => Buffer.from(bytes).swap16();
  for (const bytes of [marked, little, big(marked), big(little), gzipSync(marked)])
    expect(await read(bytes)).toEqual(['name,url', 'Bücher,/']);
});

test('what stands before the place where a packed file breaks off is handed out', async () => {
  const packed = gzipSync(Array.from({ length: 200_000 }, (_, n) => `line ${n}`).join('\n'));
  const file = path.join(folder, 'broken.gz');
  await writeFile(file, packed.subarray(0, packed.length - 1_000));
  let count = 0;
  const reading = (async () => {
    for await (const { lines } of readLines(file)) count += lines.length;
  })();
  await expect(reading).rejects.toMatchObject({ code: 'invalid_file' });
  expect(count).toBeGreaterThan(100_000);
});

test('a line without an end is cut, and takes no memory', async () => {
  const chunks = (async function* () {
    for (let n = 0; n < 8; n++) yield Buffer.alloc(MAX_LINE, 97);
    yield Buffer.from('\nb\n');
  })();
  const all: string[] = [];
  for await (const lines of splitLines(chunks)) all.push(...lines);
  expect(all[0]?.length).toBe(MAX_LINE + 1);
  expect(all[1]).toBe('b');
});

test('however a text comes in pieces, its lines are the same', async () => {
  const bytes = fc
    .string({ unit: fc.constantFrom('a', 'é', '𝄞', '\n', ' ') })
    .map((text) => Buffer.from(text));
  await fc.assert(
    fc.asyncProperty(bytes, fc.integer({ min: 1, max: 5 }), async (buffer, size) => {
      const pieces = (async function* () {
        for (let at = 0; at < buffer.length; at += size) yield buffer.subarray(at, at + size);
      })();
      const all: string[] = [];
      for await (const lines of splitLines(pieces)) all.push(...lines);
      const whole = buffer.toString().split('\n');
      expect(all).toEqual(whole.at(-1) === '' ? whole.slice(0, -1) : whole);
    }),
  );
});
