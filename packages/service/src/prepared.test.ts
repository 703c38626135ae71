import type { Provision } from '@footfall/core/adapter';
import { expect, test } from 'vitest';
import { requirePrepared, type ServiceStore } from './prepared.ts';

const store = (check: Provision['check'], by: Provision['by'] = 'operator'): ServiceStore => ({
  title: 'the event log',
  variable: 'EVENT_LOG_URL',
  url: 'kafka://host:9092',
  provision: { by, check, prepare: async () => [] },
});

const never = () => {
  throw new Error('it was not away');
};

test('a store that lacks nothing, or that a start prepares, is good', async () => {
  const lacking = store(async () => ['a table'], 'start');
  await expect(requirePrepared([store(async () => []), lacking], never)).resolves.toBeUndefined();
});

test('a store that lacks something is refused, with what to do', async () => {
  const lacking = store(async () => ['topic a', 'topic b', 'topic c', 'topic d', 'topic e']);
  await expect(requirePrepared([lacking], never)).rejects.toMatchObject({
    code: 'store_incomplete',
    where: 'EVENT_LOG_URL',
    message: 'EVENT_LOG_URL: the event log is not prepared (topic a, topic b, topic c and 2 more)',
    remedy: 'run: npm run admin -- cluster init',
  });
});

test('a store that does not answer is no reason to refuse', async () => {
  const cause = new Error('connection refused');
  const away = store(() => Promise.reject(cause));
  const heard: unknown[] = [];
  await requirePrepared([away], (error, { variable }) => heard.push([error, variable]));
  expect(heard).toEqual([[cause, 'EVENT_LOG_URL']]);
});
