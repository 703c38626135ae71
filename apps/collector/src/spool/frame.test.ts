import type { LogRecord } from '@footfall/eventlog/event-log';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  claimedBytes,
  draftFrame,
  isIntact,
  isOfLaterVersion,
  readRecords,
  readSummary,
  sealFrame,
} from './frame.ts';
import { anyRecord, record } from './records.fixture.ts';

const PLACE = { salt: 0x9f3c2a7b, offset: 4_096 };

function makeFrame(records: readonly LogRecord[], place = PLACE): Buffer {
  const { bytes } = draftFrame(records);
  sealFrame(bytes, place);
  return bytes;
}

/** As the reader sees a frame at a place. */
const isFrame = (bytes: Buffer, { salt, offset } = PLACE) =>
  claimedBytes(bytes, offset) === bytes.length && isIntact(bytes, salt);

test('any records come back as they were, all fields, also such as nobody knows yet', () => {
  fc.assert(
    fc.property(fc.array(anyRecord, { minLength: 1, maxLength: 20 }), (records) => {
      const frame = makeFrame(records);
      expect(isFrame(frame)).toBe(true);
      expect(readRecords(frame)).toEqual(records);
    }),
  );
});

test('the summary counts records by site and day, and knows the oldest', () => {
  const frame = makeFrame([
    record({ receivedAt: 3, tally: { siteId: 's', day: '2026-01-07' } }),
    record({ receivedAt: 1, tally: { siteId: 's', day: '2026-01-07' } }),
    record({ receivedAt: 2, tally: { siteId: 't', day: '2026-01-06' } }),
    { topic: 'touched', key: 'k', value: '{}', receivedAt: 4 },
  ]);
  expect(readSummary(frame)).toEqual({
    records: 4,
    oldest: 1,
    tally: [
      { siteId: 's', day: '2026-01-07', count: 2 },
      { siteId: 't', day: '2026-01-06', count: 1 },
    ],
  });
});

test('a frame with any bit changed is none', () => {
  fc.assert(
    fc.property(
      fc.array(anyRecord, { minLength: 1, maxLength: 5 }),
      fc.nat(),
      fc.nat(7),
      (records, where, bit) => {
        const frame = makeFrame(records);
        const at = where % frame.length;
        frame[at] = (frame[at] ?? 0) ^ (1 << bit);
        expect(isFrame(frame)).toBe(false);
      },
    ),
    { numRuns: 500 },
  );
});

test('a frame at another place, or in another segment, is none', () => {
  const frame = makeFrame([record({})]);
  expect(isFrame(frame)).toBe(true);
  expect(isFrame(frame, { ...PLACE, offset: PLACE.offset + 1 })).toBe(false);
  expect(isFrame(frame, { ...PLACE, salt: PLACE.salt + 1 })).toBe(false);
});

test('a length that nobody writes is not believed', () => {
  const frame = makeFrame([record({})]);
  frame.writeUInt32LE(0xffff_ffff, 4);
  expect(claimedBytes(frame, PLACE.offset)).toBeUndefined();
});

test.each([
  ['a line break in a value', { value: '{"a":\n1}' }],
  ['a time that is none', { receivedAt: Number.NaN }],
  ['a NUL in a tally', { tally: { siteId: 'a\0', day: '2026-01-07' } }],
  ['more than a frame has room for', { value: 'x'.repeat(33 * 1024 * 1024) }],
])('%s is refused at once, as the log would do later', (_, flawed) => {
  expect(() => draftFrame([record({}), record(flawed)])).toThrow(
    expect.objectContaining({ code: 'invalid_record', retriable: false }),
  );
});

test('the version of a frame is told from damage', () => {
  const frame = makeFrame([record({})]);
  expect(isOfLaterVersion(frame)).toBe(false);
  frame.writeUInt8(2, 3);
  expect([isOfLaterVersion(frame), isFrame(frame)]).toEqual([true, false]);
});
