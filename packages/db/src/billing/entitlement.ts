import {
  type Entitlement,
  type EntitlementFacts,
  type Override,
  resolveEntitlement,
  SUBSCRIPTION_STATUSES,
  type SubscriptionStatus,
} from '@footfall/core/billing/entitlement';
import {
  knownFeatures,
  PLAN_FEATURES,
  PLAN_LIMITS,
  type PlanLimit,
  type PlanTerms,
} from '@footfall/core/billing/terms';
import type { Pool } from '@footfall/postgres/pool';
import { unknownTenant } from '../tenant/tenant.ts';
import { type Transaction, tenantRows } from '../tenant/transaction.ts';

/** The column of each limit. */
const COLUMNS: Readonly<Record<PlanLimit, string>> = {
  events_per_month: 'coalesce(p.events_included, p.event_limit_per_month)',
  events_per_second: 'p.event_limit_per_second',
  sites: 'p.site_limit',
  members: 'p.member_limit',
  retention_months: 'p.retention_months',
  queries_per_hour: 'p.query_limit_per_hour',
};

const LIMITS = PLAN_LIMITS.map((limit) => `'${limit}', ${COLUMNS[limit]}`).join(', ');
/** The terms of a plan, as {@link StoredTerms}; null where there is none. */
const selectTerms = (name: string) =>
  `(SELECT jsonb_build_object('name', p.name, 'title', coalesce(nullif(p.title, ''), p.name), 'limits', jsonb_build_object(${LIMITS}), 'features', p.features,
    'isManual', p.state = 'manual', 'eventCeiling', p.event_limit_per_month) FROM plan p WHERE p.name = ${name})`;
const millis = (column: string) => `(extract(epoch FROM ${column}) * 1000)::float8`;

const READ = `
SELECT t.plan, t.suspended_at IS NOT NULL AS "isSuspended", t.deletion_asked_at IS NOT NULL AS "isClosed", ${selectTerms('t.plan')} AS terms,
  EXISTS (SELECT FROM plan_price x JOIN plan p ON p.name = x.plan WHERE p.name = t.plan AND p.state <> 'manual' AND x.amount > 0) AS "isPaid",
  ${selectTerms('b.trial_plan')} AS "trialTerms", ${millis('b.trial_ends_at')} AS "trialEndsAt", ${millis('b.over_plan_since')} AS "overPlanSince",
  s.status, ${selectTerms('s.plan')} AS "subscriptionTerms", ${millis('s.failing_since')} AS "failingSince", ${millis('s.ends_at')} AS "endsAt",
  coalesce((SELECT jsonb_agg(jsonb_build_object('until', ${millis('o.ends_at')}, 'limits', o.limits, 'features', o.features)
    ORDER BY o.created_at, o.id) FROM plan_override o WHERE o.tenant_id = t.id), '[]') AS overrides
FROM tenant t LEFT JOIN billing_account b ON b.tenant_id = t.id LEFT JOIN subscription s ON s.tenant_id = t.id
WHERE t.id = $1`;

type StoredTerms = {
  name: string;
  title: string;
  limits: Record<PlanLimit, number | null>;
  features: string[];
  isManual: boolean;
  eventCeiling: number | null;
};

type Row = {
  plan: string;
  terms: StoredTerms | null;
  isPaid: boolean;
  trialTerms: StoredTerms | null;
  trialEndsAt: number | null;
  overPlanSince: number | null;
  status: string | null;
  subscriptionTerms: StoredTerms | null;
  failingSince: number | null;
  endsAt: number | null;
  overrides: Override[];
  isSuspended: boolean;
  isClosed: boolean;
};

/** A plan that nobody knows takes nothing from a merchant. */
const withoutLimits = (name: string): PlanTerms => ({
  name,
  title: name,
  limits: Object.fromEntries(PLAN_LIMITS.map((limit) => [limit, null])) as PlanTerms['limits'],
  features: PLAN_FEATURES,
});

// An operator's own plan is limited as they say, and has every feature: none of them is sold.
const planTerms = ({ isManual, features, ...stored }: StoredTerms): PlanTerms => ({
  ...stored,
  features: isManual ? PLAN_FEATURES : knownFeatures(features),
});

