import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { STORED_GROUPS, STORED_TABLES, tablesIn } from './stored-tables.ts';

const schema = readFileSync(
  fileURLToPath(new URL('../../../../prisma/schema.prisma', import.meta.url)),
  'utf8',
);
const tables = [...schema.matchAll(/@@map\("(\w+)"\)/g)].map(([, table = '']) => table);

it('the page about data processing says of every table what it is for, and how long it is kept', () => {
  expect(tables.length).toBeGreaterThan(35);
  expect(tables.filter((table) => !Object.hasOwn(STORED_TABLES, table))).toEqual([]);
});

it('has no group without a table', () => {
  expect(STORED_GROUPS.filter((group) => tablesIn(group).length === 0)).toEqual([]);
});
