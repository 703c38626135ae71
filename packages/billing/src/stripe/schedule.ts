import type { Stripe } from 'stripe';
import { idIn } from './connection.ts';

type Phase = Stripe.SubscriptionSchedule.Phase;

/** What a phase takes off, as a phase is written: what is not written is not taken off any more. */
const writeDiscounts = ({ discounts }: Phase) =>
  discounts.flatMap(({ discount }) => {
    const id = idIn(discount);
    return id === null ? [] : [{ discount: id }];
  });

/** The items of a phase, that of the plan first and at another price. */
function itemsWith(
  { items }: Phase,
  planPrice: string,
  price: string,
): Stripe.SubscriptionScheduleUpdateParams.Phase.Item[] {
  const others = items.flatMap(({ price: own }) => idIn(own) ?? []).filter((id) => id !== planPrice);
  return [{ price, quantity: 1 }, ...others.map((id) => ({ price: id }))];
}

/**
 * Has a subscription, which has no schedule, cost another price of its plan when what was paid for is used up. `key`: a repeat of the
 * same schedule changes nothing.
 */
export async function schedulePrice(
  stripe: Stripe,
  { subscription, priceId }: { subscription: { id: string; priceId: string }; priceId: string },
  key: string,
): Promise<void> {
  // Without a key of ours: whoever died before the next request has left one that is released by now, and Stripe would answer with it.
  const made = await stripe.subscriptionSchedules.create({ from_subscription: subscription.id });
  const [current] = made.phases;
  if (current === undefined) return;
  const { start_date, end_date } = current;
  const discounts = writeDiscounts(current);
  await stripe.subscriptionSchedules.update(
    made.id,
    {
      end_behavior: 'release',
      proration_behavior: 'none',
      phases: [
        {
          items: itemsWith(current, subscription.priceId, subscription.priceId),
          start_date,
          end_date,
          discounts,
        },
        {
          items: itemsWith(current, subscription.priceId, priceId),
          start_date: end_date,
          // Its length matters to nobody: after it the subscription goes on by itself.
          duration: { interval: 'month', interval_count: 1 },
          proration_behavior: 'none',
          discounts,
        },
      ],
    },
    { idempotencyKey: `${key}:${made.id}` },
  );
}

/** A subscription goes on as it is, without its schedule. */
export async function releaseSchedule(stripe: Stripe, id: string): Promise<void> {
  await stripe.subscriptionSchedules.release(id, {}, { idempotencyKey: `release:${id}` });
}
