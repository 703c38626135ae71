import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildScripts } from '../build.ts';
import { read } from './docs.fixture.ts';
import { PARTS } from './part-names.ts';

/** What the page of every shop pays for being counted: one network packet, roughly. */
const BUDGET = 1_536;

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'footfall-tracker-'));
  await buildScripts(folder);
});

const gzipSize = async (file: string) => gzipSync(await readFile(join(folder, file)), { level: 9 }).length;

afterAll(() => rm(folder, { recursive: true }));

test(`the built script is at most ${BUDGET} bytes after gzip`, async () => {
  expect(await gzipSize('a.js')).toBeLessThanOrEqual(BUDGET);
});

test('each part is as small as the docs say, which do not say much more than it is', async () => {
  const rows = read('docs/tracker.md').matchAll(/^\| `([\w-]+)` \| (\d+) \|/gm);
  const told = new Map([...rows].map(([, part = '', bytes]) => [part, Number(bytes)]));
  expect((await readdir(join(folder, 'parts'))).sort()).toEqual(PARTS.map((part) => `${part}.js`).sort());
  for (const part of PARTS) {
    const size = await gzipSize(`parts/${part}.js`);
    expect(size, part).toBeLessThanOrEqual(told.get(part) ?? 0);
    expect(size, part).toBeGreaterThan((told.get(part) ?? 0) - 60);
  }
});

test('a script of all parts is at most 4.7 KB after gzip', async () => {
  const files = await Promise.all(PARTS.map((part) => readFile(join(folder, `parts/${part}.js`))));
  const all = Buffer.concat([...files, await readFile(join(folder, 'a.js'))]);
  expect(gzipSync(all, { level: 9 }).length).toBeLessThanOrEqual(4_812);
});

test('the built script keeps every name of the wire and of the page, whatever else is shortened', async () => {
  const script = await readFile(join(folder, 'a.js'), 'utf8');
  for (const name of [
    'AnalyticsService',
    'track',
    'q',
    'push',
    'site',
    'events',
    'engaged_ms',
    'since_ms',
    'hash',
    'scroll',
    'callback',
  ]) {
    expect(script, name).toMatch(new RegExp(`\\b${name}\\b`));
  }
});

test('the module exports what the types promise', async () => {
  const module = (await import(join(folder, 'index.js'))) as object;
  expect(Object.keys(module).sort()).toEqual(['init', 'track']);
});
