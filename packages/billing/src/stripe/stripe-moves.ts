import type { MoveGateway, PriceMove } from '../moves/move-gateway.ts';
import { ask, connect, type StripeOptions } from './connection.ts';

/** What a move changes of a subscription, as Stripe takes it. */
const writeMove = ({ subscription, priceId, trialEndsAt }: PriceMove) => ({
  items: [{ id: subscription.itemId, price: priceId }],
  proration_behavior: 'none' as const,
  ...(trialEndsAt === null ? {} : { trial_end: Math.floor(trialEndsAt / 1_000) }),
});

/** Moves subscribers to another price, at Stripe. */
export function stripeMoves(options: StripeOptions): MoveGateway {
  const stripe = connect(options);
  return {
    moveSubscription: (move, key) =>
      ask(async () => {
        await stripe.subscriptions.update(move.subscription.id, writeMove(move), {
          idempotencyKey: `move:${key}`,
        });
      }),
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
