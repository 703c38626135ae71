import { fork } from 'node:child_process';
import { once } from 'node:events';
import { freshDatabase, type TestDatabase } from '@footfall/testkit/database';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventLogContract, type LogUnderTest } from '../event-log.contract.ts';
import { openEventLog, prepareEventLog } from '../open.ts';

async function makeLog(): Promise<LogUnderTest> {
  const database = await freshDatabase();
  await prepareEventLog(database.url);
  return { open: () => openEventLog(database.url, { name: 'test' }), drop: database.drop };
}

eventLogContract('postgres', makeLog);

let database: TestDatabase;
beforeAll(async () => {
  database = await freshDatabase();
  await prepareEventLog(database.url);
});
afterAll(() => database.drop());

test('the partitions of a killed consumer move on, and what it had not committed comes again', async () => {
  const log = openEventLog(database.url, { name: 'test' });
  const child = fork(new URL('./stuck-consumer.fixture.ts', import.meta.url), [database.url]);
  await once(child, 'message');
  await log.append(
    Array.from({ length: 100 }, (_, n) => ({
      topic: 'events' as const,
      key: `s:${n}`,
      value: String(n),
      receivedAt: n,
    })),
  );
  const seen = new Set<string>();
  const consumer = await log.consume({
    group: 'g',
    topics: ['events'],
    maxRecords: 10,
    onError: (error) => expect(error).toBeUndefined(),
    onBatch: async ({ records }) => {
      for (const { value } of records) seen.add(value);
    },
  });
  child.kill('SIGKILL');
  await expect.poll(() => seen.size, { timeout: 20_000 }).toBe(100);
  await consumer.stop();
  await log.close();
});

test('an append that cannot be written is refused as retriable', async () => {
  const log = openEventLog(database.url.replace(/:\d+\//, ':1/'), { name: 'test' });
  const append = log.append([{ topic: 'events', key: 'a', value: '1', receivedAt: 0 }]);
  await expect(append).rejects.toMatchObject({ code: 'log_unavailable', retriable: true, status: 503 });
  await log.close();
});

test('an unknown scheme is refused by name', () => {
  expect(() => openEventLog('amqp://host', { name: 'test' })).toThrow(/amqp.*postgres/);
});
