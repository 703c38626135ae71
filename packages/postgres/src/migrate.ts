import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import type { Provision } from '@footfall/adapter/provision';
import { postgresFailure } from './errors.ts';
import { applyGrants, type Grants } from './grants.ts';
import { connectPool, type Pool, type PoolClient, transaction } from './pool.ts';
import { requireVersion } from './server-version.ts';

/** One owner's migrations: a folder of `NNNN_name/migration.sql`, applied in the order of their names; and who may do what with its tables. */
export type MigrationSet = { owner: string; folder: URL; adjustment?: Adjustment; grants?: Grants };

/**
 * What tables need besides their migrations, since it follows from tables of the code: looked for after the migrations, with every
 * start, in the same transaction.
 */
export type Adjustment = {
  /** What is not there yet, a name each. */
  missing(client: Pick<Pool, 'query'>): Promise<string[]>;
  /** Makes what is missing; nothing when it is there. */
  make(client: Pick<Pool, 'query'>): Promise<void>;
};

/** All installations of one database wait for each other here (any constant does; this one spells "foot"). */
const LOCK = 0x666f6f74;

// The columns that Prisma's own tools read and write, so that they work on this database too.
const TABLE = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id varchar(36) PRIMARY KEY, checksum varchar(64) NOT NULL, finished_at timestamptz, migration_name varchar(255) NOT NULL,
  logs text, rolled_back_at timestamptz, started_at timestamptz NOT NULL DEFAULT now(), applied_steps_count integer NOT NULL DEFAULT 0)`;

type Migration = { name: string; sql: string; checksum: string };

async function readMigrations(set: MigrationSet): Promise<Migration[]> {
  const entries = await readdir(set.folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => {
      const sql = await readFile(new URL(`${name}/migration.sql`, set.folder), 'utf8');
      return { name: `${set.owner}/${name}`, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}

async function appliedChecksums(client: Pick<Pool, 'query'>): Promise<Map<string, string>> {
  const { rows } = await client.query<{ migration_name: string; checksum: string }>(
    'SELECT migration_name, checksum FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
  );
  return new Map(rows.map((row) => [row.migration_name, row.checksum]));
}

async function applyOne(client: PoolClient, migration: Migration): Promise<void> {
  await client.query(migration.sql).catch((cause: unknown) => {
    throw postgresFailure('migration_failed', `migration ${migration.name} failed: ${String(cause)}`, {
      cause,
    });
  });
  await client.query(
    `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
     VALUES (gen_random_uuid(), $1, $2, now(), 1)`,
    [migration.checksum, migration.name],
  );
}

async function adjust(client: PoolClient, { owner, adjustment }: MigrationSet): Promise<string[]> {
  const missing = (await adjustment?.missing(client)) ?? [];
  if (missing.length > 0) await adjustment?.make(client);
  return missing.map((name) => `migration ${owner}/${name}`);
}

/**
 * Applies what a database lacks, all in one transaction under an advisory lock, so that several processes may
 * start at once and a failure leaves the database as it was; then gives the roles of services what they may. With `only`, of the
 * migrations these alone, for tables as an earlier version had them; roles wait for the others then. Answers what was done, a line each.
 * @throws Failure `version_too_old`, `migration_failed`, `migration_changed`
 */
export async function migrate(pool: Pool, set: MigrationSet, only?: ReadonlySet<string>): Promise<string[]> {
  const all = await readMigrations(set);
  const migrations = all.filter(({ name }) => only?.has(name) ?? true);
  const grants = migrations.length === all.length ? set.grants : undefined;
  return transaction(pool, async (client) => {
    await requireVersion(client);
    await client.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
    await client.query(TABLE);
    const applied = await appliedChecksums(client);
    const done: string[] = [];
    for (const migration of migrations) {
      const checksum = applied.get(migration.name);
      if (checksum === migration.checksum) continue;
      if (checksum !== undefined) {
        throw postgresFailure(
          'migration_changed',
          `migration ${migration.name} is not the one that was applied`,
        );
      }
      await applyOne(client, migration);
      done.push(`migration ${migration.name}`);
    }
    const adjusted = await adjust(client, set);
    const granted = grants === undefined ? [] : await applyGrants(client, grants);
    return [...done, ...adjusted, ...granted];
  });
}

/** Gives the roles of services what they may with tables that have no migrations of ours. */
export function grantDatabase(pool: Pool, grants: Grants): Promise<string[]> {
  return transaction(pool, async (client) => {
    await client.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
    return applyGrants(client, grants);
  });
}

/** Names of the migrations that a database lacks; changes nothing. */
async function missing(pool: Pool, set: MigrationSet): Promise<string[]> {
  const known = await pool.query<{ there: boolean }>(
    `SELECT to_regclass('_prisma_migrations') IS NOT NULL AS there`,
  );
  const applied = known.rows[0]?.there ? await appliedChecksums(pool) : new Map<string, string>();
  const names = (await readMigrations(set)).map(({ name }) => name).filter((name) => !applied.has(name));
  // Tables that are not there lack all of their columns.
  if (names.length > 0 || set.adjustment === undefined) return names;
  return (await set.adjustment.missing(pool)).map((name) => `${set.owner}/${name}`);
}

async function onDatabase<T>(url: string, work: (pool: Pool) => Promise<T>): Promise<T> {
  const pool = connectPool(url, { name: 'migrate', max: 1 });
  try {
    return await work(pool);
  } finally {
    await pool.end();
  }
}

/** {@link migrate} on a connection of its own to the database at a URL, closed when it is done. */
export function migrateDatabase(
  url: string,
  set: MigrationSet,
  only?: ReadonlySet<string>,
): Promise<string[]> {
  return onDatabase(url, (pool) => migrate(pool, set, only));
}

/** How the tables of one owner come to be: with every start. Connections are made for the moment. */
export function migrationProvision(set: MigrationSet): Provision {
  return {
    by: 'start',
    prepare: (url, only) => migrateDatabase(url, set, only),
    check: async (url) =>
      (await onDatabase(url, (pool) => missing(pool, set))).map((name) => `migration ${name}`),
  };
}
