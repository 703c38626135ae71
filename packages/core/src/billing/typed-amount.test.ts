import fc from 'fast-check';
import { expect, test } from 'vitest';
import { currencyDigits } from '../money.ts';
import { MOST_PRICE, PRICE_CURRENCIES, parsePrice, parseUnits, writePrice } from './typed-amount.ts';

test.each([
  ['9', 'EUR', 900],
  ['9.9', 'EUR', 990],
  ['9,90', 'EUR', 990],
  [' 1.234,50 ', 'EUR', 123_450],
  ['1,234.50', 'USD', 123_450],
  ['1’234.50', 'CHF', 123_450],
  ["1'234.50", 'CHF', 123_450],
  ['1 234,50', 'SEK', 123_450],
  ['1.234', 'EUR', 123_400],
  ['€9', 'EUR', 900],
  ['9 EUR', 'EUR', 900],
  ['0', 'EUR', 0],
  ['900', 'JPY', 900],
  ['¥1,000', 'JPY', 1_000],
  ['999999.99', 'EUR', MOST_PRICE],
] as const)('%j of %s is %i', (text, currency, amount) => {
  expect(parsePrice(text, currency)).toBe(amount);
});

test.each([
  ['', 'EUR'],
  ['nine', 'EUR'],
  ['-9', 'EUR'],
  ['9.999', 'JPY', 9_999],
  ['9.5', 'JPY'],
  ['9.123', 'EUR', 912_300],
  ['0.123', 'EUR'],
  ['1,23,456', 'EUR'],
  ['1.234.5', 'EUR'],
  ['1.234.567.8', 'EUR'],
  ['9.', 'EUR'],
  ['.5', 'EUR'],
  ['1e3', 'EUR'],
  ['$9', 'EUR'],
  ['١', 'EUR'],
  ['1000000', 'EUR'],
  ['9'.repeat(400), 'EUR'],
] as const)('%j of %s is refused, or is a group of three', (text, currency, amount: number | null = null) => {
  expect(parsePrice(text, currency)).toBe(amount);
});

test('what people write in their language is read as they meant it, and what is written is read again', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: MOST_PRICE }),
      fc.constantFrom(...PRICE_CURRENCIES),
      fc.constantFrom('en', 'de', 'de-CH', 'fr', 'sv'),
      fc.boolean(),
      (amount, currency, locale, useGrouping) => {
        const places = currencyDigits(currency);
        const style = { minimumFractionDigits: places, maximumFractionDigits: places, useGrouping };
        const typed = new Intl.NumberFormat(locale, style).format(amount / 10 ** places);
        expect(parsePrice(typed, currency)).toBe(amount);
        expect(parsePrice(writePrice(amount, currency), currency)).toBe(amount);
      },
    ),
  );
});

test('whole numbers have no places', () => {
  expect(parseUnits('100.000', 0)).toBe(100_000);
  expect(parseUnits('1.5', 0)).toBeNull();
});
