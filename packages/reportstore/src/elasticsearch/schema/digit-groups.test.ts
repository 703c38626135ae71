import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DIGIT_GROUPS, digitGroupFields, fromDigitGroups } from './digit-groups.ts';

const micros = fc.bigInt({ min: 0n, max: 10n ** 27n });

const groupsIn = (fields: Record<string, number>) => DIGIT_GROUPS.map((place) => fields[`a${place}`] ?? 0);

test('amounts come back as they were, and so do sums of their digit groups', () => {
  fc.assert(
    fc.property(fc.array(micros, { maxLength: 50 }), (amounts) => {
      // As Elasticsearch adds up: each digit group for itself, in doubles.
      const sums = amounts
        .map((amount) => groupsIn(digitGroupFields('a', amount)))
        .reduce((all, groups) => all.map((sum, place) => sum + (groups[place] as number)), [0, 0, 0]);
      expect(fromDigitGroups(sums)).toBe(amounts.reduce((sum, amount) => sum + amount, 0n));
    }),
  );
});

test('digit groups of nothing take no room', () => {
  expect(digitGroupFields('a', 0n)).toEqual({});
  expect(digitGroupFields('a', 19_990_000n)).toEqual({ a0: 990_000, a1: 19 });
  expect(digitGroupFields('a', 10n ** 15n * 1_000_000n)).toEqual({ a2: 10 ** 9 });
});
