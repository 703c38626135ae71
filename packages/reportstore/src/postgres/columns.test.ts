import { FACT_COLUMNS } from '@footfall/core/dimension';
import { expect, test } from 'vitest';
import { FACT_FILE } from '../duckdb/fact-file.ts';
import { columnName, DIMENSION_COLUMNS, storable } from '../sql/columns.ts';
import { EVENT_FACT_COLUMNS } from './facts.ts';

test.each([
  ['page', 'page'],
  ['utmSource', 'utm_source'],
  ['durationMs', 'duration_ms'],
])('%s is the column %s', (name, column) => {
  expect(columnName(name)).toBe(column);
});

test('every dimension is written to rows and to files, each to a column of its own', () => {
  const inFiles = FACT_FILE.map(({ name }) => name);
  for (const columns of [EVENT_FACT_COLUMNS, inFiles]) {
    expect(columns).toEqual(expect.arrayContaining([...DIMENSION_COLUMNS]));
    expect(new Set(columns).size).toBe(columns.length);
  }
  expect(new Set(DIMENSION_COLUMNS).size).toBe(FACT_COLUMNS.length);
});

test('files have the columns of rows, but for what is the same in the whole file', () => {
  const ofTheFile = ['site_id', 'generation'];
  expect(FACT_FILE.map(({ name }) => name).sort()).toEqual(
    EVENT_FACT_COLUMNS.filter((name) => !ofTheFile.includes(name)).sort(),
  );
});

test('text loses what no database holds or hands back, and nothing else', () => {
  expect(storable('a\0b')).toBe('ab');
  expect(storable('half \ud83d pair')).toBe('half \ufffd pair');
  expect(storable('\ufeff\ufeffmarked \ufeff')).toBe('\ufeff\ufeffmarked \ufeff');
  expect(storable('🛒 \\ " \n')).toBe('🛒 \\ " \n');
});
