import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type EntitlementFacts,
  GRACE_MS,
  OVER_PLAN_MS,
  resolveEntitlement,
  SUBSCRIPTION_STATUSES,
  type SubscriptionFacts,
  TENANT_STATES,
} from './entitlement.ts';
import { knownFeatures, PLAN_LIMITS, type PlanLimit, type PlanTerms } from './terms.ts';

const NOW = Date.parse('2026-12-01T12:00:00Z');
const DAY_MS = 24 * 3_600_000;

const makeTerms = (name: string, limits: Partial<Record<PlanLimit, number>> = {}): PlanTerms => ({
  name,
  title: name,
  limits: {
    ...(Object.fromEntries(PLAN_LIMITS.map((limit) => [limit, null])) as PlanTerms['limits']),
    ...limits,
  },
  features: ['dashboards'],
});

const GROWTH = makeTerms('growth-v1', { events_per_month: 100_000, sites: 5 });

const subscribed = (more: Partial<SubscriptionFacts> = {}): SubscriptionFacts => ({
  status: 'active',
  terms: GROWTH,
  failingSince: null,
  endsAt: null,
  ...more,
});

const facts = (more: Partial<EntitlementFacts> = {}): EntitlementFacts => ({
  terms: makeTerms('self-hosted'),
  isPaid: false,
  trial: null,
  subscription: null,
  overrides: [],
  overPlanSince: null,
  isSuspended: false,
  isClosed: false,
  ...more,
});

const findState = (more: Partial<EntitlementFacts>, now = NOW) => resolveEntitlement(facts(more), now).state;

describe('the state of a tenant', () => {
  it.each<[string, Partial<EntitlementFacts>, string]>([
    ['without billing', {}, 'free'],
    ['on a plan that costs, without a subscription', { isPaid: true }, 'restricted'],
    ['in a trial', { isPaid: true, trial: { terms: GROWTH, endsAt: NOW + 1 } }, 'trial'],
    ['after a trial', { isPaid: true, trial: { terms: GROWTH, endsAt: NOW } }, 'restricted'],
    ['after a trial, where there is a plan for nothing', { trial: { terms: GROWTH, endsAt: NOW } }, 'free'],
    ['subscribed', { subscription: subscribed() }, 'active'],
    [
      'subscribed, whatever a trial was',
      { trial: { terms: GROWTH, endsAt: NOW - 1 }, subscription: subscribed() },
      'active',
    ],
    ['subscribed, still free', { subscription: subscribed({ status: 'trialing' }) }, 'trial'],
    ['cancelled for later', { subscription: subscribed({ endsAt: NOW + 1 }) }, 'ending'],
    ['cancelled, and over', { subscription: subscribed({ status: 'canceled' }) }, 'free'],
    ['never paid', { isPaid: true, subscription: subscribed({ status: 'incomplete' }) }, 'restricted'],
    [
      'never paid, in a trial',
      { trial: { terms: GROWTH, endsAt: NOW + 1 }, subscription: subscribed({ status: 'incomplete' }) },
      'trial',
    ],
    ['its trial ended without a card', { subscription: subscribed({ status: 'paused' }) }, 'restricted'],
    ['failing', { subscription: subscribed({ status: 'past_due', failingSince: NOW - 1 }) }, 'grace'],
    ['failing, as nobody has seen', { subscription: subscribed({ status: 'past_due' }) }, 'grace'],
    [
      'failing for too long',
      { subscription: subscribed({ status: 'past_due', failingSince: NOW - GRACE_MS }) },
      'restricted',
    ],
    [
      'given up by Stripe early',
      { subscription: subscribed({ status: 'unpaid', failingSince: NOW - 1 }) },
      'grace',
    ],
    ['of a status that is new', { subscription: subscribed({ status: 'unknown' }) }, 'active'],
    ['suspended', { subscription: subscribed(), isSuspended: true }, 'suspended'],
    ['deleted', { subscription: subscribed(), isSuspended: true, isClosed: true }, 'closed'],
    ['over its plan, noticed lately', { overPlanSince: NOW - OVER_PLAN_MS + 1 }, 'free'],
    ['over its plan for a week', { overPlanSince: NOW - OVER_PLAN_MS }, 'restricted'],
  ])('%s', (_, more, expected) => {
    expect(findState(more)).toBe(expected);
  });

  it('says when grace ends', () => {
    const failing = subscribed({ status: 'past_due', failingSince: NOW - DAY_MS });
    expect(resolveEntitlement(facts({ subscription: failing }), NOW).until).toBe(NOW - DAY_MS + GRACE_MS);
  });
});

