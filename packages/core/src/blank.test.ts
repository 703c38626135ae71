import fc from 'fast-check';
import { expect, test } from 'vitest';
import { trimBlanks } from './blank.ts';

test.each([
  [' a ', 'a'],
  ['\u00a0\t\r\na\u3000\u2028', 'a'],
  ['\ufeffa', '\ufeffa'],
  ['a\ufeff', 'a\ufeff'],
  [' \ufeff a \ufeff ', '\ufeff a \ufeff'],
  ['\ufeff', '\ufeff'],
  [' \ufeff ', '\ufeff'],
  ['   ', ''],
  ['', ''],
])('%j is %j', (text, trimmed) => {
  expect(trimBlanks(text)).toBe(trimmed);
});

test('without the mark it is what the language trims', () => {
  const letter = fc.constantFrom(' ', '\t', '\u00a0', '\u2003', 'a', 'ß', '\ud83d', '\u200b');
  fc.assert(
    fc.property(fc.string({ unit: letter }), (text) => {
      expect(trimBlanks(text)).toBe(text.trim());
      expect(trimBlanks(`${text}\ufeff`)).toBe(`${text}\ufeff`.replace(/^[^\S\ufeff]+/, ''));
    }),
  );
});
