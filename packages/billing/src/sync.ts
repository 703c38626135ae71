import { type Pool, type PoolClient, transaction } from '@footfall/postgres/pool';
import { chooseSubscription } from './choose-subscription.ts';
import type { BillingGateway, ProviderSubscription } from './gateway.ts';

/** What the log says of money. */
export type BillingLog = Record<'info' | 'warn' | 'error', (fields: object, message: string) => void>;

export type SyncOptions = { gateway: BillingGateway; log: BillingLog; now: () => number };

// A tenant's state is fetched and written by one at a time: what was fetched before is never written after.
const LOCK = 'SELECT customer_id AS "customerId" FROM billing_account WHERE tenant_id = $1 FOR UPDATE';

const PLAN = `
SELECT coalesce(
  (SELECT x.plan FROM plan_price x WHERE x.stripe_id = $2), (SELECT p.name FROM plan p WHERE p.name = $3),
  (SELECT s.plan FROM subscription s WHERE s.tenant_id = $1), (SELECT t.plan FROM tenant t WHERE t.id = $1)) AS plan,
  EXISTS (SELECT FROM plan_price x WHERE x.stripe_id = $2) OR EXISTS (SELECT FROM plan p WHERE p.name = $3) AS known`;

const WRITE = `
INSERT INTO subscription AS s (tenant_id, stripe_id, plan, price_id, status, anchor, failing_since, ends_at, updated_at)
VALUES ($1, $2, $3, $4, $5, to_timestamp($6 / 1000.0), CASE WHEN $8 THEN to_timestamp($9 / 1000.0) END, to_timestamp($7 / 1000.0), to_timestamp($9 / 1000.0))
ON CONFLICT (tenant_id) DO UPDATE SET stripe_id = excluded.stripe_id, plan = excluded.plan, price_id = excluded.price_id,
  status = excluded.status, anchor = excluded.anchor, ends_at = excluded.ends_at, updated_at = excluded.updated_at,
  failing_since = CASE WHEN $8 THEN coalesce(CASE WHEN s.stripe_id = excluded.stripe_id THEN s.failing_since END, excluded.failing_since) END`;

const isFailing = ({ status }: ProviderSubscription) => status === 'past_due' || status === 'unpaid';

async function writeSubscription(
  client: PoolClient,
  {
    tenantId,
    winner,
    now,
    log,
  }: { tenantId: string; winner: ProviderSubscription; now: number; log: BillingLog },
): Promise<void> {
  const { id, priceId, planName, status, anchor, endsAt } = winner;
  const { rows } = await client.query<{ plan: string; known: boolean }>(PLAN, [tenantId, priceId, planName]);
  const [{ plan, known } = { plan: '', known: false }] = rows;
  // Whoever has paid has something, even for a price that was made by hand.
  if (!known)
    log.error(
      { tenant: tenantId, subscription: id, price: priceId, plan },
      'a subscription is for a price of no plan',
    );
  await client.query(WRITE, [tenantId, id, plan, priceId, status, anchor, endsAt, isFailing(winner), now]);
}

/** What a sync has found. */
export type Synced = { winner: ProviderSubscription | null; duplicates: readonly ProviderSubscription[] };

/**
 * Reads a tenant's subscriptions from the provider and keeps the one that counts. May be done at any time, any number of times: what is
 * kept is what the provider has. Answers null for a tenant that never was a customer.
 */
export function syncTenant(
  pool: Pool,
  tenantId: string,
  { gateway, log, now }: SyncOptions,
): Promise<Synced | null> {
  return transaction(pool, async (client) => {
    await client.query(`SELECT set_config('footfall.tenant', $1, true)`, [tenantId]);
    const { rows } = await client.query<{ customerId: string | null }>(LOCK, [tenantId]);
    const customerId = rows[0]?.customerId ?? null;
    if (customerId === null) return null;
    const chosen = chooseSubscription(await gateway.listSubscriptions(customerId));
    const { winner, duplicates } = chosen;
    if (winner === null) await client.query('DELETE FROM subscription WHERE tenant_id = $1', [tenantId]);
    else await writeSubscription(client, { tenantId, winner, now: now(), log });
    await client.query(
      'UPDATE billing_account SET synced_at = to_timestamp($2 / 1000.0), live_count = $3 WHERE tenant_id = $1',
      [tenantId, now(), duplicates.length + (winner === null ? 0 : 1)],
    );
    if (duplicates.length > 0)
      log.error(
        { tenant: tenantId, counts: winner?.id, others: duplicates.map(({ id }) => id) },
        'a tenant has more than one subscription',
      );
    return chosen;
  });
}

/**
 * As {@link syncTenant}, after somebody has paid: subscriptions beside the one that counts are ended and paid back, so that two pages on
 * which somebody paid cost them once.
 */
export async function settleTenant(
  pool: Pool,
  tenantId: string,
  options: SyncOptions,
): Promise<Synced | null> {
  const synced = await syncTenant(pool, tenantId, options);
  if (synced === null || synced.winner === null || synced.duplicates.length === 0) return synced;
  for (const { id } of synced.duplicates) {
    // What it took before the other was there was paid once.
    await options.gateway.undoSubscription(id, synced.winner.createdAt);
    options.log.warn({ tenant: tenantId, subscription: id }, 'a second subscription was ended and paid back');
  }
  return syncTenant(pool, tenantId, options);
}
