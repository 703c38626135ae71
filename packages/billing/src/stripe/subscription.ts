import { SUBSCRIPTION_STATUSES, type SubscriptionStatus } from '@footfall/core/billing/entitlement';
import type { Stripe } from 'stripe';
import type { ProviderSubscription } from '../gateway.ts';
import { idIn, millis } from './connection.ts';

const knownStatus = (text: string): SubscriptionStatus =>
  SUBSCRIPTION_STATUSES.find((status) => status === text) ?? 'unknown';

/** When it ends: by a date of its own, or with what was paid for. */
function findEnd({ cancel_at: at, cancel_at_period_end: atEnd, items }: Stripe.Subscription): number | null {
  if (at !== null) return millis(at);
  const ends = items.data.map((item) => item.current_period_end);
  return atEnd && ends.length > 0 ? millis(Math.min(...ends)) : null;
}

/** What is given whole, and not by its id. */
const whole = <T extends object>(given: string | T | null | undefined): T | null =>
  typeof given === 'object' ? given : null;

/** What is counted (a meter) has a price of its own beside that of the plan. */
const isPlan = ({ price }: { price: Stripe.Price }): boolean => price.recurring?.usage_type !== 'metered';

/** The first change to come of a schedule. */
function findNext(schedule: Stripe.SubscriptionSchedule | null): ProviderSubscription['next'] {
  if (schedule?.status !== 'active' || schedule.current_phase === null) return null;
  const { start_date: begun } = schedule.current_phase;
  const phase = schedule.phases
    .filter(({ start_date: start }) => start > begun)
    .sort((a, b) => a.start_date - b.start_date)[0];
  // The plan stands first; see scheduleChange.
  const priceId = idIn(phase?.items[0]?.price);
  return phase === undefined || priceId === null ? null : { priceId, at: millis(phase.start_date) };
}

const INTERVALS = ['month', 'year'] as const;

function findInterval(price: Stripe.Price | undefined): ProviderSubscription['interval'] {
  const { interval, interval_count: count = 1 } = price?.recurring ?? {};
  return count === 1 ? (INTERVALS.find((known) => known === interval) ?? null) : null;
}

/** A subscription of Stripe's; its last invoice and schedule are read where they are given whole. */
export function readSubscription(subscription: Stripe.Subscription): ProviderSubscription {
  const item = subscription.items.data.find(isPlan);
  const price = item?.price;
  const invoice = whole(subscription.latest_invoice);
  const pending = subscription.pending_update ?? null;
  return {
    id: subscription.id,
    customerId: idIn(subscription.customer) ?? '',
    status: knownStatus(subscription.status),
    priceId: price?.id ?? '',
    planName: price?.metadata?.plan ?? subscription.metadata.plan ?? null,
    createdAt: millis(subscription.created),
    anchor: millis(subscription.billing_cycle_anchor),
    endsAt: findEnd(subscription),
    // In a trial nothing was to be paid.
    wasPaid:
      invoice?.status === 'paid' || subscription.status === 'active' || subscription.status === 'trialing',
    itemId: item?.id ?? '',
    interval: findInterval(price),
    amount: price?.unit_amount ?? null,
    currency: (price?.currency ?? '').toUpperCase(),
    periodStart: millis(item?.current_period_start ?? subscription.created),
    periodEnd: millis(item?.current_period_end ?? subscription.created),
    scheduleId: idIn(subscription.schedule),
    next: findNext(whole(subscription.schedule)),
    pendingUntil: pending === null ? null : millis(pending.expires_at),
  };
}
