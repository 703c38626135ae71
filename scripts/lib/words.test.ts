import { describe, expect, test } from 'vitest';
import { findNames, findPhrases } from './words.mjs';

const namesIn = (text: string, file = 'apps/web/src/a.ts') => findNames(file, text).map(({ found }) => found);

describe('names that were given up', () => {
  test.each([
    ['function keyOf() {}', ['keyOf']],
    ['const keyOf = () => 1;', ['keyOf']],
    ['class A { partsOf() {} }', ['partsOf']],
    ['type Era = { deeds: string };', ['Era', 'deeds']],
    ['function f(patience: number, { deeds }: X) {}', ['patience', 'deeds']],
    ['type SpoolNews = 1;', ['SpoolNews']],
  ])('%s', (text, names) => expect(namesIn(text)).toEqual(names));

  test.each([
    'const x = [].indexOf(1); const { valueOf } = x;',
    'const instances: string = said.keyOf();',
    'type Camera = 1; const generation = 1; const household = 2;',
    'const places = 2;',
  ])('leaves others alone: %s', (text) => expect(namesIn(text)).toEqual([]));

  test('some are given up in one room only', () => {
    expect(namesIn('const places = 2;', 'packages/eventlog/src/kafka/lag.ts')).toEqual(['places']);
  });

  test('a finding says the line', () => {
    expect(findNames('a.ts', '\n\nfunction keyOf() {}')).toMatchObject([{ line: 3 }]);
  });
});

describe('phrases that were given up', () => {
  test.each(['// it is no number', 'What is no address', '"x" is no time zone', 'Bots are no rejection'])(
    '%s',
    (line) => expect(findPhrases('a.md', line)).toHaveLength(1),
  );
  test.each([
    'there is no number',
    'it is no longer there',
    'no later than',
    'is no more than 3',
    'null is no limit',
  ])('leaves others alone: %s', (line) => expect(findPhrases('a.md', line)).toEqual([]));
});
