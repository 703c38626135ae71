import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const exclude = ['**/node_modules/**', '**/dist/**', '**/.next/**', 'e2e/**'];
const integration = ['**/*.integration.test.ts', '**/*.browser.test.ts'];
const cluster = ['**/*.cluster.test.ts'];
/** `npm run test:long` runs them, `npm test` does not. */
const long = ['**/*.long.test.ts'];

/** What is waited for is a condition: a disk that is busy for a second must not end it, as the default of a second would. */
const POLL = { timeout: 20_000 };

const onPostgres = {
  exclude,
  testTimeout: 60_000,
  hookTimeout: 120_000,
  expect: { poll: POLL },
  maxWorkers: 2,
  globalSetup: ['./packages/testkit/src/global-postgres.ts'],
};

const onEngines = {
  ...onPostgres,
  hookTimeout: 180_000,
  // All share one engine of each kind, and some stop it.
  maxWorkers: 1,
  fileParallelism: false,
  globalSetup: [...onPostgres.globalSetup, './packages/testkit/src/global-engines.ts'],
};

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          isolate: false,
          testTimeout: 30_000,
          include: ['**/*.test.ts'],
          exclude: [...exclude, ...integration, ...cluster, ...long],
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
      { test: { name: 'integration', include: integration, ...onPostgres } },
      { test: { name: 'cluster', include: cluster, ...onEngines } },
      { test: { name: 'integration-long', include: ['**/*.integration.long.test.ts'], ...onPostgres } },
      { test: { name: 'cluster-long', include: ['**/*.cluster.long.test.ts'], ...onEngines } },
    ],
  },
});
