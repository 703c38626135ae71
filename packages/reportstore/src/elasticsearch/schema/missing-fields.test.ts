import { expect, test } from 'vitest';
import { MAPPINGS } from './mappings.ts';
import { missingFields } from './missing-fields.ts';

const KEYWORD = { type: 'keyword' } as const;

test('a mapping lacks nothing of itself', () => {
  for (const { properties = {} } of Object.values(MAPPINGS))
    expect(missingFields(properties, properties)).toEqual([]);
});

test('fields are told by their paths, and what stands beside them does not matter', () => {
  const wanted = { a: KEYWORD, visits: { type: 'nested', properties: { b: KEYWORD, c: KEYWORD } } } as const;
  const there = {
    visits: { type: 'nested', properties: { c: KEYWORD, other: KEYWORD } },
    more: KEYWORD,
  } as const;
  expect(missingFields(wanted, there)).toEqual(['a', 'visits.b']);
  expect(missingFields(wanted, {})).toEqual(['a', 'visits']);
});
