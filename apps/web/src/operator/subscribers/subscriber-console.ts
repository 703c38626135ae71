import { catalogFailure } from '@footfall/billing/catalog/errors';
import { askProvider } from '@footfall/billing/catalog/publish';
import { creditInvoice, extendTrial, noteReading } from '@footfall/billing/subscribers/money';
import type { SubscriberInvoice } from '@footfall/billing/subscribers/subscriber-gateway';
import {
  addOverride,
  assignByHand,
  endOverride,
  type Given,
  giveTrial,
} from '@footfall/billing/subscribers/terms';
import type { Entitlement } from '@footfall/core/billing/entitlement';
import { parsePrice, priceCurrency } from '@footfall/core/billing/typed-amount';
import { readEntitlement } from '@footfall/db/billing/entitlement';
import type { Cursor, Page } from '@footfall/db/staff/page';
import { listPlans } from '@footfall/db/staff/plans';
import {
  type BillingAlarm,
  findSubscriber,
  listBillingAlarms,
  listSubscribers,
  SUBSCRIBER_STATES,
  type Subscriber,
  type SubscriberRow,
  type SubscriberSearch,
  type SubscriberState,
} from '@footfall/db/staff/subscribers';
import { staffServices } from '#runtime/staff-services.ts';
import { ask, type Known } from '../health/known.ts';

export { SUBSCRIBER_STATES };

/** The state that a text names; null for any other: tenants of all. */
export const subscriberState = (text: string): SubscriberState | null =>
  SUBSCRIBER_STATES.find((state) => state === text) ?? null;

/** What the list shows: tenants, what to look at, and plans to choose from. */
export type LoadedSubscribers = {
  page: Page<SubscriberRow>;
  alarms: readonly BillingAlarm[];
  plans: readonly string[];
};

/** A page of tenants with their plans, latest first. */
export async function loadSubscribers(
  search: SubscriberSearch,
  after: Cursor | null,
): Promise<LoadedSubscribers> {
  const { staffPool, clock } = staffServices();
  const [page, alarms, plans] = await Promise.all([
    listSubscribers(staffPool, { ...search, after, now: clock.now() }),
    listBillingAlarms(staffPool),
    listPlans(staffPool),
  ]);
  return { page, alarms, plans: plans.map(({ name }) => name) };
}

/** A plan that a tenant can be put on, or let try. */
export type PlanChoice = { name: string; title: string; isPaid: boolean };

export type LoadedSubscriber = {
  subscriber: Subscriber;
  entitlement: Entitlement;
  plans: readonly PlanChoice[];
  /** From the payment provider, now; null: there is none, or the tenant is not its customer. */
  invoices: Known<readonly SubscriberInvoice[]> | null;
  isBilling: boolean;
};

async function loadInvoices(customerId: string | null): Promise<LoadedSubscriber['invoices']> {
  const { payments } = staffServices();
  if (payments === null || customerId === null) return null;
  return ask(() => payments.subscribers.listInvoices(customerId));
}

/** What is known of a tenant's plan and payment; null where there is no such tenant. */
export async function loadSubscriber(id: string): Promise<LoadedSubscriber | null> {
  const { staffPool, clock, payments } = staffServices();
  const subscriber = await findSubscriber(staffPool, id);
  if (subscriber === null) return null;
  const [entitlement, plans, invoices] = await Promise.all([
    readEntitlement(staffPool, subscriber.id, clock.now()),
    listPlans(staffPool),
    loadInvoices(subscriber.customerId),
  ]);
  const choices = plans
    .filter(({ state }) => state !== 'draft' && state !== 'publishing')
    .map(({ name, title, prices }) => ({ name, title, isPaid: prices.some(({ amount }) => amount > 0) }));
  return { subscriber, entitlement, plans: choices, invoices, isBilling: payments !== null };
}

type Of<F extends (pool: never, given: never) => unknown> = Omit<Parameters<F>[1], 'now'>;

/** Changes one limit or feature for one tenant. */
export function saveOverride(given: Of<typeof addOverride>): Promise<void> {
  const { staffPool, clock } = staffServices();
  return addOverride(staffPool, { ...given, now: clock.now() });
}

/** Ends what was changed for one tenant. */
export const stopOverride = (given: Parameters<typeof endOverride>[1]): Promise<void> =>
  endOverride(staffServices().staffPool, given);

/** Puts a tenant on a plan by hand. */
export const savePlan = (given: Parameters<typeof assignByHand>[1]): Promise<void> =>
  assignByHand(staffServices().staffPool, given);

const off = () => catalogFailure('billing_off', 'no payment is taken here', { where: 'tenant' });

async function requireSubscriber(id: string): Promise<Subscriber> {
  const subscriber = await findSubscriber(staffServices().staffPool, id);
  if (subscriber !== null) return subscriber;
  throw catalogFailure('no_such_tenant', `there is no tenant ${id}`, { where: 'tenant' });
}

/** Lets a tenant try a plan; one that has a subscription is asked for nothing until then. */
export async function saveTrial(given: Given & { plan: string; until: number; key: string }): Promise<void> {
  const { staffPool, clock, payments } = staffServices();
  const { subscription } = await requireSubscriber(given.tenantId);
  const now = clock.now();
  if (subscription === null) return giveTrial(staffPool, { ...given, now });
  if (payments === null) throw off();
  const { subscribers: gateway, settle } = payments;
  await extendTrial(staffPool, { ...given, now, gateway, subscriptionId: subscription.stripeId });
  await askProvider(() => settle(given.tenantId));
}

/** Gives back some of what an invoice has taken: all that is left where no amount was typed. */
export async function saveCredit(
  given: Given & { invoice: string; amount: string; key: string },
): Promise<void> {
  const { staffPool, payments } = staffServices();
  if (payments === null) throw off();
  const { customerId } = await requireSubscriber(given.tenantId);
  const { invoice: invoiceId, amount: typed, ...rest } = given;
  await creditInvoice(staffPool, {
    ...rest,
    invoiceId,
    customerId: customerId ?? '',
    gateway: payments.subscribers,
    readAmount: (code, left) => {
      if (typed.trim() === '') return left;
      const currency = priceCurrency(code);
      return currency === null ? null : parsePrice(typed, currency);
    },
  });
}

/** Reads from the payment provider what a tenant has paid for; a second subscription is ended and paid back. */
export async function readAgain(given: Pick<Given, 'tenantId' | 'actor'>): Promise<void> {
  const { staffPool, payments } = staffServices();
  if (payments === null) throw off();
  await noteReading(staffPool, given);
  await askProvider(() => payments.settle(given.tenantId));
}
