import type { Entitlement } from './entitlement.ts';
import type { OverPlan } from './over-plan.ts';
import type { Period } from './period.ts';

const DAY_MS = 24 * 3_600_000;

/** What a tenant is told by mail about its plan and payments. */
export const NOTICE_KINDS = [
  'plan_quota_near',
  'plan_quota_reached',
  'plan_over_once',
  'plan_over_twice',
  'payment_failed',
  'payment_failed_again',
  'payment_failed_last',
  'reports_locked',
  'payment_received',
  'trial_ending',
  'trial_ended',
  'subscription_cancelled',
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** Something to tell once: `about` tells it from another of its kind; `day` is what its text names, epoch milliseconds. */
export type Notice = { kind: NoticeKind; about: string; day: number };

/** What is known of a tenant; instants are epoch milliseconds. */
export type NoticeFacts = {
  entitlement: Entitlement;
  /** The month that runs, and what was used in it. */
  period: Period;
  used: number;
  /** The month that ended last, and how the months stand to the plan. */
  lastMonth: Period;
  overPlan: OverPlan;
  failingSince: number | null;
  trialEndsAt: number | null;
  hasSubscription: boolean;
  /** The failure of payment that it was told of last, and that nobody has said is over; null: there is none. */
  openFailure: string | null;
};

const instant = (at: number): string => new Date(at).toISOString();

/** From which share of the limit on a tenant is told. */
const QUOTA = [
  { kind: 'plan_quota_reached', share: 1 },
  { kind: 'plan_quota_near', share: 0.8 },
] as const;

function findQuota({ entitlement, period, used }: NoticeFacts): Notice[] {
  const limit = entitlement.limits.events_per_month;
  if (limit === null || limit <= 0) return [];
  const reached = QUOTA.find(({ share }) => used >= limit * share);
  return reached === undefined ? [] : [{ kind: reached.kind, about: instant(period.from), day: period.to }];
}

function findOverPlan({ overPlan, lastMonth, entitlement }: NoticeFacts): Notice[] {
  const { overPlanLocksAt } = entitlement;
  if (overPlanLocksAt !== null)
    return [{ kind: 'plan_over_twice', about: instant(overPlanLocksAt), day: overPlanLocksAt }];
  return overPlan === 'once'
    ? [{ kind: 'plan_over_once', about: instant(lastMonth.from), day: lastMonth.to }]
    : [];
}

/** When a payment that fails is told of again, after the first time; the last is two days before reports are locked. */
const DUNNING = [
  { kind: 'payment_failed_last', afterMs: 12 * DAY_MS },
  { kind: 'payment_failed_again', afterMs: 7 * DAY_MS },
  { kind: 'payment_failed', afterMs: 0 },
] as const;

function findFailure({ failingSince, openFailure, entitlement }: NoticeFacts, now: number): Notice[] {
  const { state, until } = entitlement;
  if (failingSince === null) {
    const isPaid = openFailure !== null && entitlement.dashboards;
    return isPaid ? [{ kind: 'payment_received', about: openFailure, day: now }] : [];
  }
  const about = instant(failingSince);
  if (state === 'restricted') return [{ kind: 'reports_locked', about, day: now }];
  const stage = DUNNING.find(({ afterMs }) => now >= failingSince + afterMs);
  return state !== 'grace' || until === null || stage === undefined
    ? []
    : [{ kind: stage.kind, about, day: until }];
}

function findLock({ entitlement }: NoticeFacts, now: number): Notice[] {
  const { overPlanLocksAt, state } = entitlement;
  const isLocked = state === 'restricted' && overPlanLocksAt !== null && now >= overPlanLocksAt;
  return isLocked ? [{ kind: 'reports_locked', about: instant(overPlanLocksAt), day: now }] : [];
}

/** Days before the end of a trial that it is told of, and for how long after it nobody is too late. */
const TRIAL = { beforeMs: 3 * DAY_MS, afterMs: 7 * DAY_MS };

function findTrial({ trialEndsAt, hasSubscription }: NoticeFacts, now: number): Notice[] {
  if (trialEndsAt === null || hasSubscription) return [];
  const notice = { about: instant(trialEndsAt), day: trialEndsAt };
  if (now >= trialEndsAt)
    return now < trialEndsAt + TRIAL.afterMs ? [{ kind: 'trial_ended', ...notice }] : [];
  return now >= trialEndsAt - TRIAL.beforeMs ? [{ kind: 'trial_ending', ...notice }] : [];
}

function findEnding({ entitlement: { state, until } }: NoticeFacts): Notice[] {
  return state === 'ending' && until !== null
    ? [{ kind: 'subscription_cancelled', about: instant(until), day: until }]
    : [];
}

/**
 * What there is to tell a tenant at a moment (`now`, epoch milliseconds): the same as long as it is so; who tells it remembers what was
 * told. Somebody whom staff has stopped, or who is leaving, is told nothing of money.
 */
export function findNotices(facts: NoticeFacts, now: number): Notice[] {
  if (['suspended', 'closed'].includes(facts.entitlement.state)) return [];
  return [
    ...findQuota(facts),
    ...findOverPlan(facts),
    ...findFailure(facts, now),
    ...findLock(facts, now),
    ...findTrial(facts, now),
    ...findEnding(facts),
  ];
}
