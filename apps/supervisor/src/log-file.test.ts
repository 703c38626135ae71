import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LogFile } from './log-file.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'footfall-log-'));
  file = path.join(folder, 'web.log');
});
afterEach(() => rmSync(folder, { recursive: true }));

test('keeps lines over a restart', () => {
  for (const line of ['one', 'two']) {
    const log = new LogFile(file);
    log.write(line);
    log.close();
  }
  expect(readFileSync(file, 'utf8')).toBe('one\ntwo\n');
});

test('never needs more than twice its bound, and loses no recent line', () => {
  const log = new LogFile(file, 100);
  const lines = Array.from({ length: 50 }, (_, n) => `line number ${n}`);
  for (const line of lines) log.write(line);
  log.close();
  expect(readdirSync(folder).sort()).toEqual(['web.log', 'web.log.1']);
  for (const name of readdirSync(folder))
    expect(statSync(path.join(folder, name)).size).toBeLessThanOrEqual(100);
  const kept = ['web.log.1', 'web.log'].map((name) => readFileSync(path.join(folder, name), 'utf8')).join('');
  expect(lines.join('\n').endsWith(kept.trimEnd())).toBe(true);
  expect(kept.trimEnd().split('\n').length).toBeGreaterThan(6);
});
