import { describe, expect, test } from 'vitest';
import { belongs, reachable } from './image.mjs';

describe('what an app can reach', () => {
  const lock = {
    'apps/web': {
      dependencies: { '@shop/core': '*', next: '1', ours: '1' },
      devDependencies: { vitest: '1' },
    },
    'packages/core': { dependencies: { zod: '1' } },
    'packages/testkit': { dependencies: { zod: '1' } },
    'node_modules/@shop/core': { link: true, resolved: 'packages/core' },
    'node_modules/next': {
      dependencies: { postcss: '1' },
      optionalDependencies: { '@next/swc-linux-x64-gnu': '1', '@img/sharp-linux-x64': '1', absent: '1' },
      peerDependencies: { react: '1', '@playwright/test': '1' },
      peerDependenciesMeta: { '@playwright/test': { optional: true } },
    },
    'node_modules/next/node_modules/postcss': { dependencies: { zod: '1' } },
    'node_modules/postcss': {},
    'node_modules/@next/swc-linux-x64-gnu': {},
    'node_modules/@img/sharp-linux-x64': {},
    'node_modules/react': {},
    'node_modules/@playwright/test': {},
    'node_modules/ours': { dependencies: { next: '1' } },
    'node_modules/zod': {},
    'node_modules/vitest': {},
  };
  const found = reachable(lock, ['apps/web']);

  test('is its dependencies, theirs, and the packages of ours behind the links', () => {
    expect(found).toEqual([
      'apps/web',
      'node_modules/@img/sharp-linux-x64',
      'node_modules/@shop/core',
      'node_modules/next',
      'node_modules/next/node_modules/postcss',
      'node_modules/ours',
      'node_modules/react',
      'node_modules/zod',
      'packages/core',
    ]);
  });

  test('is not what another one uses, nor the compiler', () => {
    for (const absent of ['packages/testkit', 'node_modules/vitest', 'node_modules/postcss'])
      expect(found).not.toContain(absent);
    expect(found).not.toContain('node_modules/@next/swc-linux-x64-gnu');
  });
});

test.each([
  ['node_modules/pg/lib/index.js', 'node_modules/pg', true],
  ['node_modules/pg/README.md', 'node_modules/pg', false],
  ['node_modules/pg/lib/index.js.map', 'node_modules/pg', false],
  ['node_modules/zod/index.d.cts', 'node_modules/zod', false],
  // It is reached by itself, or by nobody.
  ['node_modules/next/node_modules/postcss/index.js', 'node_modules/next', false],
  ['node_modules/@prisma/client/runtime/a.mysql.js', 'node_modules/@prisma/client', false],
  ['node_modules/@prisma/client/runtime/a.postgresql.js', 'node_modules/@prisma/client', true],
  ['apps/web/src/main.ts', 'apps/web/src', true],
  ['apps/web/src/main.test.ts', 'apps/web/src', false],
  ['packages/core/src/stored-event.fixture.ts', 'packages/core/src', false],
  ['apps/web/.next/cache/a', 'apps/web/.next', false],
  // Links that Next makes to what it did not bundle.
  ['apps/web/.next/node_modules/pg-1', 'apps/web/.next', true],
])('%s of %s belongs into the image: %s', (file, item, expected) => {
  expect(belongs(file, item)).toBe(expected);
});
