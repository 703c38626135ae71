import { openEventStore } from '@footfall/eventstore/open';
import { connectPool } from '@footfall/postgres/pool';
import { openReportStore } from '@footfall/reportstore/open';
import { deleteDueTenants } from './delete-tenant.ts';

/**
 * Deletes the tenants that are due in a process of its own, to be killed: `node deleting-tenant-child.fixture.ts <url> <folder of files> <where>`.
 * It stops at the step that `where` names, says so on its output, and waits to be killed. As the scheduler does it: with its rights.
 */
const [url = '', filesDir = '', where = ''] = process.argv.slice(2);
const as = { name: 'deleting-child', role: 'scheduler' } as const;
const pool = connectPool(url, as);
const store = openEventStore(url, as);
const reports = openReportStore(url, { ...as, filesDir });

async function hang(): Promise<never> {
  process.stdout.write(`at ${where}\n`);
  return new Promise((_, reject) => setTimeout(reject, 600_000));
}

const stepping = {
  deleteSite: async (siteId: string) => {
    if (where === 'before events') await hang();
    const events = await store.deleteSite(siteId);
    if (where === 'after events') await hang();
    return events;
  },
};

await deleteDueTenants(
  {
    pool,
    store: stepping,
    reports,
    heard: async () => {
      if (where === 'before hearing') await hang();
    },
  },
  { now: Date.now() + 8 * 24 * 3_600_000, signal: new AbortController().signal },
);
// The rows of the tenant are all that is left, or nothing.
await hang();
