import type { OfTenant } from './transaction.ts';

/** A row of one of a tenant's tables, as JSON. */
export type TenantRow = { table: string; row: string };

/** What one tenant has, to be taken away; see scope.ts. */
export type OwnData = {
  /** Every row of the tables that belong to the tenant or to its sites, some at a time; without secrets and their hashes. */
  readRows(): AsyncGenerator<TenantRow[], void, undefined>;
};

type Table = {
  name: string;
  /** Columns of the primary key, with their types. */
  key: { column: string; type: string }[];
  columns: string[];
};

/** How a row is known to be the tenant's, by the first of these columns that its table has. */
const OWNERS: readonly (readonly [column: string, condition: string])[] = [
  ['tenant_id', 't.tenant_id = $1'],
  ['site_id', 't.site_id IN (SELECT s.id FROM public.site s WHERE s.tenant_id = $1)'],
  [
    'import_id',
    't.import_id IN (SELECT i.id FROM public.import i JOIN public.site s ON s.id = i.site_id WHERE s.tenant_id = $1)',
  ],
];

/** What belongs to a tenant without being about it: how far services are with their work. */
const WORK = ['deferred_fold', 'seal_use', 'removal_portion', 'retired_generation', 'spool_backlog'];

/** Secrets, and what they are compared with. Whatever is binary is left out, too. */
const SECRET = /hash|sealed|secret|token|password/;

const ROWS = 500;

// What the portal may read: the catalogue says that, so a table that is added is in the export by itself.
const TABLES = `
SELECT c.relname AS name,
  (SELECT json_agg(json_build_object('column', a.attname, 'type', format_type(a.atttypid, NULL)) ORDER BY k.position)
   FROM pg_index i CROSS JOIN unnest(i.indkey::int2[]) WITH ORDINALITY AS k(attnum, position)
   JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.attnum WHERE i.indrelid = c.oid AND i.indisprimary) AS key,
  ARRAY(SELECT a.attname::text FROM pg_attribute a
   WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.atttypid <> 'bytea'::regtype ORDER BY a.attnum) AS columns
FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND has_table_privilege(c.oid, 'SELECT')
ORDER BY c.relname`;

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

function findCondition({ name, columns }: Table): string | null {
  if (WORK.includes(name)) return null;
  if (name === 'tenant') return 't.id = $1';
  return OWNERS.find(([column]) => columns.includes(column))?.[1] ?? null;
}

/** The page of a table that follows a key; $2 is that key as texts, null for the first page. */
function buildPage({ name, key, columns }: Table, condition: string): string {
  const keys = key.map(({ column }) => `t.${quoted(column)}`);
  const after = key.map(({ type }, index) => `($2::text[])[${index + 1}]::${type}`);
  const shown = columns.filter((column) => !SECRET.test(column));
  const fields = shown.map((column) => `t.${quoted(column)}`).join(', ');
  return `
SELECT (SELECT row_to_json(r)::text FROM (SELECT ${fields}) r) AS row, ARRAY[${keys.map((one) => `${one}::text`).join(', ')}] AS key
FROM public.${quoted(name)} t
WHERE ${condition} AND ($2::text[] IS NULL OR (${keys.join(', ')}) > (${after.join(', ')}))
ORDER BY ${keys.join(', ')} LIMIT ${ROWS}`;
}

async function* readRows({ tenantId, run }: OfTenant): AsyncGenerator<TenantRow[], void, undefined> {
  const tables = await run((transaction) => transaction.$queryRawUnsafe<Table[]>(TABLES));
  for (const table of tables) {
    const condition = findCondition(table);
    if (condition === null || table.key === null) continue;
    const page = buildPage(table, condition);
    let after: string[] | null = null;
    do {
      const rows: { row: string; key: string[] }[] = await run((transaction) =>
        transaction.$queryRawUnsafe(page, tenantId, after),
      );
      if (rows.length > 0) yield rows.map(({ row }) => ({ table: table.name, row }));
      after = rows.length < ROWS ? null : (rows.at(-1)?.key ?? null);
    } while (after !== null);
  }
}

/** The repository of what one tenant can take away. */
export const ownData = (scope: OfTenant): OwnData => ({ readRows: () => readRows(scope) });
