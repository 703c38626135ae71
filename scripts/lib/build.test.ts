import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { hashSources, isStamped } from './build.mjs';

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'footfall-build-'));
  write('app/src/page.tsx', 'one');
  write('lock.json', '{}');
});
afterEach(() => rmSync(root, { recursive: true }));

function write(name: string, text: string): void {
  mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
  writeFileSync(path.join(root, name), text);
}

const hash = () => hashSources(root, ['app', 'lock.json', 'absent']);

test.each([
  ['a changed file', () => write('app/src/page.tsx', 'two')],
  ['a new file', () => write('app/src/other.tsx', '')],
  ['a changed lock file', () => write('lock.json', '{ }')],
  ['a moved file', () => renameSync(path.join(root, 'app/src/page.tsx'), path.join(root, 'app/page.tsx'))],
])('%s makes another hash', (_, change) => {
  const before = hash();
  change();
  expect(hash()).not.toBe(before);
});

test.each([
  'app/.next/BUILD_ID',
  'app/dist/a.js',
  'app/generated/client.ts',
  'app/node_modules/x/index.js',
  'app/next-env.d.ts',
  'app/tsconfig.tsbuildinfo',
  'app/src/page.test.tsx',
])('%s, which no build reads, changes nothing', (name) => {
  const before = hash();
  write(name, 'anything');
  expect(hash()).toBe(before);
});

test('a build is current while its stamp names these sources and its outputs are there', () => {
  const build = { name: 'all', outputs: ['app/dist/a.js'] };
  expect(isStamped(root, build, 'abc')).toBe(false);
  write('node_modules/.footfall/all', 'abc');
  expect(isStamped(root, build, 'abc')).toBe(false);
  write('app/dist/a.js', '');
  expect(isStamped(root, build, 'abc')).toBe(true);
  expect(isStamped(root, build, 'abd')).toBe(false);
});
