import { randomBytes, randomUUID } from 'node:crypto';
import '@footfall/testkit/provided-context';
import { afterEach, describe, expect, inject, test } from 'vitest';
import type { EventLog, LogRecord } from '../event-log.ts';
import { openEventLog, prepareEventLog } from '../open.ts';
import { administer, dropTopics, freshUrl } from './installation.fixture.ts';
import { openKafkaLog } from './kafka-log.ts';
import { parseKafkaUrl } from './kafka-url.ts';
import { listStreams } from './streams.ts';

const DAY = '2026-01-07';
const NOW = Date.now();
const urls: string[] = [];
const opened: EventLog[] = [];

const fresh = async (options: string) => {
  const url = freshUrl(inject('kafkaUrl'), options);
  urls.push(url);
  await prepareEventLog(url);
  return url;
};
const open = (url: string) => {
  const log = openEventLog(url, { name: 'test' });
  opened.push(log);
  return log;
};
afterEach(async () => {
  await Promise.all(opened.splice(0).map((log) => log.close()));
  await Promise.all(urls.splice(0).map(dropTopics));
});

const record = (key: string, more: Partial<LogRecord> = {}): LogRecord => ({
  topic: 'events',
  key,
  value: JSON.stringify(key),
  receivedAt: NOW,
  tally: { siteId: 'a', day: DAY },
  ...more,
});

/** Consumes until so many records have come; answers their values and the errors. */
async function consume(log: EventLog, count: number, group = 'g') {
  const values: string[] = [];
  const errors: unknown[] = [];
  const consumer = await log.consume({
    group,
    topics: ['events'],
    maxRecords: 500,
    onError: (error) => errors.push(error),
    onBatch: async ({ records }) => void values.push(...records.map(({ value }) => value)),
  });
  await expect.poll(() => values.length, { timeout: 30_000 }).toBe(count);
  await consumer.stop();
  return { values, errors };
}

test('regions write their own streams; one that reads all of them sees the whole', async () => {
  const whole = await fresh('partitions=2&region=eu&regions=eu,us');
  const [eu, us] = [
    open(whole.replace('&regions=eu,us', '')),
    open(whole.replace('region=eu&regions=eu,us', 'region=us')),
  ];
  await eu.append([record('from eu'), record('rejected in eu', { topic: 'rejected' })]);
  await us.append([record('from us'), record('also from us', { category: 'commerce' })]);
  const both = open(whole);
  expect((await consume(both, 3)).values.sort()).toEqual(['"also from us"', '"from eu"', '"from us"']);
  expect(await both.tally('events', [], 'a')).toEqual(new Map([[DAY, 3]]));
  expect(await eu.tally('events', [], 'a')).toEqual(new Map([[DAY, 1]]));
  expect(await us.tally('rejected', [], 'a')).toEqual(new Map());
  const streams = new Set(
    (await both.lag('g', ['events'])).map(({ stream }) => stream.split('.').slice(-2).join('.')),
  );
  expect([...streams].sort()).toEqual([
    'eu.commerce',
    'eu.custom',
    'eu.hits',
    'us.commerce',
    'us.custom',
    'us.hits',
  ]);
});

test('installations on one Kafka do not see each other: neither records nor groups', async () => {
  const [one, two] = [open(await fresh('partitions=1')), open(await fresh('partitions=1'))];
  await one.append([record('one')]);
  await two.append([record('two')]);
  expect((await consume(one, 1)).values).toEqual(['"one"']);
  expect((await consume(two, 1)).values).toEqual(['"two"']);
});

test('what was deleted before it was handled is reported, and the rest is handled', async () => {
  const url = await fresh('partitions=1');
  const log = open(url);
  const stream = listStreams(parseKafkaUrl(url)).of({ topic: 'events' });
  await log.append([record('handled')]);
  await consume(log, 1);
  for (const key of ['gone', 'gone too', 'kept']) await log.append([record(key)]);
  await administer(url, async (admin) => {
    // kafkajs deletes from topics only of which it has heard.
    await admin.fetchTopicOffsets(stream);
    await admin.deleteTopicRecords({ topic: stream, partitions: [{ partition: 0, offset: '3' }] });
  });
  const behind = async () => (await log.lag('g', ['events'])).find((lag) => lag.stream === stream);
  expect(await behind()).toMatchObject({ committed: 3, end: 4, oldestReceivedAt: NOW });
  const { values, errors } = await consume(log, 1);
  expect(values).toEqual(['"kept"']);
  expect(errors).toEqual([expect.objectContaining({ code: 'records_gone', where: `${stream}/0` })]);
  expect(await behind()).toMatchObject({ committed: 4, end: 4, oldestReceivedAt: null });
});

