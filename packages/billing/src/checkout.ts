import { randomUUID } from 'node:crypto';
import { type Pool, type PoolClient, transaction } from '@footfall/postgres/pool';
import { chooseSubscription } from './choose-subscription.ts';
import { billingFailure } from './errors.ts';
import type { NewCheckout, ProviderCheckout } from './gateway.ts';
import { type SyncOptions, syncTenant } from './sync.ts';

/** Who begins to pay for a price, and where they come back to. */
export type CheckoutRequest = Pick<NewCheckout, 'locale' | 'successUrl' | 'cancelUrl'> & {
  tenantId: string;
  tenantName: string;
  email: string;
  /** Of ours; see `plan_price`. */
  priceId: string;
};

const PRICE = `
SELECT x.stripe_id AS "stripeId" FROM plan_price x JOIN plan p ON p.name = x.plan
WHERE x.id = $1 AND p.state = 'published' AND x.stripe_id IS NOT NULL`;

async function findStripePrice(client: PoolClient, priceId: string): Promise<string> {
  const [row] = (await client.query<{ stripeId: string }>(PRICE, [priceId])).rows;
  if (row === undefined) throw billingFailure('unknown_price', `${JSON.stringify(priceId)} is not for sale`);
  return row.stripeId;
}

// A process that dies before the customer is kept makes the same one when it is done again: its key is the tenant.
const ACCOUNT = `
INSERT INTO billing_account (tenant_id) VALUES ($1) ON CONFLICT (tenant_id) DO UPDATE SET tenant_id = excluded.tenant_id
RETURNING customer_id AS "customerId"`;

/** Runs work that one process does for a tenant at a time. */
function underLock<T>(pool: Pool, tenantId: string, work: (client: PoolClient) => Promise<T>): Promise<T> {
  return transaction(pool, async (client) => {
    await client.query(`SELECT set_config('footfall.tenant', $1, true)`, [tenantId]);
    await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`billing ${tenantId}`]);
    return work(client);
  });
}

/**
 * Opens the page where a tenant pays for a price: one at a time, so that two tabs cannot both be paid. The customer is made at the
 * first time. Whoever is subscribed already, also by what only the provider knows, is refused.
 * @throws Failure `already_subscribed`, `unknown_price`, `provider_unavailable`, `provider_refused`
 */
export async function openCheckout(
  pool: Pool,
  { tenantId, tenantName, email, priceId, ...pages }: CheckoutRequest,
  options: SyncOptions,
): Promise<ProviderCheckout> {
  const { gateway } = options;
  const opened = await underLock(pool, tenantId, async (client) => {
    const stripePrice = await findStripePrice(client, priceId);
    const [account] = (await client.query<{ customerId: string | null }>(ACCOUNT, [tenantId])).rows;
    let customerId = account?.customerId ?? null;
    if (customerId === null) {
      ({ customerId } = await gateway.createCustomer({ tenantId, name: tenantName, email }));
      await client.query('UPDATE billing_account SET customer_id = $2 WHERE tenant_id = $1', [
        tenantId,
        customerId,
      ]);
    }
    if (chooseSubscription(await gateway.listSubscriptions(customerId)).winner !== null) return null;
    const open = await gateway.listOpenCheckouts(customerId);
    await Promise.all(open.map(({ id }) => gateway.expireCheckout(id)));
    // Whoever paid on one of those meanwhile has a subscription now.
    if (chooseSubscription(await gateway.listSubscriptions(customerId)).winner !== null) return null;
    // A key of this attempt alone: under one that was used before Stripe answers with the page of then, which may have been expired since.
    const key = randomUUID();
    return gateway.createCheckout({ customerId, tenantId, priceId: stripePrice, ...pages }, key);
  });
  if (opened !== null) return opened;
  await syncTenant(pool, tenantId, options);
  throw billingFailure('already_subscribed', 'there is a subscription already: change it instead');
}
