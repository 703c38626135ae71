import type { StoreName, StoreUrls } from '@footfall/installation/store-table';
import type { Pool, PoolClient } from '@footfall/postgres/pool';

/** The schemas of each store in Postgres. What else there is, such as the queue of chores, comes to be by itself. */
export const SCHEMAS: Readonly<Record<StoreName, readonly string[]>> = {
  eventLog: ['eventlog'],
  eventStore: ['eventstore'],
  reportStore: ['reportstore'],
  database: ['public'],
};

/** Whose migrations make them; see packages/postgres/src/migrate.ts. */
const OWNERS: Readonly<Record<StoreName, string>> = {
  eventLog: 'eventlog',
  eventStore: 'eventstore',
  reportStore: 'reportstore',
  database: 'control',
};

/**
 * Stores in the order in which their moments are taken where they are in databases of their own: what the log says was handled must be in
 * the stores, never the other way.
 */
export const STORE_ORDER = [
  'eventLog',
  'eventStore',
  'reportStore',
  'database',
] as const satisfies StoreName[];

/** The first of some stores that is not in Postgres, by the scheme of its address; undefined: all are. */
export const findElsewhere = (urls: StoreUrls, stores: readonly StoreName[]): string | undefined =>
  stores.map((store) => urls[store].split(':', 1)[0] ?? '').find((scheme) => !/^postgres(ql)?$/.test(scheme));

/**
 * Tables that are of one machine, or of the moment: what was applied, what lies on the disks of collectors, who reads the log now, what was
 * tried at the doors.
 */
const LEFT_OUT = [
  'public._prisma_migrations',
  'public.spool',
  'public.spool_backlog',
  'public.space_sample',
  'public.rate_limit',
  'public.used_challenge',
  'public.clock',
  'eventlog.member',
];

/** A table with the columns that are kept: those that are not made of others. */
export type Table = { store: StoreName; name: string; columns: string[] };

// Referenced tables before those that refer to them.
const TABLES = `
WITH RECURSIVE reference AS (
  SELECT conrelid AS child, confrelid AS parent FROM pg_constraint WHERE contype = 'f' AND conrelid <> confrelid
), depth AS (
  SELECT c.oid AS relation, 0 AS depth FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind = 'r' AND n.nspname = ANY ($1)
  UNION ALL
  SELECT child, depth + 1 FROM depth JOIN reference ON parent = relation
), known AS (
  SELECT relation, max(depth) AS depth FROM depth GROUP BY relation
)
SELECT format('%I.%I', n.nspname, c.relname) AS name,
  (SELECT array_agg(quote_ident(a.attname) ORDER BY a.attnum) FROM pg_attribute a
   WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '') AS columns
FROM known JOIN pg_class c ON c.oid = relation JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname || '.' || c.relname <> ALL ($2) ORDER BY known.depth, name`;

/** The tables of a store that a backup has, in an order in which they can be filled. */
export async function listTables(client: PoolClient, store: StoreName): Promise<Table[]> {
  const { rows } = await client.query<{ name: string; columns: string[] }>(TABLES, [
    SCHEMAS[store],
    LEFT_OUT,
  ]);
  return rows.map((row) => ({ store, ...row }));
}

/** Where a sequence is; `called`: whether its value was handed out. */
export type Sequence = { store: StoreName; name: string; value: string; called: boolean };

const SEQUENCES = `
SELECT format('%I.%I', schemaname, sequencename) AS name, coalesce(last_value, start_value)::text AS value, last_value IS NOT NULL AS called
FROM pg_sequences WHERE schemaname = ANY ($1) ORDER BY 1`;

/** The sequences of a store. */
export async function listSequences(client: PoolClient, store: StoreName): Promise<Sequence[]> {
  const { rows } = await client.query<Omit<Sequence, 'store'>>(SEQUENCES, [SCHEMAS[store]]);
  return rows.map((row) => ({ store, ...row }));
}

/** Sets a sequence to where it was. */
export async function setSequence(client: PoolClient, { name, value, called }: Sequence): Promise<void> {
  await client.query('SELECT setval($1::text::regclass, $2::bigint, $3)', [name, value, called]);
}

/** The migrations of a store that were applied to its database, by name; none when it is empty. */
export async function appliedMigrations(client: Pick<Pool, 'query'>, store: StoreName): Promise<string[]> {
  const known = await client.query<{ there: boolean }>(
    `SELECT to_regclass('public._prisma_migrations') IS NOT NULL AS there`,
  );
  if (known.rows[0]?.there !== true) return [];
  const { rows } = await client.query<{ name: string }>(
    `SELECT migration_name AS name FROM public._prisma_migrations
     WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL AND split_part(migration_name, '/', 1) = $1 ORDER BY 1`,
    [OWNERS[store]],
  );
  return rows.map(({ name }) => name);
}
