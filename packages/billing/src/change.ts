import { type ChangeTime, type ComparedPrice, changeTime } from '@footfall/core/billing/plan-change';
import type { Pool, PoolClient } from '@footfall/postgres/pool';
import { chooseSubscription } from './choose-subscription.ts';
import { billingFailure } from './errors.ts';
import type { BillingGateway, ProviderSubscription, SubscriptionChange } from './gateway.ts';
import { requireCustomer, underLock } from './lock.ts';
import { findPlanName, requireSoldPrice, type SoldPrice } from './sold-price.ts';
import { type SyncOptions, syncTenant } from './sync.ts';

/** What a change of plan will cost, and when it takes place. */
export type PlannedChange = {
  time: ChangeTime;
  /** What is paid at once; below nothing, it is kept for later invoices. Nothing for a change that takes place later. */
  due: number;
  currency: string;
  /** The instant that `due` was worked out for, epoch milliseconds. */
  at: number;
  /** When a later change takes place. */
  periodEnd: number;
};

/** A change that somebody has agreed to, as it was shown to them. */
export type AgreedChange = { tenantId: string; priceId: string; at: number; due: number };

/** What came of a change; `payUrl`: it waits for its payment there. */
export type ChangeOutcome = { time: ChangeTime; payUrl: string | null };

/** How long what was shown may be agreed to. */
const AGREE_WITHIN_MS = 15 * 60_000;
/** How far clocks may be apart. */
const SKEW_MS = 60_000;

/**
 * A customer's subscription as the provider has it now.
 * @throws Failure `not_subscribed`
 */
async function requireSubscription(
  gateway: BillingGateway,
  customerId: string,
): Promise<ProviderSubscription> {
  const { winner } = chooseSubscription(await gateway.listSubscriptions(customerId));
  if (winner === null) throw billingFailure('not_subscribed', 'there is no subscription to change');
  return winner;
}

const PAID: ReadonlySet<string> = new Set(['active', 'trialing', 'unknown']);

/** Refuses what would surprise somebody: a change of what is not paid, ends, or is in another currency. */
function checkChange(subscription: ProviderSubscription, price: SoldPrice): void {
  const { status, endsAt, priceId, currency } = subscription;
  if (priceId === price.stripeId) throw billingFailure('same_plan', 'this is the plan that there is');
  if (!PAID.has(status)) throw billingFailure('payment_due', 'an invoice is to be paid first');
  if (endsAt !== null) throw billingFailure('subscription_ends', 'it was cancelled: undo that first');
  if (currency !== price.currency)
    throw billingFailure('other_currency', `it is paid in ${currency}`, { values: { currency } });
}

/** The price of now, as changes compare it. One that is not of a plan of ours counts as free, so that nobody is asked for less later. */
async function presentPrice(client: PoolClient, subscription: ProviderSubscription): Promise<ComparedPrice> {
  const plan = (await findPlanName(client, subscription.priceId)) ?? subscription.planName ?? '';
  const { interval, amount, currency } = subscription;
  return { plan, interval: interval ?? 'month', amount: amount ?? 0, currency };
}

type Wanted = { subscription: ProviderSubscription; price: SoldPrice; time: ChangeTime };

async function findWanted(
  client: PoolClient,
  { tenantId, priceId }: Pick<AgreedChange, 'tenantId' | 'priceId'>,
  gateway: BillingGateway,
): Promise<Wanted> {
  const price = await requireSoldPrice(client, priceId);
  const customerId = await requireCustomer(client, tenantId);
  const subscription = await requireSubscription(gateway, customerId);
  return { subscription, price, time: changeTime(await presentPrice(client, subscription), price) };
}

const changeFor = ({ subscription, price }: Wanted, at: number): SubscriptionChange => ({
  subscription,
  priceId: price.stripeId,
  at,
});

async function findDue(wanted: Wanted, at: number, gateway: BillingGateway): Promise<number> {
  return wanted.time === 'now' ? (await gateway.previewChange(changeFor(wanted, at))).due : 0;
}

/**
 * What a change to a price would cost, worked out by the provider.
 * @throws Failure `unknown_price`, `not_subscribed`, `no_customer`, `same_plan`, `payment_due`, `subscription_ends`, `other_currency`,
 *   `provider_unavailable`, `provider_refused`
 */
export function previewChange(
  pool: Pool,
  asked: Pick<AgreedChange, 'tenantId' | 'priceId'>,
  { gateway, now }: SyncOptions,
): Promise<PlannedChange> {
  return underLock(pool, asked.tenantId, async (client) => {
    const wanted = await findWanted(client, asked, gateway);
    checkChange(wanted.subscription, wanted.price);
    // The provider counts in seconds.
    const at = Math.floor(now() / 1_000) * 1_000;
    const { periodEnd } = wanted.subscription;
    const due = await findDue(wanted, at, gateway);
    return { time: wanted.time, due, currency: wanted.price.currency, at, periodEnd };
  });
}