/** A status that Stripe has added since is one that nobody knows. */
const knownStatus = (text: string): SubscriptionStatus =>
  SUBSCRIPTION_STATUSES.find((status) => status === text) ?? 'unknown';

function factsIn(row: Row): EntitlementFacts {
  const { plan, terms, trialTerms, trialEndsAt, status, subscriptionTerms, failingSince, endsAt } = row;
  return {
    terms: terms === null ? withoutLimits(plan) : planTerms(terms),
    isPaid: row.isPaid,
    trial:
      trialTerms === null || trialEndsAt === null
        ? null
        : { terms: planTerms(trialTerms), endsAt: trialEndsAt },
    subscription:
      status === null || subscriptionTerms === null
        ? null
        : { status: knownStatus(status), terms: planTerms(subscriptionTerms), failingSince, endsAt },
    overrides: row.overrides,
    overPlanSince: row.overPlanSince,
    isSuspended: row.isSuspended,
    isClosed: row.isClosed,
  };
}

/** What a tenant may do, and whether anybody knows its plan. */
export type Standing = Entitlement & { isKnown: boolean };

function resolveRow(row: Row, now: number): Standing {
  const isKnown = row.terms !== null || row.subscriptionTerms !== null;
  return { ...resolveEntitlement(factsIn(row), now), isKnown };
}

/** All that is known of a tenant, for who asks about more than what it may do; null: there is no such tenant. */
export async function readEntitlementFacts(pool: Pool, tenantId: string): Promise<EntitlementFacts | null> {
  const statement = { name: 'read-entitlement', text: READ, values: [tenantId] };
  const [row] = (await tenantRows(pool, tenantId).query<Row>(statement)).rows;
  return row === undefined ? null : factsIn(row);
}

/** What a tenant may do at a moment (`now`, epoch milliseconds), and whether anybody knows its plan; null: there is no such tenant. */
export async function readStanding(pool: Pool, tenantId: string, now: number): Promise<Standing | null> {
  const statement = { name: 'read-entitlement', text: READ, values: [tenantId] };
  const [row] = (await tenantRows(pool, tenantId).query<Row>(statement)).rows;
  return row === undefined ? null : resolveRow(row, now);
}

/**
 * What a tenant may do at a moment (`now`, epoch milliseconds).
 * @throws Failure `unknown_tenant`
 */
export async function readEntitlement(pool: Pool, tenantId: string, now: number): Promise<Entitlement> {
  const standing = await readStanding(pool, tenantId, now);
  if (standing === null) throw unknownTenant(tenantId);
  const { isKnown: _, ...entitlement } = standing;
  return entitlement;
}

/**
 * The same in a transaction of the tenant's that goes on whatever happens here: what cannot be read limits nobody (null). `now` is epoch
 * milliseconds.
 */
export async function entitlementWithin(
  transaction: Transaction,
  tenantId: string,
  now = Date.now(),
): Promise<Entitlement | null> {
  // A statement that fails ends a transaction, unless there is a point to go back to.
  await transaction.$executeRaw`SAVEPOINT entitlement`;
  try {
    const [row] = await transaction.$queryRawUnsafe<Row[]>(READ, tenantId);
    await transaction.$executeRaw`RELEASE SAVEPOINT entitlement`;
    return row === undefined ? null : resolveRow(row, now);
  } catch {
    // Nobody is kept from their work because of what we cannot read.
    await transaction.$executeRaw`ROLLBACK TO SAVEPOINT entitlement`;
    return null;
  }
}

/** What a tenant may do of whom nothing can be read: everything, since an event that is turned away is lost, and a report that is locked is missed. */
export const OPEN_STANDING: Standing = {
  ...resolveEntitlement(
    {
      terms: withoutLimits(''),
      isPaid: false,
      trial: null,
      subscription: null,
      overrides: [],
      overPlanSince: null,
      isSuspended: false,
      isClosed: false,
    },
    0,
  ),
  isKnown: false,
};
