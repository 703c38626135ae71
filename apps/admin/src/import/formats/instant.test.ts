import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseImportInstant } from './instant.ts';

const AT = Date.parse('2026-10-10T11:55:36Z');

test.each([
  ['10/Oct/2026:13:55:36 +0200', AT],
  ['10/Oct/2026:04:25:36 -0730', AT],
  ['10/Oct/2026:11:55:36.250 +0000', AT + 250],
  ['10/Oct/2026:11:55:36.250', AT + 250],
  ['Sat, 10 Oct 2026 11:55:36 GMT', AT],
  ['2026-10-10T11:55:36Z', AT],
  ['2026-10-10T13:55:36+02:00', AT],
  ['2026-10-10 11:55:36', AT],
  ['2026-10-10 13:55:36.250+02', AT + 250],
  ['2026-10-10 11:55:36.25 UTC', AT + 250],
  ['20261010T115536Z', AT],
  ['20261010t135536,5+02', AT + 500],
  ['2026-10-10 13:55:36 +02:00', AT],
  ['2026-10-10T11:55:36z', AT],
  ['2026-10-10T11:55:60Z', AT + 24_000],
  ['31/Dec/2016:23:59:60 +0000', Date.parse('2017-01-01T00:00:00Z')],
  ['20261010', Date.parse('2026-10-10T00:00:00Z')],
  ['2026-10-10', Date.parse('2026-10-10T00:00:00Z')],
  [AT / 1000, AT],
  [String(AT), AT],
  [`${AT / 1000}.250`, AT + 250],
  [`${AT}000`, AT],
  [`${AT}000000`, AT],
])('%j is a time', (value, at) => {
  expect(parseImportInstant(value)).toBe(at);
});

test.each([
  '',
  '-',
  'yesterday',
  '10/Foo/2026:13:55:36 +0200',
  '31/Feb/2026:13:55:36 +0200',
  '29/Feb/2026:13:55:36 +0200',
  '00/Oct/2026:13:55:36 +0200',
  '10/Oct/2026:25:61:00 +0200',
  '10/Oct/2026:24:01:00 +0200',
  '10/Oct/2026:13:60:00 +0200',
  '10/Oct/2026:13:55:61 +0200',
  '10/Oct/2026:13:55:36 +2400',
  '10/Oct/2026:13:55:36 +0260',
  'Sat, 31 Feb 2026 11:55:36 GMT',
  '2026-13-40',
  '2026-02-31',
  '2026-02-31T10:00:00Z',
  '20260231',
  '99999999',
  '2026-10-10T25:00:00Z',
  Number.NaN,
  -1,
  null,
  {},
])('%j is none', (value) => {
  expect(parseImportInstant(value)).toBeNull();
});

test('29 February is a day of leap years', () => {
  expect(parseImportInstant('29/Feb/2024:00:00:00 +0000')).toBe(Date.parse('2024-02-29T00:00:00Z'));
});

test('nothing makes it throw', () => {
  fc.assert(fc.property(fc.anything(), (value) => void parseImportInstant(value)));
});
