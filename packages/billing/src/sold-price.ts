import type { ComparedPrice } from '@footfall/core/billing/plan-change';
import type { PoolClient } from '@footfall/postgres/pool';
import { billingFailure } from './errors.ts';

/** A price that anybody may buy, with its id at the provider. */
export type SoldPrice = ComparedPrice & { stripeId: string };

const COLUMNS = 'x.plan, x.interval, x.amount::float8 AS amount, x.currency, x.stripe_id AS "stripeId"';

// Hidden plans are for whom staff has put on them.
const SOLD = `
SELECT ${COLUMNS} FROM plan_price x JOIN plan p ON p.name = x.plan
WHERE x.id = $1 AND p.state = 'published' AND p.is_public AND x.amount > 0 AND x.stripe_id IS NOT NULL`;

/**
 * A price by its id of ours.
 * @throws Failure `unknown_price` where it is not for sale
 */
export async function requireSoldPrice(client: PoolClient, priceId: string): Promise<SoldPrice> {
  const [row] = (await client.query<SoldPrice>(SOLD, [priceId])).rows;
  if (row === undefined) throw billingFailure('unknown_price', `${JSON.stringify(priceId)} is not for sale`);
  return row;
}

/** The plan of a price at the provider; null where it is of none of ours. */
export async function findPlanName(client: PoolClient, stripeId: string): Promise<string | null> {
  const { rows } = await client.query<{ plan: string }>('SELECT plan FROM plan_price WHERE stripe_id = $1', [
    stripeId,
  ]);
  return rows[0]?.plan ?? null;
}
