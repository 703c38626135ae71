import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { convert, crossRate, currencyDigits, decimalText, roundedQuotient, toMicros } from './money.ts';

test.each([
  ['12.34', 12_340_000n],
  ['0.000001', 1n],
  ['-0.5', -500_000n],
  ['7', 7_000_000n],
])('%s is %s millionths', (text, micros) => {
  expect(toMicros(text)).toBe(micros);
});

test('decimal text is the inverse of millionths', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 21n), max: 10n ** 21n }), fc.nat(6), (micros, least) => {
      const text = decimalText(micros, 6, least);
      expect(toMicros(text)).toBe(micros);
      expect((text.split('.')[1] ?? '').length).toBeGreaterThanOrEqual(least);
    }),
  );
});

test('quotients are rounded half away from zero', () => {
  const cases: [bigint, bigint, bigint][] = [
    [1n, 2n, 1n],
    [-1n, 2n, -1n],
    [1n, -2n, -1n],
    [7n, 5n, 1n],
    [-8n, 5n, -2n],
  ];
  for (const [above, below, expected] of cases) expect(roundedQuotient(above, below)).toBe(expected);
});

describe('conversion', () => {
  test('through what a euro buys', () => {
    const rate = crossRate({ from: '1.25', to: '1' });
    expect(decimalText(convert(toMicros('10'), rate), 18, 2)).toBe('8.00');
    const yen = crossRate({ from: '1.25', to: '160' });
    expect(decimalText(convert(toMicros('10'), yen), 18, 0)).toBe('1280');
  });

  test('there and back is the same to the last shown place', () => {
    const rate = fc.integer({ min: 1, max: 10 ** 9 }).map((units) => String(units / 10 ** 5));
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 9 }), rate, rate, (cents, from, to) => {
        fc.pre(!from.includes('e') && !to.includes('e'));
        const micros = BigInt(cents) * 10_000n;
        const there = convert(micros, crossRate({ from, to })) / 10n ** 12n;
        const back = convert(there, crossRate({ from: to, to: from })) / 10n ** 12n;
        const [a, b] = [Number(from), Number(to)];
        // A millionth that was cut off there is worth at most this many here.
        expect(Number(micros - back)).toBeLessThanOrEqual(Math.ceil(a / b) + 1);
      }),
    );
  });
});

test('currencies have their own number of places', () => {
  expect([currencyDigits('EUR'), currencyDigits('JPY'), currencyDigits('BHD')]).toEqual([2, 0, 3]);
});
