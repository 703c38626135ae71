import { knownFeatures, type PlanFeature } from '@footfall/core/billing/terms';
import type { Pool } from '@footfall/postgres/pool';
import { type ListedPlan, PLAN_COLUMNS, type PlanPrice } from './plan.ts';

/** A price that anybody may buy, and what its plan gives. */
export type Offer = PlanPrice &
  Pick<ListedPlan, 'events' | 'sites' | 'members' | 'retentionMonths'> & {
    priceId: string;
    plan: string;
    title: string;
    features: PlanFeature[];
  };

// Those that the provider knows: nobody can pay for another.
const READ = `
SELECT ${PLAN_COLUMNS}, o.id AS "priceId", p.name AS plan, o.currency, o.interval, o.amount::float8 AS amount
FROM plan p JOIN plan_price o ON o.plan = p.name
WHERE p.state = 'published' AND p.is_public AND o.amount > 0 AND o.stripe_id IS NOT NULL
  AND NOT EXISTS (SELECT FROM plan n WHERE n.family = p.family AND n.state = 'published' AND n.version > p.version)
ORDER BY o.amount, p.name, o.currency LIMIT 200`;

type Row = Omit<Offer, 'features'> & Pick<ListedPlan, 'name' | 'state' | 'isPublic' | 'prices' | 'features'>;

/** All that is for sale, the cheapest first. */
export async function listOffers(pool: Pool): Promise<Offer[]> {
  const { rows } = await pool.query<Row>({ name: 'offers', text: READ });
  return rows.map(({ name: _, state: __, isPublic: ___, prices: ____, features, ...offer }) => ({
    ...offer,
    features: knownFeatures(features),
  }));
}

/** Whether there is a public plan that may be tried without a card. */
export async function hasTrialPlan(pool: Pool): Promise<boolean> {
  const { rows } = await pool.query<{ is: boolean }>({
    name: 'has-trial-plan',
    text: 'SELECT public.trial_plan() IS NOT NULL AS "is"',
  });
  return rows[0]?.is ?? false;
}
