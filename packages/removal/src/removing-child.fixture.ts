import { openEventLog } from '@footfall/eventlog/open';
import { openEventStore } from '@footfall/eventstore/open';
import { connectPool } from '@footfall/postgres/pool';
import { workOnRemovals } from './removals.ts';

/**
 * Carries out what is to be removed in a process of its own, to be killed: `node removing-child.fixture.ts <url> <where>`. It stops at the
 * step that `where` names, says so on its output, and waits to be killed.
 */
const [url = '', where = ''] = process.argv.slice(2);
const as = { name: 'removing-child', role: 'aggregator' } as const;
const [pool, store, log] = [connectPool(url, as), openEventStore(url, as), openEventLog(url, as)];

async function hang(): Promise<never> {
  process.stdout.write(`at ${where}\n`);
  return new Promise((_, reject) => setTimeout(reject, 600_000));
}

const stepping = {
  span: store.span,
  scanSite: store.scanSite,
  deleteEvents: async (...given: Parameters<typeof store.deleteEvents>) => {
    if (where === 'before deletion') await hang();
    const deleted = await store.deleteEvents(...given);
    if (where === 'after deletion') await hang();
    return deleted;
  },
};
const telling = {
  append: async (records: Parameters<typeof log.append>[0]) => {
    await log.append(records);
    if (where === 'before counting') await hang();
  },
};

await workOnRemovals(
  { pool, store: stepping, log: telling, now: Date.now, secret: 'x'.repeat(32) },
  (error) => {
    throw error;
  },
);
