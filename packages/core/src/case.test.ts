import fc from 'fast-check';
import { expect, test } from 'vitest';
import { foldCase } from './case.ts';

test.each([
  ['Ärger', 'ÄRGER'],
  ['ΟΔΟΣ', 'οδος'],
  ['οδοσ', 'οδος'],
  ['ǅ', 'ǆ'],
  ['İstanbul', 'istanbul'],
  ['ẞ', 'ß'],
  ['𐐀', '𐐨'],
])('%s and %s are the same', (one, other) => {
  expect(foldCase(one)).toBe(foldCase(other));
});

test.each([
  ['Straße', 'STRASSE'],
  ['ﬁ', 'fi'],
  ['é', 'e'],
])('%s and %s are not', (one, other) => {
  expect(foldCase(one)).not.toBe(foldCase(other));
});

test('what is folded stays so, and letters never run into their neighbours', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (one, other) => {
      expect(foldCase(foldCase(one))).toBe(foldCase(one));
      expect(foldCase(one + other)).toBe(foldCase(one) + foldCase(other));
    }),
  );
});
