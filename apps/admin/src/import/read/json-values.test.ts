import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isJsonDocument, JsonValues } from './json-values.ts';

function values(parts: readonly string[]): string[] {
  const reader = new JsonValues();
  return [...parts.flatMap((part) => reader.push(part)), ...reader.end()].map(({ text }) => text);
}

test('however a document comes in pieces, its values are the same', () => {
  const object = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }));
  const layouts = fc.constantFrom<(all: unknown[]) => string>(
    (all) => JSON.stringify(all),
    (all) => JSON.stringify(all, null, 2),
    (all) => JSON.stringify({ site: 'x', events: all, more: [{ a: ']' }] }),
    (all) => JSON.stringify({ site: 'x', events: all }, null, '\t'),
    (all) => JSON.stringify([[...all]]),
    (all) => all.map((one) => JSON.stringify(one)).join('\n'),
    (all) => all.map((one) => JSON.stringify(one, null, 1)).join(' '),
  );
  // Of an object that stands for itself a list with such a name would be that of the values.
  const isPlain = (one: object) => !/"(?:events|data|rows|records|results|logs)"/i.test(JSON.stringify(one));
  fc.assert(
    fc.property(
      fc.array(object.filter(isPlain), { minLength: 1 }),
      layouts,
      fc.integer({ min: 1, max: 9 }),
      (all, lay, size) => {
        const text = lay(all);
        const pieces = Array.from({ length: Math.ceil(text.length / size) }, (_, at) =>
          text.slice(at * size, (at + 1) * size),
        );
        expect(values(pieces).map((one) => JSON.parse(one) as unknown)).toEqual(
          JSON.parse(JSON.stringify(all)),
        );
      },
    ),
  );
});

test('no text makes it throw', () => {
  const letter = fc.constantFrom('{', '}', '[', ']', '"', '\\', ',', ':', '\n', ' ', 'a', '1', '"events":');
  fc.assert(fc.property(fc.array(letter), (letters) => void values([letters.join('')])));
});

test.each([
  [['[{"a":1},'], true],
  [['['], true],
  [['{', '  "a": 1'], true],
  [['{"events":[{"a":1}]}'], true],
  [['{"site":"x","events":[', '{"a":1}'], true],
  [['{"a":1}', '{"b":2}'], false],
  [['{"cut', '{"b":2}'], false],
  [['a,b'], false],
  [[], false],
])('%j is a document: %s', (lines, isOne) => {
  expect(isJsonDocument(lines)).toBe(isOne);
});
