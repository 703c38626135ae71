import fc from 'fast-check';
import { expect, test } from 'vitest';
import { roundedRatio } from './ratio.ts';

test.each([
  // numerator, denominator, factor, places, expected
  [1, 2, [100, 1], 0, 50],
  [1, 8, [100, 1], 0, 13], // 12.5: half away from zero
  [-1, 8, [100, 1], 0, -13],
  [-2, 3, [100, 1], 0, -67],
  [3, 2, [1, 1], 2, 1.5],
  [1, 3, [100, 1], 1, 33.3],
  [1, 200, [100, 1], 0, 1], // 0.5
  [1_005, 1_000, [1, 1], 2, 1.01], // 1.005, which as a binary fraction would round down
  [1_800_000, 2, [1, 1000], 0, 900],
] as const)('%d / %d × %j to %d places is %d', (numerator, denominator, factor, places, expected) => {
  expect(roundedRatio(numerator, denominator, { factor, places })).toBe(expected);
});

test('nothing to divide by is null', () => {
  expect(roundedRatio(3, 0, { places: 1 })).toBeNull();
});

test('is never further from the exact value than half of the last place', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -1e9, max: 1e9 }),
      fc.integer({ min: 1, max: 1e6 }),
      fc.integer({ min: 0, max: 3 }),
      (n, d, places) => {
        expect(Math.abs((roundedRatio(n, d, { places }) as number) - n / d)).toBeLessThanOrEqual(
          0.5 / 10 ** places + 1e-6,
        );
      },
    ),
  );
});
