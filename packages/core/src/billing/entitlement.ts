import { PLAN_FEATURES, PLAN_LIMITS, type PlanFeature, type PlanLimit, type PlanTerms } from './terms.ts';

const DAY_MS = 24 * 3_600_000;

/** How long a payment may fail before dashboards are locked. */
export const GRACE_MS = 14 * DAY_MS;
/** How long after the notice of a second month over its plan a tenant's dashboards are locked. */
export const OVER_PLAN_MS = 7 * DAY_MS;

/** The states of a tenant, as the public contract has them (section 8). */
export const TENANT_STATES = [
  'free',
  'trial',
  'active',
  'grace',
  'restricted',
  'ending',
  'closed',
  'suspended',
] as const;
export type TenantState = (typeof TENANT_STATES)[number];

/** Stripe's eight, and whatever it may add: a status that nobody knows takes nothing from a merchant. */
export const SUBSCRIPTION_STATUSES = [
  'incomplete',
  'incomplete_expired',
  'trialing',
  'active',
  'past_due',
  'canceled',
  'unpaid',
  'paused',
  'unknown',
] as const;
export type SubscriptionStatus = (typeof SUBSCRIPTION_STATUSES)[number];

/** What is known of a tenant's subscription; instants are epoch milliseconds. */
export type SubscriptionFacts = {
  status: SubscriptionStatus;
  terms: PlanTerms;
  /** Since when its payment has failed; null: it has not. */
  failingSince: number | null;
  /** When it ends, since somebody cancelled it; null: it goes on. */
  endsAt: number | null;
};

/** A change of what one tenant may do, made by staff, with a reason, until an instant or (null) for good. */
export type Override = {
  until: number | null;
  limits: Readonly<Partial<Record<PlanLimit, number | null>>>;
  features: Readonly<Partial<Record<PlanFeature, boolean>>>;
};

/** All that is asked about a tenant. */
export type EntitlementFacts = {
  /** What it has without a subscription: the plan that staff has put it on, or the one that costs nothing. */
  terms: PlanTerms;
  /** Whether those terms are meant to be paid for: without a subscription and a trial they are locked. */
  isPaid: boolean;
  /** The plan that it tries without a card, or has tried, until an instant; null: none yet. */
  trial: { terms: PlanTerms; endsAt: number } | null;
  subscription: SubscriptionFacts | null;
  overrides: readonly Override[];
  /** Since when it has been over its plan for a second month in a row; null: it is not. One month is free. */
  overPlanSince: number | null;
  /** A person of the platform's staff has stopped it. */
  isSuspended: boolean;
  /** Its owner has deleted it. */
  isClosed: boolean;
};

/** What a tenant may do at a moment. */
export type Entitlement = {
  state: TenantState;
  plan: string;
  title: string;
  /** When the state will end by itself: the trial, grace, a subscription that was cancelled; null: it will not. */
  until: number | null;
  limits: Readonly<Record<PlanLimit, number | null>>;
  features: Readonly<Record<PlanFeature, boolean>>;
  /** Events a month after which collectors refuse more; null: they never do. */
  eventCeiling: number | null;
  /** When dashboards will be locked since it is over its plan for a second month, or were; null: it is not. */
  overPlanLocksAt: number | null;
  /** Whether reports are shown. */
  dashboards: boolean;
  /** Whether events are taken: billing never stops it, a person may. */
  collection: boolean;
};

type Standing = { state: TenantState; terms: PlanTerms; until: number | null };

/** Statuses of which there is no subscription to speak of: it was never paid, or is over. */
const WITHOUT: ReadonlySet<SubscriptionStatus> = new Set(['incomplete', 'incomplete_expired', 'canceled']);

function withoutSubscription({ terms, isPaid, trial }: EntitlementFacts, now: number): Standing {
  if (trial !== null && now < trial.endsAt)
    return { state: 'trial', terms: trial.terms, until: trial.endsAt };
  return { state: isPaid ? 'restricted' : 'free', terms, until: null };
}

