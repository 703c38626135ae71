import { expect, test } from 'vitest';
import { amountPaidBack, mapRevenue, normalizeAmount } from './money.ts';

test.each([
  [12.34, '12.34', 'as JSON wrote it'],
  [0.1 + 0.2, '0.3', 'noise of binary arithmetic'],
  [19.99 * 3, '59.97', 'more of it'],
  [1.005, '1.005', 'three places are kept'],
  [1e-7, '0.000000', 'too little to count'],
  [100, '100', 'a whole number'],
  ['12.34', '12.34', 'text'],
  [' 12.340 ', '12.340', 'text with space around it'],
  ['.5', '0.5', 'without a digit in front'],
  ['5.', '5', 'without a digit behind'],
  ['0.30000000000000004', '0.3', 'noise in text'],
  ['0.0000005', '0.000001', 'half rounds away from zero'],
  ['-3.5', '-3.5', 'negative: validation refuses it'],
  ['1,234.50', '1,234.50', 'a thousand with its comma: left for validation'],
  ['$12', '$12', 'with a sign'],
  [1e21, 1e21, 'beyond all orders'],
  ['', '', 'empty'],
  ['.', '.', 'a point alone'],
  [null, null, 'nothing'],
  [{ value: 1 }, { value: 1 }, 'an object'],
])('the amount of %j is %j: %s', (value, amount, _why) => {
  expect(normalizeAmount(value)).toEqual(amount);
});

test('what is paid back has no sign', () => {
  expect([-12.5, '-3', 4, null].map(amountPaidBack)).toEqual(['12.5', '3', '4', null]);
});

test('an amount without a currency is in the site’s, no amount is not revenue', () => {
  expect(mapRevenue(5, 'usd', 'EUR')).toEqual({ amount: '5', currency: 'usd' });
  expect(mapRevenue(5, '', 'EUR')).toEqual({ amount: '5', currency: 'EUR' });
  expect(mapRevenue(0, undefined, 'EUR')).toEqual({ amount: '0', currency: 'EUR' });
  for (const none of [undefined, null, '']) expect(mapRevenue(none, 'USD', 'EUR')).toBeUndefined();
});
