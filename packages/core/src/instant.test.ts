import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseInstant, readInstant } from './instant.ts';

const AT = '2026-01-31T10:15:00.000Z';

describe('ISO 8601', () => {
  test.each([
    ['2026-01-31T10:15:00Z', AT],
    ['2026-01-31T10:15Z', AT],
    ['2026-01-31T10Z', '2026-01-31T10:00:00.000Z'],
    // Zones: hours alone, basic, extended, with a true minus sign.
    ['2026-01-31T11:15:00+01', AT],
    ['2026-01-31T11:15:00+0100', AT],
    ['2026-01-31T11:15:00+01:00', AT],
    ['2026-01-31T05:45:00-04:30', AT],
    ['2026-01-31T05:45:00-0430', AT],
    ['2026-01-31T05:45:00\u22120430', AT],
    ['2026-01-31T16:00:00+05:45', AT],
    ['2026-01-31T10:15:00-00:00', AT],
    // Basic, and each part by itself.
    ['20260131T101500Z', AT],
    ['20260131T1015Z', AT],
    ['20260131T10Z', '2026-01-31T10:00:00.000Z'],
    ['20260131T111500+01', AT],
    ['20260131T111500+0100', AT],
    ['20260131T101500.250Z', '2026-01-31T10:15:00.250Z'],
    ['20260131T10:15:00Z', AT],
    ['20260131', '2026-01-31T00:00:00.000Z'],
    ['2026-01-31', '2026-01-31T00:00:00.000Z'],
    // Small letters, and what databases write.
    ['2026-01-31t10:15:00z', AT],
    ['20260131t101500z', AT],
    ['2026-01-31 10:15:00', AT],
    ['2026-01-31T10:15:00', AT],
    // Fractions.
    ['2026-01-31T10:15:00.5Z', '2026-01-31T10:15:00.500Z'],
    ['2026-01-31T10:15:00,5Z', '2026-01-31T10:15:00.500Z'],
    ['2026-01-31T10:15:00,123456789+00:00', '2026-01-31T10:15:00.123Z'],
    ['2026-01-31T10:15:00.9999Z', '2026-01-31T10:15:00.999Z'],
    // A leap second is the next second, also across midnight and in another zone.
    ['2016-12-31T23:59:60Z', '2017-01-01T00:00:00.000Z'],
    ['20161231T235960Z', '2017-01-01T00:00:00.000Z'],
    ['2017-01-01T05:29:60+05:30', '2017-01-01T00:00:00.000Z'],
    ['2016-12-31T23:59:60.25Z', '2017-01-01T00:00:00.250Z'],
    // The end of a day.
    ['2026-01-31T24:00:00Z', '2026-02-01T00:00:00.000Z'],
    ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
    ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00.000Z'],
  ])('%s is %s', (text, iso) => {
    const at = parseInstant(text);
    expect(at === undefined ? at : new Date(at).toISOString()).toBe(iso);
  });

  test.each([
    '',
    'yesterday',
    '2026-02-29',
    '2026-02-30T00:00:00Z',
    '20260230T000000Z',
    '2026-04-31 10:00',
    '2026-13-01',
    '2026-00-10',
    '2026-01-00',
    '2026-1-1',
    '2026-01',
    '2026-0131',
    '202601-31',
    '2026-01-31T',
    '2026-01-31TZ',
    '2026-01-31Z',
    '2026-01-31T1',
    '2026-01-31T101',
    '2026-01-31T24:00:01Z',
    '2026-01-31T25:00:00Z',
    '2026-01-31T10:60:00Z',
    '2026-01-31T10:15:61Z',
    '2026-01-31T10:15:00+24:00',
    '2026-01-31T10:15:00+01:60',
    '2026-01-31T10:15:00+1',
    '2026-01-31T10:15:00.Z',
    '2026-01-31T10:15:00ZZ',
    ' 2026-01-31T10:15:00Z',
    '2026-01-31T10:15:00Z\n',
    '1760000000000',
  ])('%j is not', (text) => {
    expect(parseInstant(text)).toBeUndefined();
  });

  test('whatever the language writes is read as it reads it itself', () => {
    const years = { min: new Date('0000-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59.999Z') };
    fc.assert(
      fc.property(fc.date({ ...years, noInvalidDate: true }), (date) => {
        const iso = date.toISOString();
        expect(parseInstant(iso)).toBe(date.getTime());
        expect(parseInstant(iso.replaceAll(/[-:]/g, '').toLowerCase().replace('.', ','))).toBe(
          date.getTime(),
        );
      }),
    );
  });

  test('a text says whether it is a day, whether it has a zone, and its second', () => {
    expect(readInstant('2026-01-31')).toMatchObject({ isDay: true, isZoned: false, second: undefined });
    expect(readInstant('20260131T2359z')).toMatchObject({ isDay: false, isZoned: true, second: undefined });
    expect(readInstant('2026-01-31T23:59:59-03')).toMatchObject({ isZoned: true, second: 59 });
    expect(readInstant('2026-01-31T23:59:59.5')).toMatchObject({ isZoned: false, second: undefined });
  });
});

test('numbers are epoch milliseconds; nothing else is a time', () => {
  expect(parseInstant(1_760_000_000_000.4)).toBe(1_760_000_000_000);
  for (const none of [Number.NaN, Number.POSITIVE_INFINITY, 9e15, null, undefined, true, {}, []])
    expect(parseInstant(none)).toBeUndefined();
});
