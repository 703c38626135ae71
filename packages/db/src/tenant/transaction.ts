import { type Pool, transaction } from '@footfall/postgres/pool';
import type { QueryConfig, QueryResult, QueryResultRow } from 'pg';
import type { Prisma } from '../../generated/client.ts';
import type { Database } from '../prisma.ts';

/** Statements of one transaction. */
export type Transaction = Prisma.TransactionClient;

/** Runs work in a transaction that sees the rows of one tenant. */
export type InTransaction = <T>(work: (transaction: Transaction) => Promise<T>) => Promise<T>;

/** What repositories of one tenant work with. */
export type OfTenant = { tenantId: string; run: InTransaction };

/** Whatever a statement can be asked of: a pool, a connection, or one tenant's rows. */
export type Queryable = {
  query<Row extends QueryResultRow>(
    statement: QueryConfig | string,
    values?: unknown[],
  ): Promise<QueryResult<Row>>;
};

// A connection is waited for as long as anywhere else; no work of a tenant's takes near as long. Milliseconds.
const LIMITS = { maxWait: 5_000, timeout: 30_000 };

/**
 * Runs work in a transaction that has named its tenant: row-level security shows it that tenant's rows, and takes no others.
 * Committed when the work resolves, rolled back when it rejects.
 */
export function tenantTransaction<T>(
  db: Database,
  tenantId: string,
  work: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  return db.$transaction(async (opened) => {
    await opened.$executeRaw`SELECT set_config('footfall.tenant', ${tenantId}, true)`;
    return work(opened);
  }, LIMITS);
}

/** Names another tenant for a part of a transaction: what concerns two of them is done in one. */
export async function inOtherTenant<T>(
  transaction: Transaction,
  { from, to }: { from: string; to: string },
  work: () => Promise<T>,
): Promise<T> {
  await transaction.$executeRaw`SELECT set_config('footfall.tenant', ${to}, true)`;
  const result = await work();
  await transaction.$executeRaw`SELECT set_config('footfall.tenant', ${from}, true)`;
  return result;
}

/** The rows of one tenant, for statements that Prisma cannot say: each in a transaction of its own, as {@link tenantTransaction}. */
export function tenantRows(pool: Pool, tenantId: string): Queryable {
  return {
    query: <Row extends QueryResultRow>(statement: QueryConfig | string, values?: unknown[]) =>
      transaction(pool, async (client) => {
        await client.query({
          name: 'name-tenant',
          text: `SELECT set_config('footfall.tenant', $1, true)`,
          values: [tenantId],
        });
        return client.query<Row>(statement, values);
      }),
  };
}
