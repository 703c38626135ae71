import type { Stripe } from 'stripe';
import { expect, test, vi } from 'vitest';
import { schedulePrice } from './schedule.ts';

/** A Stripe that makes a schedule of this phase, and what is written of it then. */
function stripeWith(phase: object) {
  const update = vi.fn<(id: string, params: { phases: object[] }, options: object) => Promise<void>>();
  const subscriptionSchedules = { create: async () => ({ id: 'sched_1', phases: [phase] }), update };
  return { stripe: { subscriptionSchedules } as unknown as Stripe, update };
}

test('what is taken off, and what is counted beside the plan, stays in both phases', async () => {
  const { stripe, update } = stripeWith({
    start_date: 1,
    end_date: 2,
    discounts: [{ discount: 'di_1' }, { discount: { id: 'di_2' } }],
    items: [{ price: 'price_meter' }, { price: { id: 'price_old' } }],
  });
  const subscription = { id: 'sub_1', priceId: 'price_old' };
  await schedulePrice(stripe, { subscription, priceId: 'price_new' }, 'key');
  const [id, { phases }, options] = update.mock.calls[0] ?? ['', { phases: [] }, {}];
  expect([id, options]).toEqual(['sched_1', { idempotencyKey: 'key:sched_1' }]);
  const discounts = [{ discount: 'di_1' }, { discount: 'di_2' }];
  expect(phases).toMatchObject([
    { items: [{ price: 'price_old', quantity: 1 }, { price: 'price_meter' }], discounts, end_date: 2 },
    { items: [{ price: 'price_new', quantity: 1 }, { price: 'price_meter' }], discounts, start_date: 2 },
  ]);
});
