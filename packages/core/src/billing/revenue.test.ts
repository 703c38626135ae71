import fc from 'fast-check';
import { expect, test } from 'vitest';
import { monthlyAmount, revenueFigures, trialConversion } from './revenue.ts';

test.each([
  [900, 'month', 900],
  [9_000, 'year', 750],
  [9_900, 'year', 825],
  [100, 'year', 8],
  [0, 'year', 0],
] as const)('%i a %s is %i a month', (amount, interval, monthly) => {
  expect(monthlyAmount(amount, interval)).toBe(monthly);
});

test('a yearly price comes to its months, but for less than a unit each', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 99_999_999 }), (amount) => {
      expect(Math.abs(monthlyAmount(amount, 'year') * 12 - amount)).toBeLessThanOrEqual(6);
    }),
  );
});

const month = { month: '2026-12', mrr: 1_000, payers: 3, payersBefore: 4, lost: 1 };

test('what a payer pays, and whom a month has lost', () => {
  expect(revenueFigures(month)).toMatchObject({ arpu: 333, churn: 0.25 });
});

test('nothing is divided by nobody', () => {
  expect(revenueFigures({ ...month, payers: 0, payersBefore: 0, lost: 0 })).toMatchObject({
    arpu: null,
    churn: null,
  });
  expect([trialConversion({ kept: 0, lost: 0 }), trialConversion({ kept: 1, lost: 3 })]).toEqual([
    null,
    0.25,
  ]);
});
