import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { STORES, type StoreName, type StoreUrls } from '@footfall/installation/store-table';
import { connectPool, type Pool, type PoolClient } from '@footfall/postgres/pool';
import { from as copyFrom } from 'pg-copy-streams';
import { backupFailure } from './errors.ts';
import { type End, fingerprintSecret, type Head } from './head.ts';
import { type Contents, readParts } from './read-backup.ts';
import { appliedMigrations, findElsewhere, listTables, STORE_ORDER, setSequence } from './tables.ts';

/** Where a backup is restored to. */
export type RestoreRequest = {
  file: string;
  urls: StoreUrls;
  factsDir: string;
  /** The secret that is set; undefined: the data folder keeps one. */
  secret: string | undefined;
  /** Keeps the secret that the backup has. */
  keepSecret: (secret: string) => Promise<void>;
  /** The site of the demo, which may be there already; null: none. */
  demoSiteId: string | null;
  tell: (line: string) => void;
};

const storesIn = (head: Head): StoreName[] => STORE_ORDER.filter((store) => head.stores[store] !== undefined);

/** @throws Failure `other_secret` */
function checkSecret({ secret: kept }: Head, given: string | undefined): void {
  if (given === undefined && kept.text !== null) return;
  if (given !== undefined && fingerprintSecret(given) === kept.fingerprint) return;
  throw backupFailure(
    'other_secret',
    given === undefined
      ? 'the backup is of an installation whose FOOTFALL_SECRET was set: set it to the same here'
      : 'FOOTFALL_SECRET is another one than that of the installation that was backed up: visitors would count twice, and what is sealed could not be read',
    { where: 'FOOTFALL_SECRET' },
  );
}

const OTHERS = `
SELECT count(*) AS count FROM public.tenant t WHERE t.id IS DISTINCT FROM (SELECT s.tenant_id FROM public.site s WHERE s.id = $1)
  OR EXISTS (SELECT FROM public.site s WHERE s.tenant_id = t.id AND s.id IS DISTINCT FROM $1)`;

async function onDatabase<T>(url: string, work: (pool: Pool) => Promise<T>): Promise<T> {
  const pool = connectPool(url, { name: 'restore', max: 1 });
  try {
    return await work(pool);
  } finally {
    await pool.end();
  }
}

/** @throws Failure `not_empty` when there is somebody beside the demo, or tables of a later version */
async function checkTarget({ urls, demoSiteId }: RestoreRequest, head: Head): Promise<void> {
  for (const store of storesIn(head)) {
    const applied = await onDatabase(urls[store], (pool) => appliedMigrations(pool, store));
    const wanted = new Set(head.stores[store]?.migrations);
    if (applied.some((name) => !wanted.has(name)))
      throw backupFailure(
        'not_empty',
        'the database was prepared by a later version than the backup is of; restore into one that nothing was started on',
      );
  }
  const plane = await onDatabase(urls.database, (pool) => appliedMigrations(pool, 'database'));
  if (plane.length === 0) return;
  const { rows } = await onDatabase(urls.database, (pool) =>
    pool.query<{ count: number }>(OTHERS, [demoSiteId]),
  );
  if ((rows[0]?.count ?? 0) > 0)
    throw backupFailure('not_empty', 'there are tenants already, whom the backup would replace');
}

/**
 * Prepares the tables as they were when the backup was made.
 * @throws Failure `backup_newer` when it has tables of a later version
 */
async function prepareTables({ urls }: RestoreRequest, head: Head): Promise<void> {
  for (const store of storesIn(head)) {
    const wanted = head.stores[store]?.migrations ?? [];
    const provision = await STORES[store].provision(urls[store]);
    await provision.prepare(urls[store], new Set(wanted));
    const applied = new Set(await onDatabase(urls[store], (pool) => appliedMigrations(pool, store)));
    const unknown = wanted.find((name) => !applied.has(name));
    if (unknown !== undefined)
      throw backupFailure('backup_newer', `the backup is of version ${head.version}, which has ${unknown}`);
  }
}