describe('what a tenant may do', () => {
  it('is by its subscription, not by the plan below it', () => {
    expect(resolveEntitlement(facts({ subscription: subscribed() }), NOW)).toMatchObject({
      plan: 'growth-v1',
      limits: { events_per_month: 100_000, members: null },
      features: { dashboards: true, kibana: false },
    });
  });

  it('is by the last override in force', () => {
    const overrides = [
      { until: null, limits: { sites: 7 }, features: { kibana: true } },
      { until: NOW + 1, limits: { sites: null }, features: {} },
      { until: NOW, limits: { sites: 1 }, features: { kibana: false } },
    ];
    const { limits, features } = resolveEntitlement(facts({ subscription: subscribed(), overrides }), NOW);
    expect(limits.sites).toBeNull();
    expect(limits.events_per_month).toBe(100_000);
    expect(features.kibana).toBe(true);
  });

  it('knows no feature of a later version', () => {
    expect(knownFeatures(['embeds', 'teleport', 'constructor'])).toEqual(['embeds']);
  });
});

const instant = fc.integer({ min: NOW - 40 * DAY_MS, max: NOW + 40 * DAY_MS });
const maybe = fc.option(instant, { nil: null });
const anyFacts: fc.Arbitrary<EntitlementFacts> = fc.record({
  terms: fc.constant(makeTerms('basic-v1')),
  isPaid: fc.boolean(),
  trial: fc.option(fc.record({ terms: fc.constant(GROWTH), endsAt: instant }), { nil: null }),
  subscription: fc.option(
    fc.record({
      status: fc.constantFrom(...SUBSCRIPTION_STATUSES),
      terms: fc.constant(GROWTH),
      failingSince: maybe,
      endsAt: maybe,
    }),
    { nil: null },
  ),
  overrides: fc.constant([]),
  overPlanSince: maybe,
  isSuspended: fc.boolean(),
  isClosed: fc.boolean(),
});

describe('whatever is known', () => {
  it('billing never stops collection; a person does', () => {
    fc.assert(
      fc.property(anyFacts, instant, (known, now) => {
        const { state, collection, dashboards } = resolveEntitlement(known, now);
        expect(TENANT_STATES).toContain(state);
        expect(collection).toBe(!known.isSuspended && !known.isClosed);
        if (!collection) expect(dashboards).toBe(false);
      }),
    );
  });

  it('a payment that fails locks nothing for 14 days', () => {
    fc.assert(
      fc.property(anyFacts, instant, fc.integer({ min: 0, max: GRACE_MS - 1 }), (known, since, passed) => {
        const failing = subscribed({ status: 'past_due', failingSince: since });
        const given = {
          ...known,
          subscription: failing,
          overPlanSince: null,
          isSuspended: false,
          isClosed: false,
        };
        expect(resolveEntitlement(given, since + passed).dashboards).toBe(true);
      }),
    );
  });

  it('nothing changes before the moment that is told', () => {
    fc.assert(
      fc.property(anyFacts, instant, instant, (known, now, later) => {
        const told = resolveEntitlement({ ...known, overPlanSince: null }, now);
        fc.pre(told.until !== null && told.state !== 'ending' && later > now && later < told.until);
        // Of a failure whose beginning is not known, grace begins at each look.
        fc.pre(known.subscription?.failingSince !== null);
        expect(resolveEntitlement({ ...known, overPlanSince: null }, later).state).toBe(told.state);
      }),
    );
  });
});
