import type { Override } from '@footfall/core/billing/entitlement';
import { SUBSCRIPTION_STATUSES } from '@footfall/core/billing/entitlement';
import type { Pool } from '@footfall/postgres/pool';
import { USED, utcMonth } from '../count/usage.ts';
import { askRows, type Cursor, PAGE_ROWS, type Page, pageFrom } from './page.ts';

/** How a tenant stands with its plan, as staff sees it in a list. */
export type SubscriberRow = {
  id: string;
  name: string;
  plan: string;
  /** Stripe's word; null: it has no subscription. */
  status: string | null;
  trialEndsAt: Date | null;
  endsAt: Date | null;
  createdAt: Date;
  /** What it has used of its plan this month (UTC). */
  events: number;
};

/** By what a list can be narrowed: `trial`, one without a card that goes on; `none`, no subscription; and Stripe's words. */
export const SUBSCRIBER_STATES = [
  'trial',
  'none',
  ...SUBSCRIPTION_STATUSES.filter((status) => status !== 'unknown'),
] as const;
export type SubscriberState = (typeof SUBSCRIBER_STATES)[number];

export type SubscriberSearch = {
  /** A part of the name, or an id: the tenant's, or Stripe's of its customer or subscription. */
  search: string;
  state: SubscriberState | null;
  /** The name of a plan; empty: any. */
  plan: string;
};

/** Longest text that is searched for. */
const MOST_SEARCHED = 200;

const LIST = `
SELECT t.id, t.name, coalesce(s.plan, t.plan) AS plan, s.status, b.trial_ends_at AS "trialEndsAt", s.ends_at AS "endsAt", t.created_at AS "createdAt",
  coalesce((SELECT ${USED} FROM usage_month u WHERE u.tenant_id = t.id AND u.month = $1), 0) AS events
FROM tenant t LEFT JOIN billing_account b ON b.tenant_id = t.id LEFT JOIN subscription s ON s.tenant_id = t.id
WHERE ($2::timestamptz IS NULL OR (t.created_at, t.id) < ($2::timestamptz, $3::text))
  AND ($4 = '' OR position(lower($4) IN lower(t.name)) > 0 OR $4 IN (t.id, b.customer_id, s.stripe_id))
  AND CASE $5 WHEN '' THEN true WHEN 'none' THEN s.status IS NULL WHEN 'trial' THEN s.status IS NULL AND b.trial_ends_at > to_timestamp($7 / 1000.0)
    ELSE s.status = $5 END
  AND ($6 = '' OR coalesce(s.plan, t.plan) = $6)
ORDER BY t.created_at DESC, t.id DESC LIMIT ${PAGE_ROWS + 1}`;

const clean = (text: string) => text.trim().slice(0, MOST_SEARCHED).replaceAll('\0', '');

/** Tenants with their plans, latest first. */
export async function listSubscribers(
  pool: Pool,
  { search, state, plan, after, now }: SubscriberSearch & { after: Cursor | null; now: number },
): Promise<Page<SubscriberRow>> {
  const place = [after?.at ?? null, after?.id ?? null];
  const values = [utcMonth(now), ...place, clean(search), state ?? '', clean(plan), now];
  return pageFrom(await askRows<SubscriberRow>(pool, LIST, values));
}

/** A change of what a tenant may do that staff has made, in force or over. */
export type OverrideRow = Pick<Override, 'limits' | 'features'> & {
  id: string;
  reason: string;
  endsAt: Date | null;
  createdAt: Date;
};

/** What is known of a tenant's plan and payment. */
export type Subscriber = {
  id: string;
  name: string;
  /** What it has without a subscription. */
  plan: string;
  createdAt: Date;
  customerId: string | null;
  trialPlan: string | null;
  trialEndsAt: Date | null;
  syncedAt: Date | null;
  liveCount: number;
  subscription: {
    stripeId: string;
    plan: string;
    status: string;
    priceId: string | null;
    failingSince: Date | null;
    endsAt: Date | null;
    /** Whether its price is one of a plan. */
    isKnown: boolean;
  } | null;
  /** Latest first. */
  overrides: readonly OverrideRow[];
};

const ONE = `
SELECT t.id, t.name, t.plan, t.created_at AS "createdAt", b.customer_id AS "customerId", b.trial_plan AS "trialPlan",
  b.trial_ends_at AS "trialEndsAt", b.synced_at AS "syncedAt", coalesce(b.live_count, 0) AS "liveCount"
FROM tenant t LEFT JOIN billing_account b ON b.tenant_id = t.id WHERE t.id = $1`;

const SUBSCRIPTION = `
SELECT s.stripe_id AS "stripeId", s.plan, s.status, s.price_id AS "priceId", s.failing_since AS "failingSince", s.ends_at AS "endsAt",
  EXISTS (SELECT FROM plan_price x WHERE x.stripe_id = s.price_id) AS "isKnown"
FROM subscription s WHERE s.tenant_id = $1`;

/** Overrides that are shown of a tenant. */
const SHOWN = 50;
const OVERRIDES = `
SELECT id, limits, features, reason, ends_at AS "endsAt", created_at AS "createdAt" FROM plan_override
WHERE tenant_id = $1 ORDER BY created_at DESC, id DESC LIMIT ${SHOWN}`;

/** What is known of a tenant's plan and payment; null where there is no such tenant. */
export async function findSubscriber(pool: Pool, id: string): Promise<Subscriber | null> {
  const values = [id.replaceAll('\0', '')];
  const [tenant] = await askRows<Omit<Subscriber, 'subscription' | 'overrides'>>(pool, ONE, values);
  if (tenant === undefined) return null;
  const [subscriptions, overrides] = await Promise.all([
    askRows<NonNullable<Subscriber['subscription']>>(pool, SUBSCRIPTION, values),
    askRows<OverrideRow>(pool, OVERRIDES, values),
  ]);
  return { ...tenant, subscription: subscriptions[0] ?? null, overrides };
}

/** What a person should look at: a tenant that pays twice, or for something that none of our plans is. */
export type BillingAlarm = { id: string; name: string; kind: 'duplicates' | 'unknown_price' };

const MOST_ALARMS = 50;
const ALARMS = `
SELECT t.id, t.name, 'duplicates' AS kind FROM billing_account b JOIN tenant t ON t.id = b.tenant_id WHERE b.live_count > 1
UNION ALL
SELECT t.id, t.name, 'unknown_price' FROM subscription s JOIN tenant t ON t.id = s.tenant_id
WHERE NOT EXISTS (SELECT FROM plan_price x WHERE x.stripe_id = s.price_id)
ORDER BY 3, 2, 1 LIMIT ${MOST_ALARMS}`;

/** What a person should look at, at most so many. */
export const listBillingAlarms = (pool: Pool): Promise<BillingAlarm[]> =>
  askRows<BillingAlarm>(pool, ALARMS, []);
