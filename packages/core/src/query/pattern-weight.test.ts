import fc from 'fast-check';
import { RE2JS } from 're2js';
import { expect, test } from 'vitest';
import { patternWeight } from './pattern-weight.ts';

test.each([
  ['^/blog/\\d+', 9],
  ['a{1000}', 1_001],
  ['((a{30}){30})', 993],
  ['(a{2,}|b?)*', 11],
  // What the attack sent: 994 characters that took 2.1 s and 169 MB to compile.
  ['a{1000}'.repeat(142), 142_142],
  [`(${'a'.repeat(980)}){1000}`, 982_001],
  ['(){1000}'.repeat(120), 240_120],
  ['(a{100})\\Q\\E{10}', 1_031],

  ['[!-\\x{FFFF}]'.repeat(4), 1_004],
  ['\\pL\\p{Greek}[\\pN]', 121],
])('%s weighs %i', (pattern, weight) => expect(patternWeight(pattern)).toBe(weight));

const PIECES = (
  'a b \\d . [a-z] [^a] \\pL ( (?: ) | * + ? {3} {2,5} {7,} {0,9} {10} {40} ^ $ \\b []a] \\Q \\E \\x41 (?i) (?P<n> é ' +
  '[[:alpha:]] { } ] - \\.'
).split(' ');

test('a program is never much larger than what was read from its text', () => {
  const pattern = fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(pattern, (pieces) => {
      let size: number;
      try {
        size = RE2JS.compile(pieces.join('')).programSize();
      } catch {
        return;
      }
      // Each program has three instructions of its own.
      expect(size).toBeLessThanOrEqual(3 + 2 * patternWeight(pieces.join('')));
    }),
    { numRuns: 3_000, examples: [[['a', '\\Q', '\\E', '{10}', 'a']]] },
  );
});

test('reading a hostile text takes a moment', () => {
  const began = performance.now();
  for (const text of ['(', '[[:', '\\p{', '\\Q', '{1,', '[^', '(?P<'])
    patternWeight(text.repeat(1_000).slice(0, 1_000));
  expect(performance.now() - began).toBeLessThan(500);
});
