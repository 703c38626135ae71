import { type Pool, type PoolClient, transaction } from '@footfall/postgres/pool';
import { controlFailure } from './errors.ts';

/** Rows that travel at a time. */
const ROWS = 5_000;

/**
 * Tables that are of one place and stay there: what was applied to it, where its log was counted up to, what lies on the disks of its
 * collectors, how full its disks were, and what was tried or answered at its doors.
 */
const LEFT_BEHIND = [
  '_prisma_migrations',
  'ledger_position',
  'spool',
  'spool_backlog',
  'rate_limit',
  'used_challenge',
  'space_sample',
];

// Referenced tables before those that refer to them.
const TABLES = `
WITH RECURSIVE reference AS (
  SELECT conrelid AS child, confrelid AS parent FROM pg_constraint WHERE contype = 'f' AND conrelid <> confrelid
), depth AS (
  SELECT oid AS relation, 0 AS depth FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
  UNION ALL
  SELECT child, depth + 1 FROM depth JOIN reference ON parent = relation
)
SELECT relname AS name FROM depth JOIN pg_class ON oid = relation
WHERE relname <> ALL ($1) GROUP BY relname ORDER BY max(depth), relname`;

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

async function listTables(client: PoolClient): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(TABLES, [LEFT_BEHIND]);
  return rows.map(({ name }) => name);
}

/** @throws Failure `not_a_copy` when the target has tenants of its own, or has begun to count events */
async function checkTarget(source: PoolClient, target: PoolClient): Promise<void> {
  const { rows: own } = await target.query<{ id: string }>('SELECT id FROM tenant');
  const { rows: known } = await source.query<{ id: string }>('SELECT id FROM tenant WHERE id = ANY ($1)', [
    own.map(({ id }) => id),
  ]);
  if (known.length < own.length)
    throw controlFailure('not_a_copy', 'the target has tenants of its own, which a copy would delete');
  const { rows: counted } = await target.query('SELECT 1 FROM ledger_position LIMIT 1');
  if (counted.length > 0)
    throw controlFailure('not_a_copy', 'the target counts events already, which a copy would forget');
}

async function copyTable(name: string, source: PoolClient, target: PoolClient): Promise<number> {
  const table = quoted(name);
  await source.query(`DECLARE rows CURSOR FOR SELECT to_jsonb(t)::text AS row FROM ${table} AS t`);
  let copied = 0;
  for (;;) {
    const { rows } = await source.query<{ row: string }>(`FETCH ${ROWS} FROM rows`);
    if (rows.length === 0) break;
    await target.query(`INSERT INTO ${table} SELECT * FROM jsonb_populate_recordset(NULL::${table}, $1)`, [
      `[${rows.map(({ row }) => row).join(',')}]`,
    ]);
    copied += rows.length;
  }
  await source.query('CLOSE rows');
  return copied;
}

/**
 * Replaces the control plane at `target` by that at `source` as it is at one moment; both have the same migrations. Another copy
 * of the same installation is overwritten, anything else is left alone. All of it or nothing. Answers the number of rows.
 * @throws Failure `not_a_copy`
 */
export function copyControlPlane(source: Pool, target: Pool): Promise<number> {
  return transaction(source, async (from) => {
    await from.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
    return transaction(target, async (to) => {
      await checkTarget(from, to);
      const tables = await listTables(to);
      for (const name of tables.toReversed()) await to.query(`DELETE FROM ${quoted(name)}`);
      let copied = 0;
      for (const name of tables) copied += await copyTable(name, from, to);
      return copied;
    });
  });
}
