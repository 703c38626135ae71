import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildScripts } from '../build.ts';

/** What the page of every shop pays for being counted: one network packet, roughly. */
const BUDGET = 1_536;

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'footfall-tracker-'));
  await buildScripts(folder);
});

afterAll(() => rm(folder, { recursive: true }));

test(`the built script is at most ${BUDGET} bytes after gzip`, async () => {
  const script = await readFile(join(folder, 'a.js'));
  expect(gzipSync(script, { level: 9 }).length).toBeLessThanOrEqual(BUDGET);
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
