import type { Pool } from '@footfall/postgres/pool';
import type { StripeSimulator } from './stripe/simulator/state.fixture.ts';

/** Plans for whoever looks around, or tests from outside: amounts in cents. */
const PLANS = [
  { family: 'starter', title: 'Starter', events: 100_000, sites: 3, month: 900, year: 9_000 },
  { family: 'growth', title: 'Growth', events: 1_000_000, sites: 20, month: 2_900, year: 29_000 },
] as const;

const PLAN = `
INSERT INTO plan (name, family, version, state, title, is_public, events_included, site_limit, features)
VALUES ($1, $2, 1, 'published', $3, true, $4, $5, ARRAY['dashboards'])`;

/** Puts the plans on sale, here and at the stand-in. */
export async function sellDemoPlans(pool: Pool, stripe: StripeSimulator): Promise<void> {
  for (const { family, title, events, sites, ...amounts } of PLANS) {
    const plan = `${family}-v1`;
    await pool.query(PLAN, [plan, family, title, events, sites]);
    for (const interval of ['month', 'year'] as const) {
      const [id, amount] = [`${plan}-${interval}`, amounts[interval]];
      const stripeId = `price_${family}_${interval}`;
      await pool.query('INSERT INTO plan_price VALUES ($1, $2, $3, $4, $5, $6)', [
        ...[id, plan, 'EUR', interval],
        ...[amount, stripeId],
      ]);
      stripe.prices.set(stripeId, {
        id: stripeId,
        object: 'price',
        active: true,
        lookup_key: null,
        product: `prod_${family}`,
        currency: 'eur',
        unit_amount: amount,
        recurring: { interval, usage_type: 'licensed' },
        metadata: { plan },
      });
    }
  }
}
