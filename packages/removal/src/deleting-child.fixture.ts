// A scheduler that empties deleted sites and waits for ever at the place where it waits for others, to be killed there.
import { UNDO_MS } from '@footfall/db/tenant/site-deletion';
import { openEventStore } from '@footfall/eventstore/open';
import { connectPool } from '@footfall/postgres/pool';
import { openReportStore } from '@footfall/reportstore/open';
import { deleteDueSites } from './delete-due-sites.ts';

const [url = '', filesDir = ''] = process.argv.slice(2);
const role = 'scheduler';
await deleteDueSites(
  {
    pool: connectPool(url, { name: 'child', role }),
    store: openEventStore(url, { name: 'child', role }),
    reports: openReportStore(url, { name: 'child', role, filesDir }),
    heard: () =>
      new Promise(() => {
        process.stdout.write('emptied once\n');
        setInterval(() => undefined, 1_000);
      }),
  },
  { now: Date.now() + UNDO_MS + 60_000, signal: new AbortController().signal },
);
