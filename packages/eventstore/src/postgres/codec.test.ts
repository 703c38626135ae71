import { createHash } from 'node:crypto';
import type { RawEvent } from '@footfall/core/raw-event';
import { storedEvent } from '@footfall/core/stored-event.fixture';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { columnsOf, decodeEvent, encodeBody, eventKey } from './codec.ts';
import { DICTIONARY } from './dictionary.ts';

/** Any UTF-16, halves of pairs and NUL included. */
const anyText = fc
  .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 12 })
  .map((units) => String.fromCharCode(...units));

test('what is decoded is what was encoded, whatever the text and the times', () => {
  const raw: fc.Arbitrary<Partial<RawEvent>> = fc.record(
    {
      id: fc.oneof(
        anyText,
        fc.uuid(),
        fc.uuid().map((id) => id.toUpperCase()),
      ),
      siteId: anyText,
      visitor: anyText,
      title: anyText,
      occurredAt: fc.oneof(fc.maxSafeInteger(), fc.double({ noNaN: true, min: -1e12, max: 1e12 })),
      receivedAt: fc.oneof(fc.maxSafeInteger(), fc.double({ noNaN: true, min: -1e12, max: 1e12 })),
      props: fc.dictionary(
        anyText.filter((name) => name !== '__proto__'),
        anyText,
      ),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(raw, fc.nat(30_000), (fields, logicVersion) => {
      const event = { ...storedEvent(fields), logicVersion };
      const columns = columnsOf(event.raw);
      const row = { logic_version: logicVersion, body: encodeBody(event, columns) };
      // As the log carries it: JSON knows one zero only.
      const asJson = (value: unknown) => JSON.parse(JSON.stringify(value)) as unknown;
      expect(asJson(decodeEvent(columns, row).raw)).toEqual(asJson(event.raw));
      expect(decodeEvent(columns, row).derived).toEqual(event.derived);
    }),
  );
});

test('the key of an id is itself when it is a UUID, else of its hash; each id has its own', () => {
  expect(eventKey('0199c2f0-0000-7000-8000-00000000abcd')).toBe('0199c2f0-0000-7000-8000-00000000abcd');
  expect(eventKey('order-7')).toBe('df8cf802-27ec-3237-922d-f0ecd88385c5');
  fc.assert(
    fc.property(fc.uniqueArray(fc.string(), { minLength: 2 }), (ids) => {
      expect(new Set(ids.map(eventKey)).size).toBe(ids.length);
    }),
  );
});

test('the format of stored bodies never changes: the dictionary is the one that bodies were written with', () => {
  expect(createHash('sha256').update(DICTIONARY).digest('hex')).toBe(
    '3d5418f23f80076f6d082204ac34ad552f6025c31bc2bd3a6151e46a36896e24',
  );
});

test('a typical pageview takes less than a quarter of what its text would', () => {
  const event = storedEvent({ url: 'https://www.shop.example/products/mug', title: 'Mug', lang: 'de-DE' });
  expect(encodeBody(event, columnsOf(event.raw)).length).toBeLessThan(JSON.stringify(event).length / 4);
});
