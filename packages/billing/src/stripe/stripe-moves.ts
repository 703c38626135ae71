import type { Stripe } from 'stripe';
import type { MovableSubscription, MoveGateway, PriceMove } from '../moves/move-gateway.ts';
import { ask, connect, idIn, type StripeOptions } from './connection.ts';
import { releaseSchedule, schedulePrice } from './schedule.ts';

/** What a move changes of a subscription, as Stripe takes it. */
const writeMove = ({ subscription, priceId, trialEndsAt }: PriceMove) => ({
  items: [{ id: subscription.itemId, price: priceId }],
  proration_behavior: 'none' as const,
  ...(trialEndsAt === null ? {} : { trial_end: Math.floor(trialEndsAt / 1_000) }),
});

/** The first item of a phase that is not the price of now; null: there is none. */
function findNext(schedule: Stripe.SubscriptionSchedule | null, priceId: string): string | null {
  const from = schedule?.current_phase?.end_date;
  const later = schedule?.phases.find(({ start_date }) => from !== undefined && start_date >= from);
  const prices = later?.items.map(({ price }) => idIn(price)) ?? [];
  return later === undefined || prices.includes(priceId) ? null : (prices[0] ?? null);
}

function readMovable(subscription: Stripe.Subscription): MovableSubscription {
  const { id, items, schedule, pending_update: pending } = subscription;
  // What is counted (a meter) has a price of its own beside that of the plan.
  const item = items.data.find(({ price }) => price.recurring?.usage_type !== 'metered');
  const whole = typeof schedule === 'object' ? schedule : null;
  const priceId = item?.price.id ?? '';
  return {
    id,
    customerId: idIn(subscription.customer) ?? '',
    itemId: item?.id ?? '',
    priceId,
    amount: item?.price.unit_amount ?? null,
    currency: subscription.currency.toUpperCase(),
    isEnding: subscription.cancel_at_period_end || subscription.cancel_at !== null,
    isPending: pending !== null && pending !== undefined,
    scheduleId: idIn(schedule),
    nextPriceId: findNext(whole, priceId),
  };
}

/** Moves subscribers to another price, at Stripe. */
export function stripeMoves(options: StripeOptions): MoveGateway {
  const stripe = connect(options);
  return {
    readSubscription: (id) =>
      ask(async () => readMovable(await stripe.subscriptions.retrieve(id, { expand: ['schedule'] }))),
    moveSubscription: (move, key) =>
      ask(async () => {
        await stripe.subscriptions.update(move.subscription.id, writeMove(move), {
          idempotencyKey: `move:${key}`,
        });
      }),
    scheduleMove: (move, key) => ask(() => schedulePrice(stripe, move, `phases:${key}`)),
    releaseSchedule: (id) => ask(() => releaseSchedule(stripe, id)),
    previewMove: (move) =>
      ask(async () => {
        const { id, customerId } = move.subscription;
        const { total, currency } = await stripe.invoices.createPreview({
          customer: customerId,
          subscription: id,
          subscription_details: writeMove(move),
        });
        return { total, currency: currency.toUpperCase() };
      }),
  };
}
