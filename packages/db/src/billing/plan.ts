import type { Pool } from '@footfall/postgres/pool';

/** What a plan costs: `amount` in the smallest unit of the currency. */
export type PlanPrice = { currency: string; interval: 'month' | 'year'; amount: number };

/** `publishing`: it is being made at the payment provider, and is not on sale yet. */
export type PlanState = 'manual' | 'draft' | 'publishing' | 'published' | 'archived';

/** A version of a plan, with what it gives; null is no limit. */
export type ListedPlan = {
  name: string;
  title: string;
  /** A line about it; may be empty. */
  description: string;
  state: PlanState;
  isPublic: boolean;
  events: number | null;
  sites: number | null;
  members: number | null;
  retentionMonths: number | null;
  features: string[];
  prices: PlanPrice[];
};

/** What is read of a plan `p`, as {@link ListedPlan}. */
export const PLAN_COLUMNS = `
  p.name, coalesce(nullif(p.title, ''), p.name) AS title, p.description, p.state, p.is_public AS "isPublic",
  coalesce(p.events_included, p.event_limit_per_month)::float8 AS events, p.site_limit AS sites, p.member_limit AS members,
  p.retention_months AS "retentionMonths", p.features,
  coalesce((SELECT jsonb_agg(jsonb_build_object('currency', x.currency, 'interval', x.interval, 'amount', x.amount)
    ORDER BY x.currency, x.interval) FROM plan_price x WHERE x.plan = p.name), '[]') AS prices`;

const PUBLIC = `
SELECT ${PLAN_COLUMNS} FROM plan p WHERE p.state = 'published' AND p.is_public
  AND NOT EXISTS (SELECT FROM plan n WHERE n.family = p.family AND n.state = 'published' AND n.version > p.version)
ORDER BY coalesce((SELECT min(x.amount) FROM plan_price x WHERE x.plan = p.name AND x.interval = 'month'), 0), p.name LIMIT 50`;

/** The plans that anybody may choose, each in its newest version, the cheapest first. */
export async function listPublicPlans(pool: Pool): Promise<ListedPlan[]> {
  return (await pool.query<ListedPlan>({ name: 'public-plans', text: PUBLIC })).rows;
}
