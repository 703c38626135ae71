import fc from 'fast-check';
import { Partitioners } from 'kafkajs';
import { expect, test } from 'vitest';
import { choosePartition, murmur2 } from './partition-of.ts';

// From the tests of Kafka's Java client (UtilsTest): a key that changed its partition would lose its order.
test.each([
  ['21', -973932308],
  ['foobar', -790332482],
  ['a-little-bit-long-string', -985981536],
  ['a-little-bit-longer-string', -1486304829],
  ['lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8', -58897971],
  ['abc', 479470107],
])('murmur2 of %s', (text, hash) => {
  expect(murmur2(Buffer.from(text))).toBe(hash);
});

test('a key goes where kafkajs would send it', () => {
  const partitioner = Partitioners.DefaultPartitioner();
  const metadata = (partitions: number) =>
    Array.from({ length: partitions }, (_, partitionId) => ({ partitionId, leader: 1 })) as never;
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 20 }),
      fc.integer({ min: 1, max: 60 }),
      (key, partitions) => {
        const message = { key, value: '' };
        const theirs = partitioner({ topic: 't', partitionMetadata: metadata(partitions), message });
        expect(choosePartition(key, partitions)).toBe(theirs);
      },
    ),
  );
});
