import type { Pool } from '@footfall/postgres/pool';
import { type ListedPlan, PLAN_COLUMNS } from '../billing/plan.ts';
import { askRows } from './page.ts';

/** A plan with how many tenants are on it. */
export type PlanRow = ListedPlan & {
  tenants: number;
  /** Its name at the payment provider; null: it is not there. */
  productId: string | null;
};

const ROW = `
${PLAN_COLUMNS}, (SELECT count(*) FROM tenant t LEFT JOIN subscription s ON s.tenant_id = t.id WHERE coalesce(s.plan, t.plan) = p.name)::float8 AS tenants, p.product_id AS "productId"`;

const ALL = `
SELECT ${ROW}
FROM plan p ORDER BY array_position(ARRAY['published', 'publishing', 'draft', 'manual', 'archived'], p.state), p.family, p.version DESC, p.name LIMIT 200`;

/** Every plan of the installation, for its staff: those that are sold first. */
export const listPlans = (pool: Pool): Promise<PlanRow[]> => askRows<PlanRow>(pool, ALL, []);

/** All that is known of one version of a plan. */
export type PlanDetails = PlanRow & {
  /** Null: an operator's own, which is not sold. */
  family: string | null;
  version: number;
  eventsPerSecond: number | null;
  queriesPerHour: number | null;
  /** How many of its prices are at the payment provider. */
  pricesMade: number;
  publishedAt: Date | null;
  archivedAt: Date | null;
  /** The version before; null: it is the first. */
  before: string | null;
  /** A version of the same plan that is not on sale yet; null: there is none. */
  draft: string | null;
  /** It may be tried without a card, in whichever version. */
  isTrial: boolean;
};

const ONE = `
SELECT ${ROW}, p.family, p.version, p.event_limit_per_second AS "eventsPerSecond", p.query_limit_per_hour AS "queriesPerHour",
  (SELECT count(*) FROM plan_price x WHERE x.plan = p.name AND x.stripe_id IS NOT NULL)::float8 AS "pricesMade",
  p.published_at AS "publishedAt", p.archived_at AS "archivedAt",
  (SELECT o.name FROM plan o WHERE o.family = p.family AND o.version < p.version ORDER BY o.version DESC LIMIT 1) AS before,
  (SELECT o.name FROM plan o WHERE o.family = p.family AND o.state IN ('draft', 'publishing') ORDER BY o.version DESC LIMIT 1) AS draft,
  EXISTS (SELECT FROM plan o WHERE o.family = p.family AND o.is_trial) AS "isTrial"
FROM plan p WHERE p.name = $1`;

/** A version of a plan by its name; null where there is none. */
export async function findPlan(pool: Pool, name: string): Promise<PlanDetails | null> {
  const [plan] = await askRows<PlanDetails>(pool, ONE, [name.replaceAll('\0', '')]);
  return plan ?? null;
}
