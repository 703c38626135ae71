import { setTimeout as sleep } from 'node:timers/promises';
import '@footfall/testkit/provided-context';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import type { Consumer, EventLog, LogBatch, LogRecord } from '../../event-log.ts';
import { openEventLog, prepareEventLog } from '../../open.ts';
import { partitionName } from '../client/topic-partition.ts';
import { dropTopics, freshUrl } from '../installation.fixture.ts';

let url: string;
const opened: EventLog[] = [];
const open = () => {
  const log = openEventLog(url, { name: 'test' });
  opened.push(log);
  return log;
};
beforeEach(async () => {
  url = freshUrl(inject('kafkaUrl'), 'partitions=6&region=eu');
  await prepareEventLog(url);
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((log) => log.close()));
  await dropTopics(url);
});

const record = (key: string, n: number): LogRecord => ({
  topic: 'events',
  category: (['hits', 'custom', 'commerce'] as const)[n % 3] ?? 'hits',
  key,
  value: JSON.stringify({ key, n }),
  receivedAt: Date.now(),
});

/** A consumer and what it does: which batches are in its hands, what it was told was wrong. */
async function member(onBatch: (batch: LogBatch) => Promise<void>) {
  const errors: unknown[] = [];
  const consumer = await open().consume({
    group: 'g',
    topics: ['events'],
    maxRecords: 50,
    onError: (error) => errors.push(error),
    onBatch,
  });
  return { consumer, errors };
}
const held = (consumer: Consumer) => consumer.partitions().map(partitionName).sort();

test('three consumers join and leave under load: every record comes, in order, once, and nobody is told of an error', {
  timeout: 120_000,
}, async () => {
  const log = open();
  const last = new Map<string, number>();
  let count = 0;
  const onBatch = async (batch: LogBatch) => {
    await sleep(2);
    for (const { offset } of batch.records) {
      // The order of a partition, over all its holders; a repeat or a gap would show.
      expect(offset).toBe((last.get(partitionName(batch)) ?? -1) + 1);
      last.set(partitionName(batch), offset);
      count += 1;
    }
  };
  const total = 20_000;
  let sent = 0;
  const load = async () => {
    while (sent < total) {
      const from = sent;
      sent += 100;
      await log.append(Array.from({ length: 100 }, (_, n) => record(`s:${(from + n) % 997}`, from + n)));
      await sleep(25);
    }
  };
  const loading = load();
  const members = [await member(onBatch)];
  for (let round = 0; sent < total; round += 1) {
    await sleep(700);
    if (members.length < 3) members.push(await member(onBatch));
    else await members.splice(round % 3, 1)[0]?.consumer.stop();
  }
  await loading;
  await expect.poll(() => count, { timeout: 60_000 }).toBe(total);
  expect(members.flatMap(({ errors }) => errors)).toEqual([]);
});

test('what a member keeps goes on while others join, and what it has in hand is finished first', {
  timeout: 60_000,
}, async () => {
  const log = open();
  const inHand = Promise.withResolvers<void>();
  const begun = Promise.withResolvers<string>();
  const seen = { first: [] as string[], second: [] as string[] };
  const first = await member(async (batch) => {
    for (const { value } of batch.records) {
      if (value.includes('"slow"')) {
        begun.resolve(partitionName(batch));
        await inHand.promise;
      }
      seen.first.push(value);
    }
  });
  const all = held(first.consumer);
  await log.append([record('slow', 0)]);
  const slow = await begun.promise;
  const second = await member(
    async ({ records }) => void seen.second.push(...records.map(({ value }) => value)),
  );
  // Everything else is shared while one batch is still in hand.
  await expect.poll(() => held(second.consumer).length, { timeout: 15_000 }).toBeGreaterThanOrEqual(8);
  expect(held(second.consumer)).not.toContain(slow);
  expect(held(first.consumer)).toContain(slow);
  const others = Array.from({ length: 60 }, (_, n) => record(`k:${n}`, 3 * n + 1));
  await log.append(others);
  await expect.poll(() => seen.first.length + seen.second.length, { timeout: 15_000 }).toBe(60);
  expect(seen.first.length).toBeGreaterThan(0);
  expect(seen.second.length).toBeGreaterThan(0);

  inHand.resolve();
  await expect.poll(() => seen.first.some((value) => value.includes('"slow"'))).toBe(true);
  await expect
    .poll(() => [held(first.consumer).length, held(second.consumer).length], { timeout: 15_000 })
    .toEqual([9, 9]);
  expect([...held(first.consumer), ...held(second.consumer)].sort()).toEqual(all);
  const behind = async () => (await log.lag('g', ['events'])).filter(({ committed, end }) => committed < end);
  await expect.poll(behind, { timeout: 15_000 }).toEqual([]);
  expect([...first.errors, ...second.errors]).toEqual([]);
  expect(seen.second.some((value) => value.includes('"slow"'))).toBe(false);
});

test('a member that comes moves no more partitions than its share, and one that leaves only its own', {
  timeout: 60_000,
}, async () => {
  const idle = async () => undefined;
  const [one, two] = [await member(idle), await member(idle)];
  await expect
    .poll(() => [one, two].map(({ consumer }) => held(consumer).length), { timeout: 15_000 })
    .toEqual([9, 9]);
  const before = [held(one.consumer), held(two.consumer)];
  const three = await member(idle);
  await expect.poll(() => held(three.consumer).length, { timeout: 15_000 }).toBe(6);
  const after = [held(one.consumer), held(two.consumer)];
  for (const [index, partitions] of after.entries()) {
    expect(partitions).toHaveLength(6);
    expect(before[index]).toEqual(expect.arrayContaining(partitions));
  }
  await three.consumer.stop();
  await expect
    .poll(() => [one, two].map(({ consumer }) => held(consumer).length), { timeout: 15_000 })
    .toEqual([9, 9]);
  expect(held(one.consumer)).toEqual(expect.arrayContaining(after[0] ?? []));
  expect(held(two.consumer)).toEqual(expect.arrayContaining(after[1] ?? []));
});
