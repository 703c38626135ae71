import type { SubscriptionStatus } from '@footfall/core/billing/entitlement';
import type { ProviderSubscription } from './gateway.ts';

/** Statuses of a subscription that was never begun, or is over. */
const OVER: ReadonlySet<SubscriptionStatus> = new Set(['incomplete', 'incomplete_expired', 'canceled']);

/** The one that counts of a customer's subscriptions, and others that are live beside it. */
export type Chosen = { winner: ProviderSubscription | null; duplicates: readonly ProviderSubscription[] };

/** What was paid first goes first; then what was made first. */
function compare(a: ProviderSubscription, b: ProviderSubscription): number {
  if (a.wasPaid !== b.wasPaid) return a.wasPaid ? -1 : 1;
  if (a.createdAt !== b.createdAt) return a.createdAt - b.createdAt;
  return a.id < b.id ? -1 : 1;
}

/**
 * Which of a customer's subscriptions counts: the oldest that was paid. There should be one; two that both got paid are a state that
 * is handled and told, not an exception.
 */
export function chooseSubscription(all: readonly ProviderSubscription[]): Chosen {
  const [winner = null, ...duplicates] = all.filter(({ status }) => !OVER.has(status)).sort(compare);
  return { winner, duplicates };
}
