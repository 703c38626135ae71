import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  columnText,
  dayAndTime,
  decodeVisitor,
  eventKey,
  keyBytes,
  toBounds,
  toInstant,
  visitorBytes,
} from './columns.ts';

test('the key of an id is itself when it is a UUID, else of its hash; each id has its own', () => {
  expect(eventKey('0199c2f0-0000-7000-8000-00000000abcd')).toBe('0199c2f0-0000-7000-8000-00000000abcd');
  expect(eventKey('order-7')).toBe('df8cf802-27ec-3237-922d-f0ecd88385c5');
  expect(keyBytes(eventKey('order-7')).toString('hex')).toBe('df8cf80227ec3237922df0ecd88385c5');
  fc.assert(
    fc.property(fc.uniqueArray(fc.string(), { minLength: 2 }), (ids) => {
      expect(new Set(ids.map(eventKey)).size).toBe(ids.length);
    }),
  );
});

test('each visitor has bytes of its own, twelve when the collector made the id', () => {
  const any = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.string({ minLength: 11, maxLength: 13 }),
    fc.uint8Array({ minLength: 12, maxLength: 12 }).map((bytes) => Buffer.from(bytes).toString('base64url')),
  );
  fc.assert(
    fc.property(any.map(columnText), (visitor) => {
      expect(decodeVisitor(visitorBytes(visitor))).toBe(visitor);
      expect(visitorBytes(visitor).length === 12).toBe(/^[\w-]{16}$/.test(visitor));
    }),
  );
});

test('an instant is its day and its time, before 1970 too', () => {
  expect(dayAndTime(-1)).toEqual({ day: -1, time: 86_399_999 });
  fc.assert(
    fc.property(fc.maxSafeInteger(), (at) => {
      const { day, time } = dayAndTime(at);
      expect(toInstant(day, time)).toBe(at);
      expect(time >= 0 && time < 86_400_000).toBe(true);
    }),
  );
});

test('a span holds its beginning and not its end, at whole milliseconds', () => {
  expect(toBounds({ from: 0.5, to: 86_400_000 })).toEqual({
    firstDay: 0,
    firstTime: 1,
    lastDay: 0,
    lastTime: 86_399_999,
  });
});
