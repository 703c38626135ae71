import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LogRecord } from '../event-log.ts';
import { choosePartition, packBatches, unpackBatch } from './batch.ts';

const record = (more: Partial<LogRecord>): LogRecord => ({
  topic: 'events',
  key: 'a:1',
  value: '{}',
  receivedAt: 5,
  ...more,
});

describe('the partition of a key', () => {
  // A key that changed its partition would lose its order: these never change.
  test.each([
    ['', 5],
    ['site_a:visitor-1', 0],
    ['site_a:visitor-2', 1],
    ['shop-ä:😀', 3],
  ])('of %j is %i for ever', (key, partition) => {
    expect(choosePartition(key)).toBe(partition);
  });

  test('spreads keys over all partitions alike', () => {
    const counts = Map.groupBy(
      Array.from({ length: 8_000 }, (_, n) => choosePartition(`site_${n % 3}:visitor${n}`)),
      (partition) => partition,
    );
    expect(counts.size).toBe(8);
    for (const { length } of counts.values()) expect(Math.abs(length - 1_000)).toBeLessThan(150);
  });
});

describe('packing', () => {
  const records = fc.array(
    fc.record({
      topic: fc.constantFrom('events', 'rejected', 'touched'),
      key: fc.string({ unit: 'binary', maxLength: 5 }),
      value: fc.json(),
      receivedAt: fc.nat(),
    }),
  );

  test('keeps every record, in order within its batch, with the oldest time of receipt', () => {
    fc.assert(
      fc.property(records, (given) => {
        const batches = packBatches(given);
        const streamPartitions = batches.map(({ topic, partition }) => `${topic} ${partition}`);
        expect(streamPartitions).toEqual([...new Set(streamPartitions)].sort());
        for (const batch of batches) {
          const own = given.filter(
            ({ topic, key }) => topic === batch.topic && choosePartition(key) === batch.partition,
          );
          expect(unpackBatch(batch)).toEqual(own.map(({ value, receivedAt }) => ({ value, receivedAt })));
          expect(batch.receivedAt).toBe(Math.min(...own.map(({ receivedAt }) => receivedAt)));
          expect(batch.recordCount).toBe(own.length);
        }
        expect(batches.reduce((sum, { recordCount }) => sum + recordCount, 0)).toBe(given.length);
      }),
    );
  });

  test('compresses what is long and leaves what is short', () => {
    const [short] = packBatches([record({})]);
    const [long] = packBatches(Array.from({ length: 500 }, () => record({})));
    expect([short?.compressed, long?.compressed]).toEqual([false, true]);
    expect(long?.records.length).toBeLessThan(200);
  });

  test('counts by site and day what the ledger counts', () => {
    const tally = (siteId: string, day: string) => record({ tally: { siteId, day } });
    const [batch] = packBatches([
      tally('a', '1'),
      tally('a', '1'),
      tally('a', '2'),
      tally('b', '1'),
      record({}),
    ]);
    expect(batch?.tally).toEqual({ a: { 1: 2, 2: 1 }, b: { 1: 1 } });
  });
});

test('rows that were appended once are read for ever', () => {
  const text = '1767780000000 {"id":"a b","later":1}\n1767780000001 {}';
  const read = [
    { receivedAt: 1_767_780_000_000, value: '{"id":"a b","later":1}' },
    { receivedAt: 1_767_780_000_001, value: '{}' },
  ];
  expect(unpackBatch({ compressed: false, records: Buffer.from(text) })).toEqual(read);
  const zstd = 'KLUv/SA1ZQEANAIxNzY3NzgwIHsiaWQiOiJhIGIiLCJsYXRlciI6MX0KMSB7fQIAIMXHALY=';
  expect(unpackBatch({ compressed: true, records: Buffer.from(zstd, 'base64') })).toEqual(read);
});
