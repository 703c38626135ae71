import { createHash } from 'node:crypto';
import type { RawEvent } from '@footfall/core/raw-event';
import { storedEvent } from '@footfall/core/stored-event.fixture';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
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

describe('the format of stored bodies never changes', () => {
  test('the dictionary is the one that bodies were written with', () => {
    expect(createHash('sha256').update(DICTIONARY).digest('hex')).toBe(
      '3d5418f23f80076f6d082204ac34ad552f6025c31bc2bd3a6151e46a36896e24',
    );
  });

  test('a body that was written once is read for ever', () => {
    const { raw, derived } = storedEvent({
      title: 'Mug',
      occurredAt: 1_760_000_000_000,
      receivedAt: 1_760_000_000_250,
    });
    const body = Buffer.from(
      'g6eazBRQtjNUgjd4cKaf4oz8Ar3UisTcgpxUUITCEpJvaToiBRiZoqUAkiIaS/DTL+7Jb/nAayhsDW/M6IKLIMUVIpJJTQXYsxhyZKGlM2zJAQA=',
      'base64',
    );
    expect(decodeEvent(columnsOf(raw), { logic_version: 3, body })).toEqual({
      raw,
      derived,
      logicVersion: 3,
    });
  });
});

test('a body that is far larger than its window comes back whole', () => {
  const words = (seed: string) => createHash('sha512').update(seed).digest('hex').repeat(2);
  const props = Object.fromEntries(Array.from({ length: 300 }, (_, n) => [`p${n}`, words(`${n}`)]));
  const event = storedEvent({ props });
  const columns = columnsOf(event.raw);
  expect(decodeEvent(columns, { logic_version: 1, body: encodeBody(event, columns) })).toEqual(event);
});

test('a typical pageview takes less than a quarter of what its text would', () => {
  const event = storedEvent({ url: 'https://www.shop.example/products/mug', title: 'Mug', lang: 'de-DE' });
  expect(encodeBody(event, columnsOf(event.raw)).length).toBeLessThan(JSON.stringify(event).length / 4);
});
