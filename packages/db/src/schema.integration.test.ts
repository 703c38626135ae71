import { readFile } from 'node:fs/promises';
import { connectPool } from '@footfall/postgres/pool';
import { freshDatabase } from '@footfall/testkit/database';
import { expect, test } from 'vitest';
import { prepareControlPlane } from './prepare.ts';

const TYPES: Readonly<Record<string, string>> = {
  String: 'text',
  Int: 'int4',
  BigInt: 'int8',
  Boolean: 'bool',
  Bytes: 'bytea',
  DateTime: 'timestamptz',
  Role: 'Role',
};

/** Columns as schema.prisma has them: table.column type null|not null. */
function columnsOfSchema(schema: string): string[] {
  return [...schema.matchAll(/^model \w+ \{\n([\s\S]*?)^\}/gm)].flatMap(([, body = '']) => {
    const table = /@@map\("(\w+)"\)/.exec(body)?.[1] ?? '';
    return [...body.matchAll(/^ {2}(\w+)\s+(\w+)(\[\])?(\?)?(.*)$/gm)].flatMap(
      ([, field, type = '', list, optional, rest = '']) => {
        const sqlType = TYPES[type];
        if (sqlType === undefined) return [];
        const column = /@map\("(\w+)"\)/.exec(rest)?.[1] ?? field;
        return [`${table}.${column} ${list ? '_' : ''}${sqlType} ${optional || list ? 'null' : 'not null'}`];
      },
    );
  });
}

test('schema.prisma and the SQL migrations describe the same tables', async () => {
  const database = await freshDatabase();
  await prepareControlPlane(database.url);
  const pool = connectPool(database.url, { name: 'test' });
  const { rows } = await pool.query<{ column: string }>(
    `SELECT table_name || '.' || column_name || ' ' || udt_name || CASE is_nullable WHEN 'YES' THEN ' null' ELSE ' not null' END AS column
     FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> '_prisma_migrations'`,
  );
  await pool.end();
  await database.drop();
  const schema = await readFile(new URL('../../../prisma/schema.prisma', import.meta.url), 'utf8');
  expect(rows.map(({ column }) => column).sort()).toEqual(columnsOfSchema(schema).sort());
});
