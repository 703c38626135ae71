import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  Decoder,
  decodeBatch as decodeWithKafkajs,
  encodeBatch as encodeWithKafkajs,
  encodeRecord as recordOfKafkajs,
} from '../client/kafkajs.fixture.ts';
import {
  batchesIn,
  type CodecName,
  encodeBatch,
  type NewRecord,
  stampBatch,
  visitRecords,
} from './record-batch.ts';

const STAMP = { producerId: 2n ** 40n, producerEpoch: 3, sequence: 70_000 };

const text = fc.string({ unit: 'grapheme', maxLength: 12 });
const arbitraryRecord = fc.record({
  key: text,
  value: fc.oneof(text, fc.constant('v'.repeat(3_000))),
  timestamp: fc.oneof(fc.nat(5), fc.integer({ min: 0, max: 2 ** 43 })),
  headers: fc.array(fc.tuple(fc.constantFrom('s', 'd', 'other'), text), { maxLength: 3 }),
});
const arbitraryRecords = fc.array(arbitraryRecord, { minLength: 1, maxLength: 20 });
const codecs: readonly CodecName[] = ['none', 'gzip', 'zstd'];

function stamped(records: readonly NewRecord[], codec: CodecName, baseOffset = 0): Buffer {
  const bytes = encodeBatch(records, codec);
  stampBatch(bytes, STAMP);
  // A broker writes the offset; the checksum leaves it out.
  bytes.writeBigInt64BE(BigInt(baseOffset), 0);
  return bytes;
}

function read(range: Buffer, from = 0) {
  return batchesIn(range).flatMap((batch) => {
    const seen: object[] = [];
    visitRecords(batch, from, (record) => {
      const { offset, timestamp } = record;
      seen.push({ offset, timestamp, value: record.value(), s: record.header('s'), d: record.header('d') });
    });
    return seen;
  });
}

const expected = (records: readonly NewRecord[], baseOffset = 0) =>
  records.map(({ timestamp, value, headers }, index) => {
    const header = (name: string) => headers.find(([one]) => one === name)?.[1];
    return { offset: baseOffset + index, timestamp, value, s: header('s'), d: header('d') };
  });

describe.each(codecs)('a record batch, compressed by %s', (codec) => {
  test('comes back as it went, from any offset on', () => {
    fc.assert(
      fc.property(arbitraryRecords, arbitraryRecords, fc.nat(40), (first, second, from) => {
        const range = Buffer.concat([stamped(first, codec, 7), stamped(second, codec, 7 + first.length)]);
        const all = expected([...first, ...second], 7);
        expect(read(range)).toEqual(all);
        expect(read(range, from)).toEqual(all.filter(({ offset }) => offset >= from));
      }),
    );
  });

  test('tells its offsets and its oldest record without being opened, even when it is cut off', () => {
    fc.assert(
      fc.property(arbitraryRecords, fc.nat(), (records, cut) => {
        const bytes = stamped(records, codec, 100);
        const length = 61 + (cut % (bytes.length - 60));
        const [batch] = batchesIn(bytes.subarray(0, length));
        expect(batch).toMatchObject({
          baseOffset: 100,
          lastOffset: 99 + records.length,
          baseTimestamp: Math.min(...records.map(({ timestamp }) => timestamp)),
          whole: length === bytes.length,
        });
        expect(batchesIn(bytes.subarray(0, 60))).toEqual([]);
      }),
    );
  });
});

test.each(['none', 'gzip'] as const)('kafkajs reads what is written, compressed by %s', async (codec) => {
  await fc.assert(
    fc.asyncProperty(arbitraryRecords, async (records) => {
      const decoded = await decodeWithKafkajs(new Decoder(stamped(records, codec)));
      expect(decoded).toMatchObject({
        producerId: String(STAMP.producerId),
        producerEpoch: STAMP.producerEpoch,
        firstSequence: STAMP.sequence,
        lastOffsetDelta: records.length - 1,
        maxTimestamp: String(Math.max(...records.map(({ timestamp }) => timestamp))),
      });
      const seen = decoded.records.map(({ key, value, timestamp }) => [`${key}`, `${value}`, timestamp]);
      expect(seen).toEqual(records.map(({ key, value, timestamp }) => [key, value, String(timestamp)]));
    }),
  );
});

test.each([
  ['none', 0],
  ['gzip', 1],
])(
  'what kafkajs writes is read, compressed by %s, older records behind younger ones too',
  async (_, compression) => {
    const records = [5_000, 9_000, 1].map((timestamp, index) => ({
      timestamp,
      encoded: recordOfKafkajs({
        offsetDelta: index,
        timestampDelta: timestamp - 5_000,
        key: Buffer.from('k'),
        value: Buffer.from(`v${index}`),
        headers: { s: Buffer.from('site') },
      }),
    }));
    const batch = await encodeWithKafkajs.RecordBatch({
      compression,
      firstTimestamp: 5_000,
      maxTimestamp: 9_000,
      lastOffsetDelta: 2,
      records: records.map(({ encoded }) => encoded),
    });
    expect(read(batch.buffer)).toEqual(
      records.map(({ timestamp }, offset) => ({
        offset,
        timestamp,
        value: `v${offset}`,
        s: 'site',
        d: undefined,
      })),
    );
  },
);

test('may be stamped again for another producer', () => {
  const records = [{ key: 'k', value: 'v', timestamp: 1, headers: [] }];
  const bytes = stamped(records, 'none');
  stampBatch(bytes, { producerId: 9n, producerEpoch: 0, sequence: 0 });
  expect(read(bytes)).toEqual(expected(records));
});

describe('what cannot be read is named', () => {
  const records = [{ key: 'k', value: 'v', timestamp: 1, headers: [] }];
  test.each<[string, RegExp, (bytes: Buffer) => void]>([
    ['a flipped bit', /offset 5 fails its checksum/, (bytes) => (bytes[65] = (bytes[65] ?? 0) ^ 1)],
    ['an old format', /format 1/, (bytes) => (bytes[16] = 1)],
  ])('%s', (_, message, spoil) => {
    const bytes = stamped(records, 'none', 5);
    spoil(bytes);
    expect(() => read(bytes)).toThrow(expect.objectContaining({ code: 'unreadable_batch' }));
    expect(() => read(bytes)).toThrow(message);
  });

  test('a compression that nobody here writes', () => {
    const bytes = encodeBatch(records, 'none');
    bytes[22] = 2;
    stampBatch(bytes, STAMP);
    expect(() => read(bytes)).toThrow(/compression 2/);
  });
});

test('marks of transactions are not records', () => {
  const bytes = encodeBatch([{ key: '', value: '', timestamp: 1, headers: [] }], 'none');
  bytes[22] = 0x30;
  stampBatch(bytes, STAMP);
  expect(read(bytes)).toEqual([]);
});
