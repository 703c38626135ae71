import { defineConfig } from 'vitest/config';

const exclude = ['**/node_modules/**', '**/dist/**', '**/.next/**', 'e2e/**'];
const integration = ['**/*.integration.test.ts', '**/*.browser.test.ts'];

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['**/*.test.ts', '**/*.test.tsx'],
          exclude: [...exclude, ...integration],
        },
      },
      {
        test: {
          name: 'integration',
          include: integration,
          exclude,
          testTimeout: 60_000,
          hookTimeout: 120_000,
          maxWorkers: 2,
          globalSetup: ['./packages/testkit/src/global-postgres.ts'],
        },
      },
    ],
  },
});
