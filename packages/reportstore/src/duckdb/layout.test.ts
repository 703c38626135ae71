import { readFile } from 'node:fs/promises';
import { NONE } from '@footfall/core/dimension';
import { expect, test } from 'vitest';
import { LAYOUT, listContents, neededContents, sharedContents } from './layout.ts';

/** Types of columns that files have which are not text: what is stored under a name is of one type for ever. */
const TYPES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(['amount', 'revenue', 'refunded', 'revenue_events'].map((name) => [name, 'decimal'])),
  ...Object.fromEntries(
    ['at', 'hour', 'visit_hour', 'duration_ms', 'scroll_sum'].map((name) => [name, 'bigint']),
  ),
  ...Object.fromEntries(
    [
      ...['visitor', 'visit', 'ordinal', 'visit_duration_ms', 'pieces', 'scroll'],
      ...['visitors', 'visits', 'pageviews', 'events', 'exits', 'orders', 'items_sold', 'bounces'],
      ...['scrolled', 'engaged'],
    ].map((name) => [name, 'integer']),
  ),
  visit_bounced: 'boolean',
  exit: 'boolean',
  day: 'date',
};
/** Milliseconds of one event in facts, of a day in roll-ups. */
const TYPE_BY_FILE: Readonly<Record<string, string>> = {
  'facts.engaged_ms': 'integer',
  'rollUps.engaged_ms': 'bigint',
};

/** The lists of the first format, as the migration has them. */
async function firstFormat(): Promise<string[][]> {
  const migration = new URL('../../migrations/0003_file_formats/migration.sql', import.meta.url);
  const lists = (await readFile(migration, 'utf8')).match(/(?<='\{)[^}]*(?=\}')/g) ?? [];
  return lists.map((list) => list.split(',').map((name) => name.trim()));
}

test('all that files of the first format contain is still read from files, under its name', async () => {
  expect(LAYOUT.reader, 'with a higher number, say here what has gone').toBe(1);
  const [facts = [], visits = [], rollUps = [], dimensions = []] = await firstFormat();
  const contents = listContents(LAYOUT);
  expect(contents.facts).toEqual(expect.arrayContaining(facts));
  expect(contents.visits).toEqual(expect.arrayContaining(visits));
  expect(contents.rollUps).toEqual(expect.arrayContaining(rollUps));
  expect(contents.dimensions).toEqual(expect.arrayContaining(dimensions));
  expect([facts.length, visits.length, rollUps.length, dimensions.length]).toEqual([43, 32, 20, 29]);
});

test('and is of the type that it was', async () => {
  const [facts = [], visits = [], rollUps = []] = await firstFormat();
  for (const [file, names] of Object.entries({ facts, visits, rollUps })) {
    const columns = LAYOUT[file as 'facts' | 'visits' | 'rollUps'];
    for (const name of names) {
      const type = columns.find((column) => column.name === name)?.type;
      expect(`${name}: ${type}`).toBe(`${name}: ${TYPE_BY_FILE[`${file}.${name}`] ?? TYPES[name] ?? 'text'}`);
    }
  }
});

test('a column that files lack reads as nothing: a dimension as (none), a count as 0', () => {
  for (const column of [...LAYOUT.facts, ...LAYOUT.visits])
    if (column.type === 'text' && !['currency', 'props', 'items'].includes(column.name))
      expect(`${column.name}: ${column.absent}`).toBe(`${column.name}: ${NONE}`);
  const keys = ['day', 'dimension', 'value', 'currency'];
  for (const column of LAYOUT.rollUps)
    if (!keys.includes(column.name)) expect(`${column.name}: ${column.absent}`).toBe(`${column.name}: 0`);
});

test('files of days from two formats contain what both do, for the lesser reader', () => {
  const own = listContents(LAYOUT);
  const other = { ...own, facts: ['day', 'later'], dimensions: ['(all)'], reader: 2 };
  expect(sharedContents(own, other)).toEqual({ ...own, facts: ['day'], dimensions: ['(all)'], reader: 1 });
});

test('what nothing before a column could have need not be there', () => {
  const wishes = { name: 'wishes', type: 'integer', cell: () => 0, absent: 0 } as const;
  const with_ = (isAlwaysAbsent: boolean) =>
    neededContents({ ...LAYOUT, facts: [...LAYOUT.facts, { ...wishes, isAlwaysAbsent }] }).facts;
  expect(with_(true)).toEqual(listContents(LAYOUT).facts);
  expect(with_(false)).toContain('wishes');
});
