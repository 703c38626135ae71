import { installedChromium } from '@footfall/testkit/chromium';
import { defineConfig } from '@playwright/test';
import type { Faults, Options } from './support/test.ts';

const executablePath = installedChromium();

/** They need engines to stop. */
const ON_THE_CLUSTER_ALONE = ['faults.spec.ts'];
/** What must hold on both. */
const ON_THE_CLUSTER_TOO = ['first-visit.spec.ts', 'crash.spec.ts', 'definitions.spec.ts', 'privacy.spec.ts'];
/** What only `npm run test:long` has time for. */
const LONG_ALONE = ['chaos.spec.ts'];
/** What it tries harder. */
const LONG: Faults = { events: 20_000, longOutageMs: 60_000, shortOutageMs: 10_000 };

export default defineConfig<object, Options>({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  outputDir: '../artifacts/e2e',
  timeout: 180_000,
  workers: 1,
  fullyParallel: false,
  forbidOnly: true,
  reporter: [['list']],
  projects: [
    { name: 'postgres', testIgnore: [...ON_THE_CLUSTER_ALONE, ...LONG_ALONE], use: { stores: 'postgres' } },
    {
      name: 'cluster',
      testMatch: [...ON_THE_CLUSTER_ALONE, ...ON_THE_CLUSTER_TOO],
      use: { stores: 'cluster' },
    },
    { name: 'postgres-long', testMatch: 'crash.spec.ts', use: { stores: 'postgres', faults: LONG } },
    {
      name: 'cluster-long',
      testMatch: [...ON_THE_CLUSTER_ALONE, ...LONG_ALONE, 'crash.spec.ts'],
      use: { stores: 'cluster', faults: LONG },
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
