import { CARDS } from './card.fixture.ts';
import type { Due } from './clock.fixture.ts';
import { page } from './requests.fixture.ts';
import { findPrice, sumLines, writeInvoice, writeSubscription } from './shapes.fixture.ts';
import {
  DAY_S,
  type InvoiceLine,
  nextId,
  type Routes,
  refused,
  type SimulatedInvoice,
  type SimulatedSubscription,
  type StripeSimulator,
} from './state.fixture.ts';

/** Days after the first attempt on which Stripe tries a card again: four times in two weeks. */
const RETRY_DAYS = [3, 5, 9, 14];

const tell = (stripe: StripeSimulator, type: string, invoice: SimulatedInvoice) =>
  stripe.emit(type, writeInvoice(stripe, invoice));

/** What a subscription costs in its present period, as a line. */
export function periodLine(stripe: StripeSimulator, one: SimulatedSubscription): InvoiceLine {
  const { id, unit_amount: amount } = findPrice(stripe, one.price);
  const isFree = one.status === 'trialing';
  return {
    description: isFree ? 'Trial period' : `1 × ${one.plan ?? id}`,
    amount: isFree ? 0 : amount,
    price: id,
    period: { start: one.periodStart, end: one.periodEnd },
  };
}

/** Makes an invoice of a subscription: a draft, which is finalised at once or at an instant. */
export function addInvoice(
  stripe: StripeSimulator,
  one: SimulatedSubscription,
  { reason, lines, finalizesAt }: { reason: string; lines: InvoiceLine[]; finalizesAt: number | null },
): SimulatedInvoice {
  const invoice: SimulatedInvoice = {
    id: nextId('in'),
    customer: one.customer,
    subscription: one.id,
    status: 'draft',
    number: null,
    billing_reason: reason,
    currency: findPrice(stripe, one.price).currency,
    lines,
    created: stripe.now(),
    finalizesAt,
    attempts: 0,
    nextAttempt: null,
    payment: null,
    paidAt: null,
  };
  stripe.invoices.set(invoice.id, invoice);
  one.latest_invoice = invoice.id;
  tell(stripe, 'invoice.created', invoice);
  return invoice;
}

/** Finalises a draft and takes what it asks. */
export function finalize(stripe: StripeSimulator, invoice: SimulatedInvoice): boolean {
  invoice.finalizesAt = null;
  invoice.status = 'open';
  const count = [...stripe.invoices.values()].filter(({ number }) => number !== null).length;
  invoice.number = `STANDIN-${String(count + 1).padStart(4, '0')}`;
  tell(stripe, 'invoice.finalized', invoice);
  return collect(stripe, invoice);
}

function markPaid(stripe: StripeSimulator, invoice: SimulatedInvoice): void {
  const amount = sumLines(invoice);
  const { customer, currency } = invoice;
  if (amount > 0) {
    const id = nextId('pi');
    stripe.payments.set(id, {
      id,
      customer,
      invoice: invoice.id,
      amount,
      currency,
      created: stripe.now(),
      refunded: 0,
    });
    invoice.payment = id;
  }
  Object.assign(invoice, { status: 'paid', paidAt: stripe.now(), nextAttempt: null });
  tell(stripe, 'invoice.paid', invoice);
}

/**
 * Tries the customer's card once, with the customer at the screen (`isPresent`) or without. Answers whether the invoice is paid. Cards
 * that expire pay the first time alone.
 */
export function collect(stripe: StripeSimulator, invoice: SimulatedInvoice, isPresent = false): boolean {
  const first = invoice.billing_reason === 'subscription_create';
  const card = stripe.customers.get(invoice.customer)?.card ?? null;
  const pays =
    card !== null && (first || (isPresent && CARDS[card].asks) ? CARDS[card].pays : CARDS[card].renews);
  if (sumLines(invoice) > 0) invoice.attempts += 1;
  if (sumLines(invoice) <= 0 || pays) {
    markPaid(stripe, invoice);
    afterPayment(stripe, invoice);
    return true;
  }
  const begun = invoice.attempts === 1 ? stripe.now() : invoice.created;
  const days = RETRY_DAYS[invoice.attempts - 1];
  invoice.nextAttempt = days === undefined ? null : begun + days * DAY_S;
  tell(stripe, 'invoice.payment_failed', invoice);
  afterFailure(stripe, invoice);
  return false;
}

const subscriptionIn = (stripe: StripeSimulator, { subscription }: SimulatedInvoice) =>
  stripe.subscriptions.get(subscription ?? '');

