import type { Provision } from '@footfall/adapter/provision';
import { ALL, READ } from '@footfall/postgres/grants';
import { grantDatabase, migrationProvision } from '@footfall/postgres/migrate';
import { connectPool, type Pool, type PoolClient } from '@footfall/postgres/pool';
import { getConstructionPlans, getMigrationPlans } from 'pg-boss';
import manifest from 'pg-boss/package.json' with { type: 'json' };
import { SCHEMA } from './job-queue.ts';

/** The version of pg-boss' tables that the library in use works on. */
const WANTED = manifest.pgboss.schema;

/** All who install wait for each other here (any constant does; this one spells "boss"). */
const LOCK = 0x626f7373;

const CHORES = migrationProvision({
  owner: 'jobs',
  folder: new URL('../migrations/', import.meta.url),
  grants: {
    tables: { 'jobs.chore': { scheduler: ALL, operator: READ, admin: READ } },
    functions: { 'jobs.queue_states()': ['scheduler', 'operator', 'admin'] },
  },
});

/** The version of pg-boss' tables in a database; null: there are none. */
async function installedVersion(client: Pick<Pool, 'query'>): Promise<number | null> {
  const { rows } = await client.query<{ there: boolean }>(
    `SELECT to_regclass('${SCHEMA}.version') IS NOT NULL AS there`,
  );
  if (rows[0]?.there !== true) return null;
  const { rows: versions } = await client.query<{ version: number }>(`SELECT version FROM ${SCHEMA}.version`);
  return versions[0]?.version ?? null;
}

/**
 * An upgrade as one transaction. The library's own plan builds indices after its transaction, so that large tables stay in use
 * meanwhile; ours are small, and an upgrade that is interrupted must not leave them out for good.
 */
export function asOneTransaction(plan: string): string {
  const end = plan.lastIndexOf('COMMIT;');
  const indices = plan.slice(end + 'COMMIT;'.length).replaceAll(' INDEX CONCURRENTLY ', ' INDEX ');
  return `${plan.slice(0, end)}${indices}\nCOMMIT;`;
}

/** What brings the tables from a version to the wanted one, as text; null when there is nothing to do. */
function planFrom(version: number | null): string | null {
  if (version === null) return getConstructionPlans(SCHEMA);
  // What a newer release has made stays: a scheduler of an older one waits, and says so, until it is replaced.
  return version < WANTED ? asOneTransaction(getMigrationPlans(SCHEMA, version)) : null;
}

async function installLocked(client: PoolClient): Promise<string[]> {
  await client.query('SELECT pg_advisory_lock($1)', [LOCK]);
  const plan = planFrom(await installedVersion(client));
  // The plan begins and commits by itself.
  if (plan !== null) await client.query(plan);
  await client.query('SELECT pg_advisory_unlock($1)', [LOCK]);
  return plan === null ? [] : [`tables of pg-boss ${WANTED}`];
}

async function install(pool: Pool): Promise<string[]> {
  const client = await pool.connect();
  try {
    const done = await installLocked(client);
    client.release();
    return done;
  } catch (error) {
    // With the connection go the lock and what the plan had begun.
    client.release(true);
    throw error;
  }
}

/** The scheduler works with all of pg-boss' tables, whichever its version has; commands look at them. */
async function grant(pool: Pool): Promise<void> {
  const { rows } = await pool.query<{ name: string }>(
    'SELECT tablename AS name FROM pg_tables WHERE schemaname = $1',
    [SCHEMA],
  );
  const tables = rows.map(({ name }) => [`${SCHEMA}.${name}`, { scheduler: ALL, admin: READ }] as const);
  await grantDatabase(pool, { tables: Object.fromEntries(tables) });
}

async function installAndGrant(pool: Pool): Promise<string[]> {
  const done = await install(pool);
  await grant(pool);
  return done;
}

async function onDatabase<T>(url: string, work: (pool: Pool) => Promise<T>): Promise<T> {
  const pool = connectPool(url, { name: 'jobs', max: 1 });
  try {
    return await work(pool);
  } finally {
    await pool.end();
  }
}

async function missing(pool: Pool): Promise<string[]> {
  const plan = planFrom(await installedVersion(pool));
  return plan === null ? [] : [`tables of pg-boss ${WANTED}`];
}

/** The tables of jobs and chores, in the database of the control plane: with every start. */
export const JOBS: Provision = {
  by: 'start',
  prepare: async (url) => [...(await CHORES.prepare(url)), ...(await onDatabase(url, installAndGrant))],
  check: async (url) => [...(await CHORES.check(url)), ...(await onDatabase(url, missing))],
};
