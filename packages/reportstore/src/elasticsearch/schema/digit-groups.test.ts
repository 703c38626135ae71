import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromLimbs, LIMBS, limbFields } from './digit-groups.ts';

const micros = fc.bigInt({ min: 0n, max: 10n ** 27n });

const limbsOf = (fields: Record<string, number>) => LIMBS.map((limb) => fields[`a${limb}`] ?? 0);

test('amounts come back as they were, and so do sums of their limbs', () => {
  fc.assert(
    fc.property(fc.array(micros, { maxLength: 50 }), (amounts) => {
      // As Elasticsearch adds up: each limb for itself, in doubles.
      const sums = amounts
        .map((amount) => limbsOf(limbFields('a', amount)))
        .reduce((all, limbs) => all.map((sum, limb) => sum + (limbs[limb] as number)), [0, 0, 0]);
      expect(fromLimbs(sums)).toBe(amounts.reduce((sum, amount) => sum + amount, 0n));
    }),
  );
});

test('limbs of nothing take no room', () => {
  expect(limbFields('a', 0n)).toEqual({});
  expect(limbFields('a', 19_990_000n)).toEqual({ a0: 990_000, a1: 19 });
  expect(limbFields('a', 10n ** 15n * 1_000_000n)).toEqual({ a2: 10 ** 9 });
});