function changeStatus(stripe: StripeSimulator, one: SimulatedSubscription, status: string): void {
  if (one.status === status) return;
  one.status = status;
  if (status === 'canceled') Object.assign(one, { canceled_at: stripe.now(), ended_at: stripe.now() });
  stripe.emit(
    status === 'canceled' ? 'customer.subscription.deleted' : 'customer.subscription.updated',
    writeSubscription(stripe, one),
  );
}

const BEHIND = ['past_due', 'unpaid', 'incomplete'];

/** A change that has waited for its payment takes place. */
function takePending(stripe: StripeSimulator, one: SimulatedSubscription): void {
  one.price = one.pending?.price ?? one.price;
  one.pending = null;
  stripe.emit('customer.subscription.pending_update_applied', writeSubscription(stripe, one));
}

function afterPayment(stripe: StripeSimulator, invoice: SimulatedInvoice): void {
  const one = subscriptionIn(stripe, invoice);
  if (one?.pending?.invoice === invoice.id) takePending(stripe, one);
  if (one !== undefined && one.latest_invoice === invoice.id && BEHIND.includes(one.status))
    changeStatus(stripe, one, 'active');
}

function afterFailure(stripe: StripeSimulator, invoice: SimulatedInvoice): void {
  const one = subscriptionIn(stripe, invoice);
  if (one === undefined || one.status === 'canceled' || one.status === 'incomplete') return;
  // Of a change that could not be paid, what there was goes on.
  if (invoice.billing_reason === 'subscription_update') return;
  changeStatus(stripe, one, invoice.nextAttempt === null ? stripe.settings.afterRetries : 'past_due');
}

/** Drafts that are finalised, and cards that are tried again. */
export function dueInvoices(stripe: StripeSimulator): Due[] {
  return [...stripe.invoices.values()].flatMap((invoice) => {
    if (invoice.finalizesAt !== null)
      return { at: invoice.finalizesAt, run: () => void finalize(stripe, invoice) };
    if (invoice.status === 'open' && invoice.nextAttempt !== null)
      return { at: invoice.nextAttempt, run: () => void collect(stripe, invoice) };
    return [];
  });
}

/** What is left of a subscription's invoices is not asked for any more. */
export function stopCollecting(stripe: StripeSimulator, one: SimulatedSubscription): void {
  for (const invoice of stripe.invoices.values())
    if (invoice.subscription === one.id) Object.assign(invoice, { nextAttempt: null, finalizesAt: null });
}

/** Invoices, and what is done with them. */
export const invoiceRoutes: Routes = (stripe) => {
  const change = (type: string, work: (invoice: SimulatedInvoice) => boolean) => (_: unknown, id: string) => {
    const invoice = stripe.invoices.get(id);
    if (invoice === undefined) return refused(404, `No such invoice: '${id}'`, 'resource_missing');
    if (!work(invoice)) return refused(400, `This invoice is ${invoice.status}.`);
    if (type !== '') tell(stripe, type, invoice);
    return { status: 200, body: writeInvoice(stripe, invoice) };
  };
  const close = (status: 'void' | 'uncollectible') => (invoice: SimulatedInvoice) => {
    if (invoice.status !== 'open') return false;
    Object.assign(invoice, { status, nextAttempt: null });
    return true;
  };
  return [
    [
      'GET',
      /^\/v1\/invoices$/,
      (_, __, query) => {
        const own = [...stripe.invoices.values()].filter(
          ({ customer, subscription, status, created }) =>
            created >= Number(query.get('created[gte]') ?? 0) &&
            customer === (query.get('customer') ?? customer) &&
            subscription === (query.get('subscription') ?? subscription) &&
            status === (query.get('status') ?? status),
        );
        const { data, ...rest } = page(own, query);
        return {
          status: 200,
          body: { ...rest, data: data.map((one) => writeInvoice(stripe, one as SimulatedInvoice)) },
        };
      },
    ],
    ['GET', /^\/v1\/invoices\/(in_\w+)$/, change('', () => true)],
    [
      'POST',
      /^\/v1\/invoices\/(in_\w+)\/pay$/,
      (_, id) => {
        const invoice = stripe.invoices.get(id);
        if (invoice?.status !== 'open') return refused(400, 'Invoice is not open');
        if (collect(stripe, invoice)) return { status: 200, body: writeInvoice(stripe, invoice) };
        const error = { type: 'card_error', code: 'card_declined', message: 'Your card was declined.' };
        return { status: 402, body: { error } };
      },
    ],
    ['POST', /^\/v1\/invoices\/(in_\w+)\/void$/, change('invoice.voided', close('void'))],
    [
      'POST',
      /^\/v1\/invoices\/(in_\w+)\/mark_uncollectible$/,
      change('invoice.marked_uncollectible', close('uncollectible')),
    ],
  ];
};