function ofFailing({ terms, failingSince }: SubscriptionFacts, now: number): Standing {
  // Whose first failure nobody has seen has it now: grace begins when it is known.
  const end = (failingSince ?? now) + GRACE_MS;
  return now < end ? { state: 'grace', terms, until: end } : { state: 'restricted', terms, until: null };
}

function ofSubscription(subscription: SubscriptionFacts, now: number): Standing {
  const { status, terms, endsAt } = subscription;
  if (status === 'past_due' || status === 'unpaid') return ofFailing(subscription, now);
  if (status === 'paused') return { state: 'restricted', terms, until: null };
  if (endsAt !== null) return { state: 'ending', terms, until: endsAt };
  return { state: status === 'trialing' ? 'trial' : 'active', terms, until: null };
}

/** The subscription of a tenant that was begun and is not over; null: there is none. */
export const liveSubscription = ({ subscription }: EntitlementFacts): SubscriptionFacts | null =>
  subscription === null || WITHOUT.has(subscription.status) ? null : subscription;

function standing(facts: EntitlementFacts, now: number): Standing {
  const subscription = liveSubscription(facts);
  const found = subscription === null ? withoutSubscription(facts, now) : ofSubscription(subscription, now);
  if (facts.isClosed) return { ...found, state: 'closed', until: null };
  if (facts.isSuspended) return { ...found, state: 'suspended', until: null };
  const isOver = facts.overPlanSince !== null && now >= facts.overPlanSince + OVER_PLAN_MS;
  return isOver ? { ...found, state: 'restricted', until: null } : found;
}

/** States in which reports are not shown. */
const LOCKED: ReadonlySet<TenantState> = new Set(['restricted', 'closed', 'suspended']);
/** States in which no event is taken; only people bring them about. */
const STOPPED: ReadonlySet<TenantState> = new Set(['closed', 'suspended']);

const inForce = (overrides: readonly Override[], now: number): Override[] =>
  overrides.filter(({ until }) => until === null || now < until);

/** What the last override in force says of something; else what the plan says. */
function chosen<Key extends string, Value>(
  key: Key,
  fromPlan: Value,
  given: readonly Readonly<Partial<Record<Key, Value>>>[],
): Value {
  const last = given.findLast((one) => one[key] !== undefined);
  return last === undefined ? fromPlan : (last[key] as Value);
}

/** A ceiling gives way to what staff has given beyond it. */
function chooseCeiling({ eventCeiling = null }: PlanTerms, limits: readonly Override['limits'][]) {
  if (eventCeiling === null) return null;
  const given = chosen<'events_per_month', number | null>('events_per_month', eventCeiling, limits);
  return given === null ? null : Math.max(eventCeiling, given);
}

/**
 * What a tenant may do at a moment (`now`, epoch milliseconds), from what is known of it. Collector, API and portal all ask this one
 * function; it is pure.
 */
export function resolveEntitlement(facts: EntitlementFacts, now: number): Entitlement {
  const { state, terms, until } = standing(facts, now);
  const overrides = inForce(facts.overrides, now);
  const limits = overrides.map((one) => one.limits);
  const features = overrides.map((one) => one.features);
  return {
    state,
    plan: terms.name,
    title: terms.title,
    until,
    limits: Object.fromEntries(
      PLAN_LIMITS.map((limit) => [
        limit,
        chosen<PlanLimit, number | null>(limit, terms.limits[limit], limits),
      ]),
    ) as Record<PlanLimit, number | null>,
    features: Object.fromEntries(
      PLAN_FEATURES.map((feature) => [feature, chosen(feature, terms.features.includes(feature), features)]),
    ) as Record<PlanFeature, boolean>,
    eventCeiling: chooseCeiling(terms, limits),
    overPlanLocksAt: facts.overPlanSince === null ? null : facts.overPlanSince + OVER_PLAN_MS,
    dashboards: !LOCKED.has(state),
    collection: !STOPPED.has(state),
  };
}
