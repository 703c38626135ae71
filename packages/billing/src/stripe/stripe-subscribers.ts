import type { Stripe } from 'stripe';
import {
  MOST_INVOICES,
  type SubscriberGateway,
  type SubscriberInvoice,
} from '../subscribers/subscriber-gateway.ts';
import { ask, connect, idIn, millis, type StripeOptions } from './connection.ts';

function readInvoice(invoice: Stripe.Invoice): SubscriberInvoice {
  return {
    id: invoice.id ?? '',
    customerId: idIn(invoice.customer),
    number: invoice.number,
    status: invoice.status ?? 'draft',
    currency: invoice.currency.toUpperCase(),
    total: invoice.total,
    paid: invoice.amount_paid,
    credited: invoice.post_payment_credit_notes_amount + invoice.pre_payment_credit_notes_amount,
    createdAt: millis(invoice.created),
    url: invoice.hosted_invoice_url ?? null,
  };
}

/** What a billing admin does for one customer, at Stripe. */
export function stripeSubscribers(options: StripeOptions): SubscriberGateway {
  const stripe = connect(options);
  return {
    listInvoices: (customer) =>
      ask(async () => {
        const { data } = await stripe.invoices.list({ customer, limit: MOST_INVOICES });
        return data.map(readInvoice);
      }),
    readInvoice: (id) => ask(async () => readInvoice(await stripe.invoices.retrieve(id))),
    creditInvoice: ({ invoiceId: invoice, amount, reason }, key) =>
      ask(async () => {
        await stripe.creditNotes.create(
          { invoice, amount, refund_amount: amount, metadata: { reason } },
          { idempotencyKey: `credit:${invoice}:${amount}:${key}` },
        );
      }),
    moveTrialEnd: (id, endsAt, key) =>
      ask(async () => {
        await stripe.subscriptions.update(
          id,
          { trial_end: Math.floor(endsAt / 1_000), proration_behavior: 'none' },
          { idempotencyKey: `trial:${id}:${endsAt}:${key}` },
        );
      }),
  };
}
