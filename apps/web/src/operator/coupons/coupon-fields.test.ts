import { expect, it } from 'vitest';
import { readCount, readDay, readDuration, readOff } from './coupon-fields.ts';

it('what a coupon takes off is a percentage, or an amount in the smallest unit', () => {
  expect(readOff('percent', '20')).toEqual({ percent: 20 });
  expect(readOff('percent', '12,5%')).toEqual({ percent: 12.5 });
  expect(readOff('EUR', '4,50')).toEqual({ currency: 'EUR', amount: 450 });
  expect(readOff('JPY', '500')).toEqual({ currency: 'JPY', amount: 500 });
});

it('what cannot be read is what is refused, and never something else', () => {
  expect(readOff('percent', 'half')).toEqual({ percent: Number.NaN });
  expect(readOff('EUR', 'half')).toEqual({ currency: 'EUR', amount: 0 });
  expect(readOff('HUF', 'x')).toEqual({ percent: Number.NaN });
  expect(readDuration('repeating', 'x')).toEqual({ kind: 'repeating', months: 0 });
  expect(readCount('x')).toBe(0);
  expect(readDay('tomorrow')).toBeNaN();
});

it('what is left empty has no bound', () => {
  expect([readCount(' '), readDay('')]).toEqual([null, null]);
  expect([readCount('1,000'), readDay('2027-01-01')]).toEqual([1_000, Date.UTC(2027, 0, 1)]);
  expect(readDuration('forever', '')).toEqual({ kind: 'forever' });
});