test('trimming spares what a group holds that has handled nothing yet', async () => {
  const url = await fresh('partitions=1');
  const log = open(url);
  await log.append([record('waits')]);
  const refusing = await log.consume({
    group: 'slow',
    topics: ['events'],
    maxRecords: 1,
    onError: () => undefined,
    onBatch: () => Promise.reject(new Error('not yet')),
  });
  await consume(log, 1, 'quick');
  const stream = listStreams(parseKafkaUrl(url)).of({ topic: 'events' });
  const known = () =>
    administer(url, (admin) => admin.fetchOffsets({ groupId: `${parseKafkaUrl(url).prefix}slow` }));
  await expect
    .poll(async () => (await known()).find(({ topic }) => topic === stream)?.partitions[0]?.offset, {
      timeout: 15_000,
    })
    .toBe('0');
  await refusing.stop();
  await log.trim(Number.MAX_SAFE_INTEGER);
  expect(await log.tally('events', [], 'a')).toEqual(new Map([[DAY, 1]]));
  await consume(log, 1, 'slow');
  await log.trim(Number.MAX_SAFE_INTEGER);
  expect(await log.tally('events', [], 'a')).toEqual(new Map());
});

describe('counting and the lag', () => {
  test('are exact over many batches, large ones among them, in several partitions', async () => {
    const log = open(await fresh('partitions=3'));
    // Nothing compresses it: a batch of twenty is larger than what is read at once.
    const long = () =>
      record(randomUUID(), { value: JSON.stringify(randomBytes(30_000).toString('base64')) });
    let sent = 0;
    for (let round = 0; round < 12; round += 1) {
      const records = Array.from({ length: 500 }, (_, n) => record(`k:${round * 500 + n}`));
      records.push(...Array.from({ length: 20 }, long));
      await log.append(records);
      sent += records.length;
    }
    await log.append([record('b', { tally: { siteId: 'b', day: DAY } }), record('none')]);
    expect(await log.tally('events', [], 'a')).toEqual(new Map([[DAY, sent + 1]]));
    const lags = await log.lag('g', ['events']);
    expect(lags.reduce((sum, { committed, end }) => sum + end - committed, 0)).toBe(sent + 2);
    for (const { committed, end, oldestReceivedAt } of lags)
      expect(oldestReceivedAt).toBe(end > committed ? NOW : null);

    // Behind positions in the middle of batches, too.
    const after = lags.map(({ stream, partition, end }) => ({
      stream,
      partition,
      offset: Math.floor(end / 2) - 1,
    }));
    const behind = lags.reduce((sum, { end }) => sum + end - Math.floor(end / 2), 0);
    const counted = await Promise.all(['a', 'b'].map((siteId) => log.tally('events', after, siteId)));
    const total = counted.flatMap((days) => [...days.values()]).reduce((sum, n) => sum + n, 0);
    expect(total).toBe(behind);
  });

  test('see the oldest record of a batch that holds younger ones in front of it', async () => {
    const log = open(await fresh('partitions=1'));
    await log.append([record('young'), record('old', { receivedAt: NOW - 5_000 }), record('younger')]);
    const lags = await log.lag('g', ['events']);
    expect(lags.map(({ oldestReceivedAt }) => oldestReceivedAt).filter((at) => at !== null)).toEqual([
      NOW - 5_000,
    ]);
  });
});

test('a value of six megabytes passes, one that no topic would take is refused for good', async () => {
  const log = open(await fresh('partitions=1'));
  const value = JSON.stringify(randomBytes(4_600_000).toString('base64'));
  expect(value.length).toBeGreaterThan(6_000_000);
  await log.append([record('long', { value })]);
  expect((await consume(log, 1)).values).toEqual([value]);
  const tooLong = log.append([record('too long', { value: `"${'x'.repeat(8_000_000)}"` })]);
  await expect(tooLong).rejects.toMatchObject({ code: 'invalid_record', retriable: false });
});

test.each(['none', 'gzip', 'zstd'] as const)(
  'what is compressed by %s is read whatever the reader writes',
  async (codec) => {
    const url = await fresh('partitions=1');
    const writer = openKafkaLog(url, { name: 'test', codec });
    opened.push(writer);
    const keys = Array.from({ length: 200 }, (_, n) => `k:${n}`);
    await writer.append(keys.map((key) => record(key)));
    expect((await consume(open(url), 200)).values).toEqual(keys.map((key) => JSON.stringify(key)));
  },
);

test('without a Kafka an append is refused as retriable within seconds, and nothing hangs', async () => {
  const log = openEventLog('kafka://127.0.0.1:1', { name: 'test' });
  await expect(log.append([record('k')])).rejects.toMatchObject({ code: 'log_unavailable', status: 503 });
  await expect(log.ping()).rejects.toMatchObject({ code: 'log_unavailable' });
  await log.close();
});
