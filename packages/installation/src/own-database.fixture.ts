import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startEmbeddedPostgres } from '@footfall/postgres/embedded';
import { connectPool } from '@footfall/postgres/pool';

/** A Postgres as an operator might have one of his own. */
export type OwnPostgres = {
  /** Makes an empty database; answers its URL. */
  newDatabase(): Promise<string>;
  stop(): Promise<void>;
};

export async function startOwnPostgres(): Promise<OwnPostgres> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'footfall-own-postgres-'));
  const postgres = await startEmbeddedPostgres({ dataDir, password: 'test' });
  const pool = connectPool(postgres.url, { name: 'test', max: 1 });
  let databases = 0;
  return {
    newDatabase: async () => {
      databases += 1;
      await pool.query(`CREATE DATABASE own_${databases}`);
      return Object.assign(new URL(postgres.url), { pathname: `/own_${databases}` }).href;
    },
    stop: async () => {
      await pool.end();
      await postgres.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
