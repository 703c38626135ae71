import type { Provision } from '@footfall/adapter/provision';
import { expect, test } from 'vitest';
import { requirePrepared } from './prepared.ts';
import { STORES } from './store-table.ts';

const URLS = { eventLog: 'kafka://host:9092' };

/** The table of stores, with an event log that answers so. */
const stores = (check: Provision['check'], by: Provision['by'] = 'operator') => ({
  ...STORES,
  eventLog: { ...STORES.eventLog, provision: async () => ({ by, check, prepare: async () => [] }) },
});

const never = () => {
  throw new Error('it was not away');
};

test('a store that lacks nothing, or that a start prepares, is good', async () => {
  await requirePrepared(
    URLS,
    never,
    stores(async () => []),
  );
  await requirePrepared(
    URLS,
    never,
    stores(async () => ['a table'], 'start'),
  );
});

test('a store that a service does not work on is not asked for', async () => {
  await requirePrepared(
    {},
    never,
    stores(async () => ['a topic']),
  );
});

test('a store that lacks something is refused, with what to do', async () => {
  const lacking = stores(async () => ['topic a', 'topic b', 'topic c', 'topic d', 'topic e']);
  await expect(requirePrepared(URLS, never, lacking)).rejects.toMatchObject({
    code: 'store_incomplete',
    where: 'EVENT_LOG_URL',
    message: 'EVENT_LOG_URL: the event log is not prepared (topic a, topic b, topic c and 2 more)',
    remedy: 'run: npm run admin -- cluster init',
  });
});

test('a store that does not answer is no reason to refuse', async () => {
  const cause = new Error('connection refused');
  const heard: unknown[] = [];
  const away = stores(() => Promise.reject(cause));
  await requirePrepared(URLS, (error, line) => heard.push([error, line]), away);
  expect(heard).toEqual([[cause, 'the event log does not answer; it is taken as prepared']]);
});
