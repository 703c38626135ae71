import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeBatch, stampBatch } from '../protocol/record-batch.ts';
import { AssignedPartition } from './assigned-partition.ts';

/** Stored batches of a partition, each with so many records from the offset of the one before on. */
function stored(counts: readonly number[], begin = 0): Buffer[] {
  let offset = begin;
  return counts.map((count) => {
    const records = Array.from({ length: count }, (_, index) => {
      const value = String(offset + index);
      return { key: 'k', value, timestamp: 1_000 + offset + index, headers: [] };
    });
    const bytes = encodeBatch(records, 'zstd');
    stampBatch(bytes, { producerId: 1n, producerEpoch: 0, sequence: 0 });
    bytes.writeBigInt64BE(BigInt(offset), 0);
    offset += count;
    return bytes;
  });
}
const assigned = () => new AssignedPartition({ topic: 'events', stream: 'main.hits', partition: 3 });
const fetched = (...batches: Buffer[]) => ({ bytes: Buffer.concat(batches) });
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => from + n);

/** Takes everything that was read, so many at a time; answers the offsets of each batch and what lies behind it. */
function takeAll(from: AssignedPartition, maxRecords: number) {
  const taken: { offsets: number[]; next: number }[] = [];
  while (from.hasRecords()) {
    const { batch, next } = from.take(maxRecords);
    taken.push({ offsets: batch.records.map(({ offset }) => offset), next });
    from.commit(next);
  }
  return taken;
}

test('hands over every record once, in order, however batches are stored, fetched and cut', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 8 }),
      fc.nat(60),
      fc.integer({ min: 1, max: 12 }),
      fc.array(fc.nat(400), { maxLength: 6 }),
      (counts, begin, maxRecords, cuts) => {
        const batches = stored(counts);
        const end = counts.reduce((sum, count) => sum + count, 0);
        const one = assigned();
        one.begin(Math.min(begin, end));
        const seen: number[] = [];
        for (let round = 0; (one.wants()?.offset ?? end) < end; round += 1) {
          const { offset, reading } = one.wants() ?? { offset: 0, reading: 0 };
          // A broker answers from the batch on that holds the offset, and may cut the last one off, but not the first.
          const ends = counts.map((_, index) => counts.slice(0, index + 1).reduce((sum, n) => sum + n, 0));
          const rest = batches.filter((_, index) => (ends[index] ?? 0) > offset);
          const bytes = Buffer.concat(rest).subarray(0, (rest[0]?.length ?? 0) + (cuts[round] ?? 10_000));
          one.accept({ bytes }, reading);
          for (const { offsets, next } of takeAll(one, maxRecords)) {
            expect(offsets.length).toBeLessThanOrEqual(maxRecords);
            expect(next).toBe((offsets.at(-1) ?? 0) + 1);
            seen.push(...offsets);
          }
        }
        expect(seen).toEqual(range(Math.min(begin, end), end));
      },
    ),
  );
});

test('many small batches come as one, with times and values', () => {
  const one = assigned();
  one.begin(0);
  one.accept(fetched(...stored([1, 1, 1, 1, 1])), one.wants()?.reading ?? -1);
  const { batch, next } = one.take(3);
  expect(batch).toMatchObject({ topic: 'events', stream: 'main.hits', partition: 3 });
  expect(batch.records).toEqual(
    range(0, 3).map((n) => ({ offset: n, index: 0, value: String(n), receivedAt: 1_000 + n })),
  );
  expect(next).toBe(3);
  expect(takeAll(one, 3)).toEqual([{ offsets: [3, 4], next: 5 }]);
});

describe('beginning anew', () => {
  test('forgets what was read, and takes nothing of what was on its way', () => {
    const one = assigned();
    one.begin(0);
    const before = one.wants()?.reading ?? -1;
    one.accept(fetched(...stored([4])), before);
    one.take(2);
    one.begin(0);
    expect(one.hasRecords()).toBe(false);
    one.accept(fetched(...stored([4], 4)), before);
    expect(one.hasRecords()).toBe(false);
    one.accept(fetched(...stored([4])), one.wants()?.reading ?? -1);
    expect(takeAll(one, 9)).toEqual([{ offsets: range(0, 4), next: 4 }]);
  });

  test('reads nothing before it knows where, after it has forgotten, or when it is lost', () => {
    const one = assigned();
    expect([one.wants(), one.committed]).toEqual([undefined, undefined]);
    one.begin(7);
    expect(one.wants()).toMatchObject({ offset: 7 });
    one.forget();
    expect([one.wants(), one.committed]).toEqual([undefined, undefined]);
    one.begin(7);
    one.lost = true;
    expect(one.wants()).toBeUndefined();
  });
});

test('reads ahead only so far', () => {
  const one = assigned();
  one.begin(0);
  const records = Array.from({ length: 40 }, () => ({
    key: '',
    value: Math.random().toString(36).repeat(800),
    timestamp: 0,
    headers: [],
  }));
  const bytes = encodeBatch(records, 'none');
  stampBatch(bytes, { producerId: 1n, producerEpoch: 0, sequence: 0 });
  one.accept(fetched(bytes), one.wants()?.reading ?? -1);
  expect(one.wants()).toBeUndefined();
  one.take(1);
  expect(one.wants()).toMatchObject({ offset: 40 });
});

test('only marks and no records are passed over', () => {
  const [mark] = stored([1]) as [Buffer];
  mark[22] = 0x20;
  stampBatch(mark, { producerId: 1n, producerEpoch: 0, sequence: 0 });
  const one = assigned();
  one.begin(0);
  one.accept(fetched(mark), one.wants()?.reading ?? -1);
  expect(takeAll(one, 5)).toEqual([{ offsets: [], next: 1 }]);
});
