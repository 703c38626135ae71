import fc from 'fast-check';
import { expect, test } from 'vitest';
import { quoteFormula, unquoteFormula } from './formula.ts';

test('what gets a quote loses it again, and what has none keeps what it has', () => {
  const text = fc.string({ unit: fc.constantFrom("'", '=', '-', ' ', '\t', '\n', 'a', '＝') });
  fc.assert(
    fc.property(text, (said) => {
      expect(unquoteFormula(quoteFormula(said))).toBe(said);
    }),
  );
});

test.each(["'twas", "''", 'a=1', ''])('%j gets none', (text) => {
  expect([quoteFormula(text), unquoteFormula(text)]).toEqual([text, text]);
});
