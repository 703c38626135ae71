import { describe, expect, it } from 'vitest';
import { decideMove, type Facts } from './decide.ts';

type Subscription = NonNullable<Facts['subscription']>;

const subscription: Subscription = {
  priceId: 'price_old',
  endsAt: null,
  pendingUntil: null,
  scheduleId: null,
  next: null,
};
const facts: Facts = {
  from: 'growth-v1',
  to: 'growth-v2',
  subscription,
  plan: 'growth-v1',
  nextPlan: null,
  target: 'price_new',
};
const dressed = (over: Partial<Subscription>) => ({ subscription: { ...subscription, ...over } });

describe('a subscriber of the old version', () => {
  it('is moved to the price of the same currency and interval', () => {
    expect(decideMove(facts)).toEqual({ kind: 'move', priceId: 'price_new', undo: null });
  });

  it('whose schedule holds no change is freed of it first', () => {
    expect(decideMove({ ...facts, ...dressed({ scheduleId: 'sched_1' }) })).toMatchObject({
      undo: 'sched_1',
    });
    const same = { scheduleId: 'sched_1', next: { priceId: 'price_old', at: 5 } };
    expect(decideMove({ ...facts, ...dressed(same) })).toMatchObject({ undo: 'sched_1' });
  });

  it.each<[string, Partial<Facts>]>([
    ['is on the new one', { plan: 'growth-v2' }],
    [
      'will be on the new one',
      { nextPlan: 'growth-v2', ...dressed({ next: { priceId: 'price_new', at: 5 } }) },
    ],
  ])('who %s has been moved', (_, over) => {
    expect(decideMove({ ...facts, ...over })).toEqual({ kind: 'moved' });
  });

  it.each<[string, Partial<Facts>, string]>([
    ['has ended', { subscription: null, plan: null }, 'no_subscription'],
    ['pays for no plan', { plan: null }, 'unknown_price'],
    ['has another plan by now', { plan: 'basic-v1' }, 'other_plan'],
    ['has cancelled', dressed({ endsAt: 5 }), 'ending'],
    ['changes by themselves', dressed({ next: { priceId: 'price_x', at: 5 } }), 'planned_change'],
    ['has a change that waits for its payment', dressed({ pendingUntil: 5 }), 'pending_change'],
  ])('who %s is left as they are', (_, over, why) => {
    expect(decideMove({ ...facts, ...over })).toEqual({ kind: 'skipped', why });
  });

  it('for whom the new version has no price cannot be moved', () => {
    expect(decideMove({ ...facts, target: null })).toEqual({ kind: 'failed', why: 'no_price' });
  });
});