/** @throws Failure `amount_changed` where what was shown is not what it is */
async function checkAgreed(wanted: Wanted, { at, due }: AgreedChange, options: SyncOptions): Promise<void> {
  const age = options.now() - at;
  // Another period may have begun since. The provider's clock is not ours.
  const isOld = age < -SKEW_MS || age > AGREE_WITHIN_MS || at < wanted.subscription.periodStart - SKEW_MS;
  if (isOld || (await findDue(wanted, at, options.gateway)) !== due)
    throw billingFailure('amount_changed', 'the amount is another one now: look at it again');
}

async function undoAny({ scheduleId }: ProviderSubscription, gateway: BillingGateway): Promise<void> {
  if (scheduleId !== null) await gateway.undoSchedule(scheduleId);
}

async function carryOut(wanted: Wanted, agreed: AgreedChange, options: SyncOptions): Promise<ChangeOutcome> {
  const { gateway } = options;
  const { subscription, price, time } = wanted;
  // Another tab was faster.
  if (subscription.priceId === price.stripeId) return { time, payUrl: null };
  if (subscription.next?.priceId === price.stripeId) return { time: 'at_end', payUrl: null };
  checkChange(subscription, price);
  await checkAgreed(wanted, agreed, options);
  await undoAny(subscription, gateway);
  const change = changeFor(wanted, agreed.at);
  if (time === 'now') return { time, ...(await gateway.changeSubscription(change)) };
  await gateway.scheduleChange(change);
  return { time, payUrl: null };
}

/** Does something about a tenant's money, and reads what it has after it, also when that was refused half-way. */
async function doAndSync<T>(
  pool: Pool,
  tenantId: string,
  { options, work }: { options: SyncOptions; work: (client: PoolClient) => Promise<T> },
): Promise<T> {
  try {
    return await underLock(pool, tenantId, work);
  } finally {
    // What cannot be read now is read at the next event, or within the hour.
    await syncTenant(pool, tenantId, options).catch((err: unknown) =>
      options.log.warn({ err, tenant: tenantId }, 'what a tenant has paid for could not be read'),
    );
  }
}

/**
 * Changes the plan as it was agreed to: what costs more at once, against payment; what costs less when what was paid for is used up.
 * Sent twice, from two tabs, it is done once.
 * @throws Failure as {@link previewChange}, and `amount_changed`, `payment_declined`
 */
export const changePlan = (pool: Pool, agreed: AgreedChange, options: SyncOptions): Promise<ChangeOutcome> =>
  doAndSync(pool, agreed.tenantId, {
    options,
    work: async (client) => carryOut(await findWanted(client, agreed, options.gateway), agreed, options),
  });

/** What somebody has scheduled is not done; nothing happens where nothing is scheduled. */
export const undoChange = (pool: Pool, tenantId: string, options: SyncOptions): Promise<void> =>
  doAndSync(pool, tenantId, {
    options,
    work: async (client) => {
      const customerId = await requireCustomer(client, tenantId);
      await undoAny(await requireSubscription(options.gateway, customerId), options.gateway);
    },
  });

/** Why somebody cancels: a reason of ours, and what they want to say, 500 characters at most. */
export type Cancellation = { tenantId: string } & Parameters<BillingGateway['cancelAtEnd']>[1];

const NOTE = `
UPDATE billing_account SET cancelled_at = to_timestamp($2 / 1000.0), cancel_reason = $3, cancel_text = $4 WHERE tenant_id = $1`;
const FORGET = `
UPDATE billing_account SET cancelled_at = NULL, cancel_reason = NULL, cancel_text = NULL WHERE tenant_id = $1`;

/**
 * Has the subscription end when what was paid for is used up; the reason is kept. A change that was scheduled is not done.
 * @throws Failure `not_subscribed`, `no_customer`, `provider_unavailable`, `provider_refused`
 */
export const cancelPlan = (
  pool: Pool,
  { tenantId, reason, text }: Cancellation,
  options: SyncOptions,
): Promise<void> =>
  doAndSync(pool, tenantId, {
    options,
    work: async (client) => {
      const { gateway } = options;
      const subscription = await requireSubscription(gateway, await requireCustomer(client, tenantId));
      if (subscription.endsAt !== null) return;
      // What a schedule holds cannot be cancelled.
      await undoAny(subscription, gateway);
      await gateway.cancelAtEnd(subscription, { reason, text });
      await client.query(NOTE, [tenantId, options.now(), reason, text === '' ? null : text]);
    },
  });

/**
 * The subscription goes on, though it was cancelled.
 * @throws Failure `not_subscribed` when it is over
 */
export const undoCancel = (pool: Pool, tenantId: string, options: SyncOptions): Promise<void> =>
  doAndSync(pool, tenantId, {
    options,
    work: async (client) => {
      const subscription = await requireSubscription(
        options.gateway,
        await requireCustomer(client, tenantId),
      );
      if (subscription.endsAt !== null) await options.gateway.keepSubscription(subscription);
      await client.query(FORGET, [tenantId]);
    },
  });
