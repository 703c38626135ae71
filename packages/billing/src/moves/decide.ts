import type { ProviderSubscription } from '../gateway.ts';

/** Why a subscriber is not moved: there is nothing to move, or their own choice goes before ours. */
export const SKIPPED = [
  'no_subscription',
  'unknown_price',
  'other_plan',
  'ending',
  'planned_change',
  'pending_change',
] as const;
export type Skipped = (typeof SKIPPED)[number];

/** What is done about one subscriber. */
export type Decision =
  | { kind: 'moved' }
  | { kind: 'skipped'; why: Skipped }
  | { kind: 'failed'; why: 'no_price' }
  | { kind: 'move'; priceId: string; undo: string | null };

/** What is known of one subscriber as the move comes to them. */
export type Facts = {
  from: string;
  to: string;
  subscription: Pick<
    ProviderSubscription,
    'priceId' | 'endsAt' | 'pendingUntil' | 'scheduleId' | 'next'
  > | null;
  /** The plan of the price that is paid, and of the one that it changes to; null: of no plan, or it does not change. */
  plan: string | null;
  nextPlan: string | null;
  /** The price of the new plan in the same currency and interval, at the provider; null: there is none. */
  target: string | null;
};

/** The price that a subscription changes to; null: to none. A schedule that says what holds anyway changes nothing. */
export const nextPrice = ({
  priceId,
  next,
}: Pick<ProviderSubscription, 'priceId' | 'next'>): string | null =>
  next === null || next.priceId === priceId ? null : next.priceId;

/**
 * What is done about one subscriber. Pure, and asked again after every interruption: one who is on the new plan already, or will be, is
 * moved; whoever has changed, cancelled or planned something is left as they want it.
 */
export function decideMove({ from, to, subscription, plan, nextPlan, target }: Facts): Decision {
  if (subscription === null) return { kind: 'skipped', why: 'no_subscription' };
  if (plan === to || nextPlan === to) return { kind: 'moved' };
  if (plan === null) return { kind: 'skipped', why: 'unknown_price' };
  if (plan !== from) return { kind: 'skipped', why: 'other_plan' };
  if (subscription.endsAt !== null) return { kind: 'skipped', why: 'ending' };
  if (nextPrice(subscription) !== null) return { kind: 'skipped', why: 'planned_change' };
  if (subscription.pendingUntil !== null) return { kind: 'skipped', why: 'pending_change' };
  if (target === null) return { kind: 'failed', why: 'no_price' };
  // A schedule without a change is what is left of one that was cut off, or took place.
  return { kind: 'move', priceId: target, undo: subscription.scheduleId };
}
