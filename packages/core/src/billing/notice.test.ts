import { describe, expect, it } from 'vitest';
import { resolveEntitlement } from './entitlement.ts';
import { findNotices, type NoticeFacts } from './notice.ts';
import { PLAN_LIMITS, type PlanTerms } from './terms.ts';

const NOW = Date.parse('2026-12-15T12:00:00Z');
const DAY_MS = 24 * 3_600_000;
const TERMS: PlanTerms = {
  name: 'growth-v1',
  title: 'Growth',
  limits: {
    ...(Object.fromEntries(PLAN_LIMITS.map((limit) => [limit, null])) as PlanTerms['limits']),
    events_per_month: 100,
  },
  features: [],
};

type Given = {
  used?: number;
  overPlan?: NoticeFacts['overPlan'];
  overPlanSince?: number | null;
  failingSince?: number | null;
  endsAt?: number | null;
  trialEndsAt?: number | null;
  openFailure?: string | null;
  isSuspended?: boolean;
};

/** What is told of a tenant that subscribes, or (with a trial) does not. */
function told(given: Given, now = NOW): string[] {
  const { failingSince = null, endsAt = null, trialEndsAt = null, overPlanSince = null } = given;
  const hasSubscription = trialEndsAt === null;
  const status = failingSince === null ? 'active' : 'past_due';
  const entitlement = resolveEntitlement(
    {
      terms: TERMS,
      isPaid: true,
      trial: trialEndsAt === null ? null : { terms: TERMS, endsAt: trialEndsAt },
      subscription: hasSubscription ? { status, terms: TERMS, failingSince, endsAt } : null,
      overrides: [],
      overPlanSince,
      isSuspended: given.isSuspended ?? false,
      isClosed: false,
    },
    now,
  );
  const facts: NoticeFacts = {
    entitlement,
    period: { from: NOW - 14 * DAY_MS, to: NOW + 16 * DAY_MS },
    used: given.used ?? 0,
    lastMonth: { from: NOW - 45 * DAY_MS, to: NOW - 14 * DAY_MS },
    overPlan: given.overPlan ?? 'within',
    failingSince,
    trialEndsAt,
    hasSubscription,
    openFailure: given.openFailure ?? null,
  };
  return findNotices(facts, now).map(({ kind }) => kind);
}

describe('what a tenant is told', () => {
  it.each<[string, Given, string[]]>([
    ['nothing while all is well', {}, []],
    ['nothing below 80 %', { used: 79 }, []],
    ['at 80 %', { used: 80 }, ['plan_quota_near']],
    ['at 100 %, and no longer of 80', { used: 100 }, ['plan_quota_reached']],
    ['a month over', { overPlan: 'once' }, ['plan_over_once']],
    ['two in a row', { overPlan: 'twice', overPlanSince: NOW }, ['plan_over_twice']],
    [
      'a week after that',
      { overPlan: 'twice', overPlanSince: NOW - 7 * DAY_MS },
      ['plan_over_twice', 'reports_locked'],
    ],
    ['a payment that fails', { failingSince: NOW }, ['payment_failed']],
    ['after six days still the same', { failingSince: NOW - 6 * DAY_MS }, ['payment_failed']],
    ['after a week', { failingSince: NOW - 7 * DAY_MS }, ['payment_failed_again']],
    ['two days before the lock', { failingSince: NOW - 12 * DAY_MS }, ['payment_failed_last']],
    ['at the lock', { failingSince: NOW - 14 * DAY_MS }, ['reports_locked']],
    ['paid after a failure', { openFailure: 'x' }, ['payment_received']],
    ['a trial in its last days', { trialEndsAt: NOW + 3 * DAY_MS }, ['trial_ending']],
    ['a trial that goes on', { trialEndsAt: NOW + 3 * DAY_MS + 1 }, []],
    ['a trial that ended', { trialEndsAt: NOW }, ['trial_ended']],
    ['a trial that ended long ago', { trialEndsAt: NOW - 7 * DAY_MS }, []],
    ['cancelled for later', { endsAt: NOW + DAY_MS }, ['subscription_cancelled']],
    ['nothing where staff has stopped it', { isSuspended: true, used: 500, failingSince: NOW }, []],
  ])('%s', (_, given, expected) => {
    expect(told(given)).toEqual(expected);
  });
});
