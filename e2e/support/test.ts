import { newClusterSpace } from '@footfall/testkit/cluster-space';
import { joinEngines } from '@footfall/testkit/engines';
import { type Installation, startInstallation } from '@footfall/testkit/installation';
import { test as base } from '@playwright/test';

/** Where the installations of a project keep what they are told. */
export type Stores = { stores: 'postgres' | 'cluster' };

/** Starts an installation on the project's stores, with nothing in them; `variables` are set besides. */
export type Install = (variables?: Parameters<typeof startInstallation>[0]) => Promise<Installation>;

/** Playwright's `test`, with installations on the stores that the project names: every spec runs on each of them as it is. */
export const test = base.extend<object, Stores & { install: Install }>({
  stores: ['postgres', { scope: 'worker', option: true }],
  install: [
    async ({ stores }, use) => {
      if (stores === 'postgres') return use((more) => startInstallation(more));
      // Not this worker's, which ends with the first test that fails: the runner's.
      await joinEngines(process.ppid);
      const drops: (() => Promise<void>)[] = [];
      await use(async (more) => {
        const { variables, drop } = await newClusterSpace();
        drops.push(drop);
        return startInstallation({ ...variables, ...more });
      });
      for (const drop of drops) await drop();
    },
    { scope: 'worker', timeout: 600_000 },
  ],
});
