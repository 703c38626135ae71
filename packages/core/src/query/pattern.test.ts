import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findAmongNames, findNames, newPatternBudget } from './pattern.ts';

test('names are found among thousands as they are one by one, for every operator, in any case', () => {
  const letters = fc.array(fc.constantFrom('a', 'b', 'A', 'ä', 'Σ', '.'), { maxLength: 4 });
  const text = letters.map((some) => some.join(''));
  fc.assert(
    fc.property(
      fc.constantFrom('is', 'contains', 'matches'),
      fc.array(text, { minLength: 1, maxLength: 6 }),
      // Enough of them to be searched more than once.
      fc.array(text, { maxLength: 400 }),
      fc.boolean(),
      (op, values, names, caseSensitive) => {
        const wanted = { op, values, caseSensitive } as const;
        const searched = { of: 'place', where: '', budget: newPatternBudget() } as const;
        const oneByOne = new Set(findNames(wanted, names, searched).flat());
        expect(findAmongNames(wanted, names, searched)).toEqual(oneByOne);
      },
    ),
  );
});
