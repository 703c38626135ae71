import fc from 'fast-check';
import { RE2JS } from 're2js';
import { describe, expect, test } from 'vitest';
import { foldCase } from '../case.ts';
import { NONE } from '../dimension.ts';
import type { FactFilter } from '../part-query.ts';
import { parseFilters } from './filter.ts';
import type { LabelStyle } from './label-style.ts';
import { findSpelling, readValues, writeValue } from './spelling.ts';

type Match = Extract<FactFilter, { type: 'match' }>;

const OPS = ['is', 'contains', 'matches'] as const;
const VALUES: Readonly<Record<string, readonly string[]>> = {
  'visit:country_name': ['DE', 'NL', 'BE', 'US', 'ZZ', 'Germany', NONE, 'de'],
  'visit:region_name': ['DE-BY', 'NL-LI', 'BE-VLI', 'US-CA', 'US-XX', 'Bavaria', 'Ruhr', NONE],
  'visit:os': ['macOS', 'Mac', 'Linux', 'GNU/Linux', 'Windows', 'iOS', NONE],
};
const ALIASES: Readonly<Record<string, string>> = { 'NL-LI': 'Limburg', 'BE-VLI': 'Limburg' };

const meets = ({ op, values, caseSensitive }: Omit<Match, 'type' | 'dimension'>, text: string): boolean => {
  const fold = (one: string) => (caseSensitive ? one : foldCase(one));
  return values.some((value) => {
    if (op === 'matches')
      return RE2JS.compile(value, caseSensitive ? 0 : RE2JS.CASE_INSENSITIVE)
        .matcher(text)
        .find();
    return op === 'is' ? fold(text) === fold(value) : fold(text).includes(fold(value));
  });
};

/** Whether a fact with this one text meets a filter. */
function holds(filter: FactFilter, text: string): boolean {
  switch (filter.type) {
    case 'and':
      return filter.of.every((one) => holds(one, text));
    case 'or':
      return filter.of.some((one) => holds(one, text));
    case 'not':
    case 'has_done':
      return !holds(filter.of, text);
    case 'match':
      return meets(filter, text);
  }
}

const read = (filter: unknown, labels: LabelStyle) => {
  const { facts } = parseFilters([filter], { goals: [], labels });
  if (facts === null) throw new Error('no filter was read');
  return facts;
};

describe.each([
  ['visit:country_name', 'footfall'],
  ['visit:region_name', 'footfall'],
  ['visit:os', 'plausible'],
] as const)('%s at %s', (name, labels) => {
  const spelling = findSpelling(name, labels);
  const values = VALUES[name] as readonly string[];

  test('a filter keeps the values whose text it is about, and no other', () => {
    const wanted = fc.constantFrom(
      ...values,
      ...values.map((one) => writeValue(one, spelling)),
      'Limburg',
      'an',
      'E',
      'M',
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...OPS),
        fc.uniqueArray(wanted, { minLength: 1, maxLength: 3 }),
        fc.boolean(),
        (op, asked, case_sensitive) => {
          const texts = asked.map((one) => (op === 'matches' ? one.replaceAll(/[()]/g, '.') : one));
          const filter = read([op, name, texts, { case_sensitive }], labels);
          for (const value of values) {
            const said = [writeValue(value, spelling), labels === 'plausible' ? value : ALIASES[value]];
            const expected = said.some(
              (text) =>
                text !== undefined && meets({ op, values: texts, caseSensitive: case_sensitive }, text),
            );
            expect([value, holds(filter, value)]).toEqual([value, expected]);
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  test('what is written leads back to the value', () => {
    for (const value of values) expect(readValues(writeValue(value, spelling), spelling)).toContain(value);
  });
});

test('only Plausible’s address writes systems and browsers as Plausible does', () => {
  expect(writeValue('macOS', findSpelling('visit:os', 'plausible'))).toBe('Mac');
  expect(writeValue('Edge', findSpelling('visit:browser', 'plausible'))).toBe('Microsoft Edge');
  expect(findSpelling('visit:os', 'footfall')).toBeUndefined();
  expect(findSpelling('visit:source', 'plausible')).toBeUndefined();
});

test('an everyday pattern may look through all regions, one that would take long may not', () => {
  expect(() => read(['matches', 'visit:region_name', ['^(Bavaria|California)$']], 'footfall')).not.toThrow();
  expect(() => read(['matches', 'visit:region_name', ['(a.*){40}']], 'footfall')).toThrow(
    /too large for so many places/,
  );
});