async function writeSealed(folder: string, name: string, data: AsyncIterable<Buffer>): Promise<void> {
  const file = path.resolve(folder, name);
  if (!file.startsWith(path.resolve(folder) + path.sep))
    throw backupFailure(
      'backup_damaged',
      `${JSON.stringify(name)} lies outside of the folder of sealed days`,
    );
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  await pipeline(data, createWriteStream(file, { mode: 0o600, flush: true }));
}

/** Whoever read the log is gone. */
const FORGET_READERS = 'UPDATE eventlog.lease SET owner = NULL, expires_at = NULL';

type Clients = Partial<Record<StoreName, PoolClient>>;

async function finish(clients: Clients, { sequences }: End): Promise<void> {
  for (const sequence of sequences) {
    const client = clients[sequence.store];
    if (client !== undefined) await setSequence(client, sequence);
  }
  await clients.eventLog?.query(FORGET_READERS);
}

async function fill(clients: Clients, request: RestoreRequest): Promise<number> {
  let rows = 0;
  for await (const part of readParts(request.file)) {
    if (part.kind === 'file') await writeSealed(request.factsDir, part.path, part.data);
    if (part.kind === 'end') await finish(clients, part.end);
    if (part.kind !== 'table') continue;
    const { store, name, columns } = part.table;
    const client = clients[store];
    if (client === undefined) continue;
    request.tell(`table ${name}`);
    const into = client.query(copyFrom(`COPY ${name} (${columns.join(', ')}) FROM STDIN (FORMAT binary)`));
    await pipeline(part.data, into);
    rows += into.rowCount;
  }
  return rows;
}

/** Runs work in one transaction on each database; all are committed, or none where it fails before. */
async function inTransactions<T>(
  urls: StoreUrls,
  stores: readonly StoreName[],
  work: (clients: Clients) => Promise<T>,
): Promise<T> {
  const open = new Map<string, { pool: Pool; client: PoolClient }>();
  const clients: Clients = {};
  try {
    for (const store of stores) {
      const url = urls[store];
      if (!open.has(url)) {
        const pool = connectPool(url, { name: 'restore', max: 1 });
        const client = await pool.connect();
        open.set(url, { pool, client });
        await client.query('BEGIN');
      }
      clients[store] = open.get(url)?.client as PoolClient;
    }
    const done = await work(clients);
    for (const { client } of open.values()) await client.query('COMMIT');
    return done;
  } finally {
    for (const { pool, client } of open.values()) {
      client.release(true);
      await pool.end();
    }
  }
}

async function empty(clients: Clients, stores: readonly StoreName[]): Promise<void> {
  for (const store of stores) {
    const client = clients[store] as PoolClient;
    const names = (await listTables(client, store)).map(({ name }) => name);
    await client.query(`TRUNCATE ${names.join(', ')} CASCADE`);
  }
}

/**
 * Fills an empty installation from a backup that was verified: all of it or nothing, but for files of sealed days, which nobody knows of
 * until all is there. Stores are prepared as the backup's version had them; whoever calls upgrades them afterwards. Answers the number
 * of rows.
 * @throws Failure `other_secret`, `restore_elsewhere`, `not_empty`, `backup_newer`
 */
export async function restoreBackup(request: RestoreRequest, { head }: Contents): Promise<number> {
  checkSecret(head, request.secret);
  const scheme = findElsewhere(request.urls, storesIn(head));
  if (scheme !== undefined)
    throw backupFailure('restore_elsewhere', `a store is on ${scheme}://, and the backup is of Postgres`);
  await checkTarget(request, head);
  await prepareTables(request, head);
  const stores = storesIn(head);
  return inTransactions(request.urls, stores, async (clients) => {
    await empty(clients, stores);
    const rows = await fill(clients, request);
    // Before all is there: whoever is killed in between restores again, and finds the secret that belongs to it.
    if (head.secret.text !== null && request.secret === undefined) await request.keepSecret(head.secret.text);
    return rows;
  });
}
