import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ControlPlane, freshControlPlane } from './control-plane.fixture.ts';
import { factsOfSchema, type SchemaFacts } from './schema.fixture.ts';

const COLUMNS = `
SELECT table_name || '.' || column_name || ' ' || udt_name || CASE is_nullable WHEN 'YES' THEN ' null' ELSE ' not null' END AS fact
FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> '_prisma_migrations'`;

const KEYS = `
SELECT CASE WHEN i.indisprimary THEN 'primary' WHEN i.indisunique THEN 'unique' ELSE 'index' END || ' ' || t.relname || ' (' ||
  (SELECT string_agg(a.attname, ', ' ORDER BY k.position) FROM unnest(i.indkey::int2[]) WITH ORDINALITY AS k(attnum, position)
   JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.attnum) || ')' AS fact
FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid JOIN pg_namespace n ON n.oid = t.relnamespace
WHERE n.nspname = 'public' AND t.relname <> '_prisma_migrations'`;

const REFERENCES = `
SELECT f.relname || ' (' || string_agg(fa.attname, ', ' ORDER BY k.position) || ') -> ' || t.relname || ' (' ||
  string_agg(ta.attname, ', ' ORDER BY k.position) || ') on delete ' || CASE c.confdeltype WHEN 'c' THEN 'cascade' WHEN 'r' THEN 'restrict' ELSE c.confdeltype::text END AS fact
FROM pg_constraint c JOIN pg_class f ON f.oid = c.conrelid JOIN pg_class t ON t.oid = c.confrelid
CROSS JOIN unnest(c.conkey, c.confkey) WITH ORDINALITY AS k(own, other, position)
JOIN pg_attribute fa ON fa.attrelid = f.oid AND fa.attnum = k.own JOIN pg_attribute ta ON ta.attrelid = t.oid AND ta.attnum = k.other
WHERE c.contype = 'f' GROUP BY c.oid, c.confdeltype, f.relname, t.relname`;

const ENUMS = `
SELECT t.typname || ': ' || string_agg(e.enumlabel, ', ' ORDER BY e.enumsortorder) AS fact
FROM pg_enum e JOIN pg_type t ON t.oid = e.enumtypid GROUP BY t.typname`;

let plane: ControlPlane;
let schema: SchemaFacts;
beforeAll(async () => {
  plane = await freshControlPlane();
  schema = factsOfSchema(await readFile(new URL('../../../prisma/schema.prisma', import.meta.url), 'utf8'));
});
afterAll(() => plane.drop());

test.each([
  ['columns', COLUMNS, 60],
  ['keys', KEYS, 22],
  ['references', REFERENCES, 5],
  ['enums', ENUMS, 1],
] as const)('schema.prisma and the SQL migrations have the same %s', async (kind, query, atLeast) => {
  const { rows } = await plane.pool.query<{ fact: string }>(query);
  const found = rows.map(({ fact }) => fact).sort();
  expect(found).toEqual(schema[kind]);
  // Two that read nothing would agree, too.
  expect(found.length).toBeGreaterThanOrEqual(atLeast);
});
