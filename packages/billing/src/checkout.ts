import { randomUUID } from 'node:crypto';
import { Failure } from '@footfall/core/failure';
import { tenantRows } from '@footfall/db/tenant/transaction';
import type { Pool } from '@footfall/postgres/pool';
import { chooseSubscription } from './choose-subscription.ts';
import { billingFailure } from './errors.ts';
import type { NewCheckout, ProviderCheckout } from './gateway.ts';
import { requireCustomer, underLock } from './lock.ts';
import { requireSoldPrice } from './sold-price.ts';
import { type SyncOptions, settleTenant, syncTenant } from './sync.ts';

/** Who begins to pay for a price, and where they come back to. */
export type CheckoutRequest = Pick<NewCheckout, 'locale' | 'successUrl' | 'cancelUrl'> & {
  tenantId: string;
  tenantName: string;
  email: string;
  /** Of ours; see `plan_price`. */
  priceId: string;
};

// A process that dies before the customer is kept makes the same one when it is done again: its key is the tenant.
const ACCOUNT = `
INSERT INTO billing_account (tenant_id) VALUES ($1) ON CONFLICT (tenant_id) DO UPDATE SET tenant_id = excluded.tenant_id
RETURNING customer_id AS "customerId"`;

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
    const { stripeId: stripePrice } = await requireSoldPrice(client, priceId);
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

/** What came of a page where somebody was to pay. */
export type CheckoutOutcome = 'confirmed' | 'pending' | 'unpaid';

/**
 * What came of a page where a tenant paid, by the id that the provider has sent along with them, and reads what they have from then on.
 * `pending`: it is paid, and not there yet.
 * @throws Failure `unknown_checkout` where it is not this tenant's, `provider_unavailable`
 */
export async function confirmCheckout(
  pool: Pool,
  { tenantId, checkoutId }: { tenantId: string; checkoutId: string },
  options: SyncOptions,
): Promise<CheckoutOutcome> {
  const unknown = () => billingFailure('unknown_checkout', 'there is no such payment of this team');
  if (!/^cs_\w{1,200}$/.test(checkoutId)) throw unknown();
  const customerId = await requireCustomer(tenantRows(pool, tenantId), tenantId);
  const checkout = await options.gateway.readCheckout(checkoutId).catch((error: unknown) => {
    // It says that there is none such.
    throw error instanceof Failure && error.code === 'provider_refused' ? unknown() : error;
  });
  if (checkout.customerId !== customerId) throw unknown();
  if (checkout.state !== 'complete') return 'unpaid';
  const synced = await settleTenant(pool, tenantId, options);
  return synced?.winner == null ? 'pending' : 'confirmed';
}
