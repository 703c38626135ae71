import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type ComparedPrice, changeTime } from './plan-change.ts';

const price = (plan: string, interval: 'month' | 'year', amount: number): ComparedPrice => ({
  plan,
  interval,
  amount,
  currency: 'EUR',
});

it.each([
  ['a dearer plan', price('small', 'month', 900), price('big', 'month', 1900), 'now'],
  ['a cheaper plan', price('big', 'month', 1900), price('small', 'month', 900), 'at_end'],
  ['the same by the year', price('small', 'month', 900), price('small', 'year', 9000), 'now'],
  // A month costs more than a twelfth of the year, and the year is paid.
  ['the same by the month', price('small', 'year', 9000), price('small', 'month', 900), 'at_end'],
  ['a cheaper plan by the year', price('big', 'month', 1900), price('small', 'year', 9000), 'at_end'],
  ['a dearer plan by the month', price('small', 'year', 9000), price('big', 'month', 1900), 'now'],
  ['another plan that costs the same', price('a', 'month', 900), price('b', 'month', 900), 'at_end'],
  ['a plan that costs nothing', price('small', 'month', 900), price('free', 'month', 0), 'at_end'],
] as const)('%s', (_, from, to, expected) => {
  expect(changeTime(from, to)).toBe(expected);
});

it('is at once in one direction at most, between two plans', () => {
  const one = fc.record({
    interval: fc.constantFrom('month' as const, 'year' as const),
    amount: fc.integer({ min: 0, max: 1_000_000_00 }),
  });
  fc.assert(
    fc.property(one, one, (a, b) => {
      const [from, to] = [price('a', a.interval, a.amount), price('b', b.interval, b.amount)];
      expect([changeTime(from, to), changeTime(to, from)]).toContain('at_end');
    }),
  );
});
