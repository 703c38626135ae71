import { installedChromium } from '@footfall/testkit/chromium';
import { defineConfig } from '@playwright/test';
import type { Stores } from './support/test.ts';

const executablePath = installedChromium();

/** They need engines to stop. */
const ON_THE_CLUSTER_ALONE = ['faults.spec.ts'];
/** What must hold on both. */
const ON_THE_CLUSTER_TOO = ['first-visit.spec.ts', 'crash.spec.ts', 'definitions.spec.ts', 'privacy.spec.ts'];

export default defineConfig<object, Stores>({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  outputDir: '../artifacts/e2e',
  timeout: 180_000,
  workers: 1,
  fullyParallel: false,
  forbidOnly: true,
  reporter: [['list']],
  projects: [
    { name: 'postgres', testIgnore: ON_THE_CLUSTER_ALONE, use: { stores: 'postgres' } },
    {
      name: 'cluster',
      testMatch: [...ON_THE_CLUSTER_ALONE, ...ON_THE_CLUSTER_TOO],
      use: { stores: 'cluster' },
    },
  ],
  use: {
    locale: 'en-GB',
    trace: 'retain-on-failure',
    launchOptions: {
      ...(executablePath === undefined ? {} : { executablePath }),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--no-first-run',
      ],
    },
  },
});
