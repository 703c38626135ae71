import pg from 'pg';
import { readConnection } from './connection.ts';
import { type ServiceName, takeRole } from './service-role.ts';

/** Offsets, versions and times are bigint in SQL and far below 2^53 in life: read them as numbers. */
pg.types.setTypeParser(pg.types.builtins.INT8, (text) => Number(text));

export type Pool = pg.Pool;
export type PoolClient = pg.PoolClient;

export type PoolOptions = {
  /** Shows in `pg_stat_activity`. */
  name: string;
  /** Connections at most (default 5). */
  max?: number;
  /** Whose role its connections take, where the login may; absent: that of the login. */
  role?: ServiceName | undefined;
};

/**
 * A pool of connections. A connection that breaks while idle is replaced by the next query, which reports what is wrong.
 * @throws Failure `tls_unusable` when the URL asks for TLS in a way that is not known, or with files that cannot be read
 */
export function connectPool(url: string, { name, max = 5, role }: PoolOptions): Pool {
  const pool = new pg.Pool({
    ...readConnection(url),
    max,
    application_name: `footfall-${name}`,
    connectionTimeoutMillis: 5_000,
    ...(role === undefined ? {} : { onConnect: (client: pg.ClientBase) => takeRole(client, role) }),
  });
  pool.on('error', () => undefined);
  // One that breaks in a transaction says so to the next statement; unheard, the event would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/** Runs `work` in one transaction: committed when it resolves, rolled back when it rejects. */
export async function transaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    client.release();
    return result;
  } catch (error) {
    // A connection that cannot even roll back is broken: it leaves the pool.
    await client.query('ROLLBACK').then(
      () => client.release(),
      () => client.release(true),
    );
    throw error;
  }
}
