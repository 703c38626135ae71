import type { Pool } from '@footfall/postgres/pool';
import { tenantRows } from '../tenant/transaction.ts';

/** What is paid, and how often; the amount before taxes and discounts, in the smallest unit of the currency. */
export type Rate = { amount: number; currency: string; interval: 'month' | 'year' };

/** A tenant's subscription as pages show it; instants are epoch milliseconds. */
export type ShownSubscription = {
  /** Stripe's word. */
  status: string;
  /** The price of ours; null: it was made by hand. */
  priceId: string | null;
  plan: string;
  title: string;
  /** Null until it was read once more. */
  rate: Rate | null;
  /** Up to when it is paid, and paid next. */
  periodEnd: number | null;
  endsAt: number | null;
  /** What it changes to. */
  next: { title: string; rate: Rate | null; at: number } | null;
  /** A change waits for its payment until then. */
  pendingUntil: number | null;
};

/** What is known of a tenant as a customer. */
export type BillingFacts = {
  /** Whether it has ever begun to pay: then there is something at Stripe. */
  isCustomer: boolean;
  /** Whether there is a plan to try that it has not tried. */
  mayTry: boolean;
  subscription: ShownSubscription | null;
};

const millis = (column: string) => `(extract(epoch FROM ${column}) * 1000)::float8`;
const titled = (plan: string) => `coalesce(nullif(${plan}.title, ''), ${plan}.name)`;

const READ = `
SELECT b.customer_id IS NOT NULL AS "isCustomer",
  b.customer_id IS NULL AND b.trial_ends_at IS NULL
    AND public.trial_plan() IS NOT NULL AS "mayTry",
  s.status, x.id AS "priceId", s.plan, ${titled('p')} AS title, s.interval, s.amount::float8 AS amount, s.currency,
  ${millis('s.period_end')} AS "periodEnd", ${millis('s.ends_at')} AS "endsAt", ${millis('s.pending_until')} AS "pendingUntil",
  ${millis('s.next_at')} AS "nextAt", coalesce(${titled('np')}, s.next_price_id) AS "nextTitle",
  n.interval AS "nextInterval", n.amount::float8 AS "nextAmount", n.currency AS "nextCurrency"
FROM tenant t LEFT JOIN billing_account b ON b.tenant_id = t.id LEFT JOIN subscription s ON s.tenant_id = t.id
  LEFT JOIN plan p ON p.name = s.plan LEFT JOIN plan_price x ON x.stripe_id = s.price_id
  LEFT JOIN plan_price n ON n.stripe_id = s.next_price_id LEFT JOIN plan np ON np.name = n.plan
WHERE t.id = $1`;

type Row = Pick<BillingFacts, 'isCustomer' | 'mayTry'> & {
  status: string | null;
  priceId: string | null;
  plan: string;
  title: string;
  interval: Rate['interval'] | null;
  amount: number | null;
  currency: string | null;
  periodEnd: number | null;
  endsAt: number | null;
  pendingUntil: number | null;
  nextAt: number | null;
  nextTitle: string | null;
  nextInterval: Rate['interval'] | null;
  nextAmount: number | null;
  nextCurrency: string | null;
};

function readRate({ amount, currency, interval }: { [K in keyof Rate]: Rate[K] | null }): Rate | null {
  return amount === null || currency === null || interval === null ? null : { amount, currency, interval };
}

function readShown(row: Row): ShownSubscription | null {
  const { status, priceId, plan, title, periodEnd, endsAt, pendingUntil, nextAt, nextTitle } = row;
  if (status === null) return null;
  const nextRate = { amount: row.nextAmount, currency: row.nextCurrency, interval: row.nextInterval };
  return {
    status,
    priceId,
    plan,
    title,
    rate: readRate(row),
    periodEnd,
    endsAt,
    next:
      nextAt === null || nextTitle === null
        ? null
        : { title: nextTitle, at: nextAt, rate: readRate(nextRate) },
    pendingUntil,
  };
}

/** What is known of a tenant as a customer. */
export async function readBilling(pool: Pool, tenantId: string): Promise<BillingFacts> {
  const statement = { name: 'read-billing', text: READ, values: [tenantId] };
  const [row] = (await tenantRows(pool, tenantId).query<Row>(statement)).rows;
  if (row === undefined) return { isCustomer: false, mayTry: false, subscription: null };
  return { isCustomer: row.isCustomer, mayTry: row.mayTry, subscription: readShown(row) };
}
