import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const exclude = ['**/node_modules/**', '**/dist/**', '**/.next/**', 'e2e/**'];
const integration = ['**/*.integration.test.ts', '**/*.browser.test.ts'];
const cluster = ['**/*.cluster.test.ts'];

/** What is waited for is a condition: a disk that is busy for a second must not end it, as the default of a second would. */
const POLL = { timeout: 20_000 };

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          isolate: false,
          testTimeout: 30_000,
          include: ['**/*.test.ts'],
          exclude: [...exclude, ...integration, ...cluster],
        },
      },
      {
        resolve: {
          alias: { 'next/link': fileURLToPath(new URL('apps/web/src/ui/link.fixture.tsx', import.meta.url)) },
        },
        test: {
          // Components of the portal, rendered: each file has a document of its own.
          name: 'dom',
          environment: 'happy-dom',
          pool: 'vmThreads',
          testTimeout: 30_000,
          include: ['**/*.test.tsx'],
          exclude,
        },
      },
      {
        test: {
          name: 'integration',
          include: integration,
          exclude,
          testTimeout: 60_000,
          hookTimeout: 120_000,
          expect: { poll: POLL },
          maxWorkers: 2,
          globalSetup: ['./packages/testkit/src/global-postgres.ts'],
        },
      },
      {
        test: {
          name: 'cluster',
          include: cluster,
          exclude,
          testTimeout: 60_000,
          hookTimeout: 180_000,
          expect: { poll: POLL },
          // All share one engine of each kind, and some stop it.
          maxWorkers: 1,
          fileParallelism: false,
          globalSetup: [
            './packages/testkit/src/global-postgres.ts',
            './packages/testkit/src/global-engines.ts',
          ],
        },
      },
    ],
  },
});
