import fc from 'fast-check';
import { expect, test } from 'vitest';
import { judgeMonths } from './over-plan.ts';

test.each([
  [[], 100, 'within'],
  [[100, 500], 100, 'within'],
  [[101, 100], 100, 'once'],
  [[101], 100, 'once'],
  [[101, 101], 100, 'twice'],
  [[9e9, 9e9], null, 'within'],
] as const)('months of %j with %j included are %s', (used, limit, expected) => {
  expect(judgeMonths(used, limit)).toBe(expected);
});

test('a larger plan never makes it worse, and one with room for the last month clears it', () => {
  const order = ['within', 'once', 'twice'];
  const count = fc.nat(1_000);
  fc.assert(
    fc.property(count, count, count, count, (last, before, limit, more) => {
      const rank = (most: number) => order.indexOf(judgeMonths([last, before], most));
      expect(rank(limit + more)).toBeLessThanOrEqual(rank(limit));
      expect(judgeMonths([last, before], Math.max(limit, last))).toBe('within');
    }),
  );
});
