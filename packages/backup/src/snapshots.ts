import type { StoreName, StoreUrls } from '@footfall/installation/store-table';
import { connectPool, type Pool, type PoolClient } from '@footfall/postgres/pool';
import { STORE_ORDER } from './tables.ts';

/** A store's database, as it is at one moment for as long as it is held. */
export type Snapshot = { store: StoreName; client: PoolClient };

type Held = { pool: Pool; client: PoolClient };

async function hold(url: string): Promise<Held> {
  const pool = connectPool(url, { name: 'backup', max: 1 });
  try {
    const client = await pool.connect();
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY');
    // The moment is that of the first question.
    await client.query('SELECT 1');
    return { pool, client };
  } catch (error) {
    await pool.end();
    throw error;
  }
}

/** Runs work on the stores as they are at one moment; those that share a database at the very same. */
export async function withSnapshots<T>(
  urls: StoreUrls,
  stores: readonly StoreName[],
  work: (snapshots: Snapshot[]) => Promise<T>,
): Promise<T> {
  const held = new Map<string, Held>();
  try {
    const snapshots: Snapshot[] = [];
    for (const store of STORE_ORDER.filter((name) => stores.includes(name))) {
      const url = urls[store];
      const found = held.get(url) ?? (await hold(url));
      held.set(url, found);
      snapshots.push({ store, client: found.client });
    }
    return await work(snapshots);
  } finally {
    for (const { pool, client } of held.values()) {
      client.release(true);
      await pool.end();
    }
  }
}
