import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, test } from 'vitest';
import { lockFits, treeFits } from './install.mjs';
import { ROOT } from './paths.mjs';

const MANIFESTS = {
  '': { devDependencies: { turbo: '2.0.0' } },
  'apps/web': { dependencies: { next: '16.0.0', pg: '8.0.0' } },
};

test.each([
  ['for these manifests', { ...MANIFESTS }, true],
  [
    'whatever the order of its entries',
    { ...MANIFESTS, 'apps/web': { dependencies: { pg: '8.0.0', next: '16.0.0' } } },
    true,
  ],
  ['with entries of packages', { ...MANIFESTS, 'node_modules/next': { version: '16.0.0' } }, true],
  ['of another version', { ...MANIFESTS, '': { devDependencies: { turbo: '1.0.0' } } }, false],
  ['that lacks a dependency', { ...MANIFESTS, 'apps/web': { dependencies: { next: '16.0.0' } } }, false],
  [
    'that knows one too many',
    { ...MANIFESTS, '': { ...MANIFESTS[''], dependencies: { left: '1.0.0' } } },
    false,
  ],
  ['that lacks a workspace', { '': MANIFESTS[''] }, false],
])('a lock file %s', (_, lock, fits) => {
  expect(lockFits(lock, MANIFESTS)).toBe(fits);
});

const LOCK = {
  '': {},
  'apps/web': {},
  'node_modules/next': { version: '16.0.0' },
  'node_modules/@footfall/web': { link: true },
  'node_modules/next/node_modules/postcss': { version: '8.0.0' },
  'node_modules/@turbo/darwin-64': { version: '2.0.0', optional: true },
};
const { 'node_modules/@turbo/darwin-64': _, ...TREE } = LOCK;

test.each([
  ['as the lock file says, without what is of other systems', TREE, true],
  ['with another version', { ...TREE, 'node_modules/next': { version: '15.0.0' } }, false],
  [
    'with another version deep inside',
    { ...TREE, 'node_modules/next/node_modules/postcss': { version: '7.0.0' } },
    false,
  ],
  [
    'with a workspace that is not linked',
    { ...TREE, 'node_modules/@footfall/web': { version: '1.0.0' } },
    false,
  ],
  [
    'with an optional package of another version',
    { ...LOCK, 'node_modules/@turbo/darwin-64': { version: '1.0.0' } },
    false,
  ],
  ['with more than the lock file names', { ...TREE, 'node_modules/extra': { version: '1.0.0' } }, true],
  ['that is empty', {}, false],
])('a node_modules %s', (_, tree, fits) => {
  expect(treeFits(LOCK, tree)).toBe(fits);
});

test('scripts of npm find the Node that runs everything else', () => {
  const run = spawnSync(path.join(ROOT, 'node_modules/.bin/node'), ['-p', 'process.versions.node']);
  expect(run.stdout.toString().trim()).toMatch(/^24\./);
});
