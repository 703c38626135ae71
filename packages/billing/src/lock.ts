import { type Pool, type PoolClient, transaction } from '@footfall/postgres/pool';
import { billingFailure } from './errors.ts';

/** Runs work about a tenant's money that one process does at a time: what it asks of the provider is not asked twice. */
export function underLock<T>(
  pool: Pool,
  tenantId: string,
  work: (client: PoolClient) => Promise<T>,
): Promise<T> {
  return transaction(pool, async (client) => {
    await client.query(`SELECT set_config('footfall.tenant', $1, true)`, [tenantId]);
    await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`billing ${tenantId}`]);
    return work(client);
  });
}

type Rows = { query(text: string, values: unknown[]): Promise<{ rows: { customerId: string | null }[] }> };

/**
 * A tenant's customer at the provider.
 * @throws Failure `no_customer` for whoever never began to pay
 */
export async function requireCustomer(rows: Rows, tenantId: string): Promise<string> {
  const found = await rows.query(
    'SELECT customer_id AS "customerId" FROM billing_account WHERE tenant_id = $1',
    [tenantId],
  );
  const customerId = found.rows[0]?.customerId ?? null;
  if (customerId === null)
    throw billingFailure('no_customer', 'nothing was ever paid: there are no invoices');
  return customerId;
}
