import { describe, expect, test } from 'vitest';
import { findFirstWord, indexWords } from './word-index.ts';

const ROWS = [
  ['Opera Mini', 'mini'],
  ['Opera', 'opera'],
  ['Sonic', 'sonic'],
  ['008/', 'number'],
  ['/apad', 'pad'],
  ['Ünic', 'umlaut'],
] as const;
const INDEX = indexWords(ROWS);
const find = (text: string) => findFirstWord(INDEX, text)?.[1];

describe('the first row whose text stands in a user agent', () => {
  test.each([
    ['Opera/9.80 Opera Mini/7', 'mini'],
    ['Opera/9.80', 'opera'],
    ['x Sonic', 'sonic'],
    ['x-Sonic', 'sonic'],
    ['S8000Sonic', 'sonic'],
    ['Sonicwall', 'sonic'],
    ['a/apad', 'pad'],
    ['T008/1', 'number'],
    ['Ünic', 'umlaut'],
    // Inside a longer word or number.
    ['ViewSonic', undefined],
    ['TS1008/', undefined],
    ['sonic', undefined],
    ['Soni', undefined],
    ['So', undefined],
    ['', undefined],
  ])('%s: %s', (text, found) => {
    expect(find(text)).toBe(found);
  });

  test('is found wherever it stands', () => {
    for (let before = 0; before < 50; before += 1)
      expect(find(`${' '.repeat(before)}Sonic${' '.repeat(50 - before)}`)).toBe('sonic');
  });
});

test('a text that is too short is refused', () => {
  expect(() => indexWords([['ab']])).toThrow(RangeError);
});
