import { FACT_COLUMNS } from '@footfall/core/dimension';
import { expect, test } from 'vitest';
import { columnName, dimensionText, storable } from './columns.ts';
import { EVENT_FACT_COLUMNS } from './facts.ts';
import { statement } from './sql.ts';

test.each([
  ['page', 'page'],
  ['utmSource', 'utm_source'],
  ['durationMs', 'duration_ms'],
])('%s is the column %s', (name, column) => {
  expect(columnName(name)).toBe(column);
});

test('every dimension is written, each to a column of its own', () => {
  expect(EVENT_FACT_COLUMNS).toEqual(expect.arrayContaining(FACT_COLUMNS.map(columnName)));
  expect(new Set(FACT_COLUMNS.map(columnName)).size).toBe(FACT_COLUMNS.length);
});

test('the name of a property is a parameter', () => {
  const { text, values } = statement(dimensionText({ kind: 'prop', prop: `pl'an` }));
  expect(text).not.toContain('pl');
  expect(values).toEqual([`pl'an`, '(none)']);
});

test('text loses what Postgres cannot hold, and nothing else', () => {
  expect(storable('a\0b')).toBe('ab');
  expect(storable('half \ud83d pair')).toBe('half \ufffd pair');
  expect(storable('🛒 \\ " \n')).toBe('🛒 \\ " \n');
});
