import { SUBSCRIPTION_STATUSES } from '@footfall/core/billing/entitlement';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseSubscription } from './choose-subscription.ts';
import type { ProviderSubscription } from './gateway.ts';

const make = (id: string, more: Partial<ProviderSubscription> = {}): ProviderSubscription => ({
  id,
  customerId: 'cus_1',
  status: 'active',
  priceId: 'price_1',
  planName: null,
  createdAt: 1,
  anchor: 1,
  endsAt: null,
  wasPaid: true,
  itemId: 'si_1',
  interval: 'month',
  amount: 900,
  currency: 'EUR',
  periodStart: 1,
  periodEnd: 2,
  scheduleId: null,
  next: null,
  pendingUntil: null,
  ...more,
});

const idsIn = (list: readonly ProviderSubscription[]) => list.map(({ id }) => id);

describe('the subscription that counts', () => {
  it('is none where all are over, or were never begun', () => {
    const all = [make('a', { status: 'canceled' }), make('b', { status: 'incomplete' })];
    expect(chooseSubscription(all)).toEqual({ winner: null, duplicates: [] });
  });

  it('is the oldest that was paid; others that are live are duplicates', () => {
    const { winner, duplicates } = chooseSubscription([
      make('late', { createdAt: 3 }),
      make('unpaid', { createdAt: 1, wasPaid: false, status: 'past_due' }),
      make('first', { createdAt: 2 }),
      make('over', { createdAt: 0, status: 'canceled' }),
    ]);
    expect(winner?.id).toBe('first');
    expect(idsIn(duplicates)).toEqual(['late', 'unpaid']);
  });

  it('is one of those that are not known to be over, whatever their status', () => {
    expect(chooseSubscription([make('new', { status: 'unknown' })]).winner?.id).toBe('new');
  });

  it('is the same in whatever order they are told', () => {
    const one = fc.record({
      status: fc.constantFrom(...SUBSCRIPTION_STATUSES),
      createdAt: fc.integer({ min: 0, max: 3 }),
      wasPaid: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(one, { maxLength: 6 }), fc.infiniteStream(fc.nat()), (given, keys) => {
        const all = given.map((more, index) => make(`sub_${index}`, more));
        const shuffled = all
          .map((subscription) => ({ subscription, key: keys.next().value as number }))
          .sort((a, b) => a.key - b.key)
          .map(({ subscription }) => subscription);
        expect(chooseSubscription(shuffled)).toEqual(chooseSubscription(all));
        const { winner, duplicates } = chooseSubscription(all);
        if (winner?.wasPaid === false) expect(duplicates.some(({ wasPaid }) => wasPaid)).toBe(false);
      }),
    );
  });
});
