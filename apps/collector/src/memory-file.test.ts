import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { MemoryFile } from './memory-file.ts';

let folder: string;
let troubles: string[];
beforeEach(async () => {
  folder = path.join(await mkdtemp(path.join(tmpdir(), 'footfall-memory-')), 'known');
  troubles = [];
});
afterEach(() => rm(path.dirname(folder), { recursive: true, force: true }));

function memory(known: unknown) {
  const recalled: unknown[] = [];
  return { recalled, known: () => known, recall: (what: unknown) => void recalled.push(what) };
}

function file(name: string, memories: Record<string, ReturnType<typeof memory>>, secret = 's'.repeat(32)) {
  const onTrouble = (what: string) => void troubles.push(what);
  return new MemoryFile(name, { folder, secret, memories, onTrouble });
}

test('the next process knows what all of the folder knew', async () => {
  const salt = new Uint8Array([1, 2, 3]);
  for (const name of ['1', '2']) {
    const before = file(name, { salts: memory([[`day ${name}`, salt]]), sites: memory([name]) });
    await before.start();
    await before.stop();
  }
  const after = { salts: memory([]), sites: memory([]), later: memory([]) };
  const next = file('1', after);
  await next.start();
  expect(after.salts.recalled).toContainEqual([['day 2', salt]]);
  expect(after.sites.recalled).toContainEqual(['1']);
  expect(after.later.recalled).toEqual([]);
  expect(troubles).toEqual([]);
  await next.stop();
});

test('nobody reads it without the secret: neither what it says nor that it was changed', async () => {
  const before = file('1', { salts: memory('the salt of the day') });
  await before.start();
  await before.stop();
  const [name = ''] = await readdir(folder);
  const written = await readFile(path.join(folder, name));
  expect(written.includes('the salt of the day')).toBe(false);
  const stranger = { salts: memory(null) };
  await file('2', stranger, 'o'.repeat(32)).start();
  expect([stranger.salts.recalled, troubles]).toEqual([[], ['1.known cannot be read, and is removed']]);
  expect(await readdir(folder)).toEqual([]);
});

test('a torn file is nothing known, and no reason not to start', async () => {
  const before = file('1', { sites: memory([1]) });
  await before.start();
  await before.stop();
  const torn = path.join(folder, '1.known');
  await writeFile(torn, (await readFile(torn)).subarray(0, 20));
  const after = { sites: memory([]) };
  await file('1', after).start();
  expect(after.sites.recalled).toEqual([]);
  expect(troubles).toEqual(['1.known cannot be read, and is removed']);
});

test('what only a later version remembers is passed over', async () => {
  const before = file('1', { sites: memory([1]), later: memory('x') });
  await before.start();
  await before.stop();
  const after = { sites: memory([]) };
  await file('2', after).start();
  expect([after.sites.recalled, troubles]).toEqual([[[1]], []]);
});
