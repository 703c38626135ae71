import type { Stripe } from 'stripe';
import type { BillingGateway, SubscriptionChange } from '../gateway.ts';
import { ask } from './connection.ts';
import { releaseSchedule, schedulePrice } from './schedule.ts';

const seconds = (at: number): number => Math.floor(at / 1_000);

/** Ways to pay that answer days later: Stripe has no pending updates for them. */
const BANK_DEBITS: ReadonlySet<string> = new Set([
  'sepa_debit',
  'bacs_debit',
  'us_bank_account',
  'acss_debit',
  'au_becs_debit',
]);

const typeIn = (method: string | Stripe.PaymentMethod | null | undefined): string | null =>
  typeof method === 'object' ? (method?.type ?? null) : null;

/** How a subscription is paid. */
async function findMethod(stripe: Stripe, id: string): Promise<string | null> {
  const { default_payment_method: own, customer } = await stripe.subscriptions.retrieve(id, {
    expand: ['default_payment_method', 'customer.invoice_settings.default_payment_method'],
  });
  if (typeIn(own) !== null) return typeIn(own);
  if (typeof customer === 'string' || customer.deleted) return null;
  return typeIn(customer.invoice_settings?.default_payment_method);
}

const itemsFor = ({ subscription, priceId }: SubscriptionChange) => [
  { id: subscription.itemId, price: priceId },
];

const keyFor = (kind: string, { subscription, priceId, at }: SubscriptionChange): string =>
  [kind, subscription.id, subscription.priceId, priceId, at].join(':');

type Changes = Pick<
  BillingGateway,
  | 'previewChange'
  | 'changeSubscription'
  | 'scheduleChange'
  | 'undoSchedule'
  | 'cancelAtEnd'
  | 'keepSubscription'
>;

/** Plans that begin and end later. */
function laterChanges(stripe: Stripe): Omit<Changes, 'previewChange' | 'changeSubscription'> {
  return {
    scheduleChange: (change) =>
      ask(async () => {
        const { subscription, priceId } = change;
        await schedulePrice(stripe, { subscription, priceId }, keyFor('phases', change));
      }),
    undoSchedule: (id) => ask(() => releaseSchedule(stripe, id)),
    cancelAtEnd: (subscription, { reason, text }) =>
      ask(async () => {
        const details = { feedback: reason, ...(text === '' ? {} : { comment: text }) };
        await stripe.subscriptions.update(subscription.id, {
          cancel_at_period_end: true,
          cancellation_details: details,
        });
      }),
    keepSubscription: (subscription) =>
      ask(async () => {
        const { cancel_at_period_end: atEnd } = await stripe.subscriptions.retrieve(subscription.id);
        await stripe.subscriptions.update(
          subscription.id,
          atEnd ? { cancel_at_period_end: false } : { cancel_at: '' },
        );
      }),
  };
}

/** Changes of plan. */
export function changes(stripe: Stripe): Changes {
  return {
    ...laterChanges(stripe),
    previewChange: (change) =>
      ask(async () => {
        const { subscription, at } = change;
        const {
          total,
          amount_due: asked,
          currency,
        } = await stripe.invoices.createPreview({
          customer: subscription.customerId,
          subscription: subscription.id,
          subscription_details: {
            items: itemsFor(change),
            proration_behavior: 'always_invoice',
            proration_date: seconds(at),
          },
        });
        // What is kept from earlier changes is taken off; what a change leaves over is kept.
        return { due: total < 0 ? total : asked, currency: currency.toUpperCase() };
      }),
    changeSubscription: (change) =>
      ask(async () => {
        const { subscription, at } = change;
        const method = await findMethod(stripe, subscription.id);
        // With a card the change waits for the payment; a debit is on its way when it is accepted, and is refused at once when it is not.
        const behavior = BANK_DEBITS.has(method ?? '') ? 'error_if_incomplete' : 'pending_if_incomplete';
        const { pending_update: pending, latest_invoice: invoice } = await stripe.subscriptions.update(
          subscription.id,
          {
            items: itemsFor(change),
            proration_behavior: 'always_invoice',
            proration_date: seconds(at),
            payment_behavior: behavior,
            expand: ['latest_invoice'],
          },
          { idempotencyKey: keyFor('change', change) },
        );
        const isPending = pending !== null && pending !== undefined;
        if (!isPending || invoice === null || typeof invoice === 'string') return { payUrl: null };
        return { payUrl: invoice.hosted_invoice_url ?? null };
      }),
  };
}
