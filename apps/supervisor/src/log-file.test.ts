import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
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

test('is its owner’s alone, the full one too', () => {
  const log = new LogFile(file, 20);
  for (const line of ['one line of it', 'another line of it']) log.write(line);
  log.close();
  for (const name of ['web.log', 'web.log.1'])
    expect(statSync(path.join(folder, name)).mode & 0o777).toBe(0o600);
});

test('a line longer than the bound is kept whole', () => {
  const log = new LogFile(file, 10);
  log.write('a line that is longer than that');
  log.close();
  expect(readFileSync(file, 'utf8')).toBe('a line that is longer than that\n');
});

test('a line after the end goes nowhere, least of all into another file that got its number', () => {
  const log = new LogFile(file);
  log.close();
  const other = new LogFile(path.join(folder, 'collector.log'));
  log.write('late');
  log.close();
  other.write('mine');
  other.close();
  expect(readFileSync(file, 'utf8')).toBe('');
  expect(readFileSync(path.join(folder, 'collector.log'), 'utf8')).toBe('mine\n');
});

test('a folder that is gone stops nobody who writes', () => {
  const log = new LogFile(file, 20);
  log.write('one line of it');
  rmSync(folder, { recursive: true });
  expect(() => log.write('another line of it')).not.toThrow();
  log.close();
  mkdirSync(folder);
});
