import { expect, test } from 'vitest';
import { parseRates } from './rate-file.ts';

const RATES = [
  { day: '2026-01-05', currency: 'USD', perEuro: '1.0870' },
  { day: '2026-01-05', currency: 'JPY', perEuro: '171' },
];

test.each([
  ['as a program writes it', '2026-01-05,USD,1.0870\n2026-01-05,JPY,171\n'],
  ['with a header', 'day,currency,rate\n2026-01-05,USD,1.0870\n2026-01-05,JPY,171'],
  [
    'as a spreadsheet writes it',
    '\uFEFFDay, Currency, Rate\r\n2026-01-05, USD, 1.0870\r\n\r\n2026-01-05,JPY,171\r\n',
  ],
])('a file %s is read', (_, text) => {
  expect(parseRates(text)).toEqual(RATES);
});

test('an empty file has no rates', () => {
  expect(parseRates('')).toEqual([]);
});

test.each([
  ['2026-01-05,USD', /line 2: .* is not of the form day,currency,rate/],
  ['2026-01-05;USD;1.08', /line 2: .* is not of the form/],
  ['2026-01-05,USD,1,08', /line 2: .* is not of the form/],
  ['day,currency,rate', /line 2: "day" is not a day/],
  ['2026-13-05,USD,1.08', /line 2: "2026-13-05" is not a day/],
  ['2026-01-05,XXQ,1.08', /line 2: "XXQ" is not an ISO 4217 currency/],
  ['2026-01-05,USD,N/A', /line 2: "N\/A" of USD is not a rate/],
])('the line %j is refused with its number', (line, message) => {
  expect(() => parseRates(`2026-01-04,USD,1.08\n${line}\n`)).toThrow(message);
});
