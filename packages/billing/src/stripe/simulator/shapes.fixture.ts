import {
  list,
  type SimulatedCreditNote,
  type SimulatedCustomer,
  type SimulatedInvoice,
  type SimulatedPayment,
  type SimulatedPrice,
  type SimulatedRefund,
  type SimulatedSession,
  type SimulatedSubscription,
  type StripeSimulator,
} from './state.fixture.ts';

/** The shapes in which things are answered: as the API has them, checked against its specification in a test. */

const TEST = { livemode: false };
const NO_TAX = { enabled: false, liability: null, status: null, disabled_reason: null, provider: null };

/** The price of that id: one that nobody made costs 9 euros a month. */
export const findPrice = (stripe: StripeSimulator, id: string): SimulatedPrice =>
  stripe.prices.get(id) ?? {
    id,
    object: 'price',
    active: true,
    lookup_key: null,
    product: 'prod_simulated',
    currency: 'eur',
    unit_amount: 900,
    recurring: { interval: 'month', usage_type: 'licensed' },
    metadata: {},
  };

export function writePrice({ recurring, ...price }: SimulatedPrice, plan: string | null = null) {
  return {
    ...TEST,
    ...price,
    billing_scheme: 'per_unit',
    created: 1_700_000_000,
    type: 'recurring',
    metadata: plan === null ? price.metadata : { ...price.metadata, plan },
    recurring: { ...recurring, interval_count: 1, meter: null, trial_period_days: null },
  };
}

export function writeCustomer({ card, country, vatId, ...customer }: SimulatedCustomer) {
  const method = card === null ? null : `pm_${customer.id}`;
  const address = { city: null, country, line1: null, line2: null, postal_code: null, state: null };
  return {
    ...TEST,
    ...customer,
    address: country === null ? null : address,
    invoice_settings: {
      custom_fields: null,
      default_payment_method: method,
      footer: null,
      rendering_options: null,
    },
  };
}

const writePending = ({ pending }: SimulatedSubscription) =>
  pending === null
    ? null
    : {
        billing_cycle_anchor: null,
        expires_at: pending.expiresAt,
        subscription_items: null,
        trial_end: null,
        trial_from_plan: null,
      };

/** What a subscription does now and next; null: it has no schedule. */
export function writeSchedule(one: SimulatedSubscription) {
  if (one.schedule === null) return null;
  const { id, next } = one.schedule;
  const phase = (price: string, start_date: number, end_date: number) => ({
    add_invoice_items: [],
    application_fee_percent: null,
    billing_cycle_anchor: null,
    collection_method: null,
    currency: 'eur',
    default_payment_method: null,
    description: null,
    discounts: [],
    invoice_settings: null,
    items: [{ billing_thresholds: null, discounts: [], metadata: {}, plan: price, price, quantity: 1 }],
    metadata: {},
    on_behalf_of: null,
    proration_behavior: 'none',
    start_date,
    end_date,
    transfer_data: null,
    trial_end: null,
  });
  const later = next === null ? [] : [phase(next, one.periodEnd, one.periodEnd + 30 * 86_400)];
  return {
    ...TEST,
    id,
    object: 'subscription_schedule',
    billing_mode: { type: 'flexible', flexible: null },
    created: one.created,
    current_phase: { start_date: one.periodStart, end_date: one.periodEnd },
    customer: one.customer,
    default_settings: {
      billing_cycle_anchor: 'automatic',
      invoice_settings: { account_tax_ids: null, days_until_due: null, issuer: { type: 'self' } },
    },
    end_behavior: 'release',
    metadata: {},
    phases: [phase(one.price, one.periodStart, one.periodEnd), ...later],
    status: 'active',
    subscription: one.id,
  };
}

export const writeMethod = ({ id, created, email }: SimulatedCustomer) => ({
  ...TEST,
  id: `pm_${id}`,
  object: 'payment_method',
  billing_details: { address: null, email, name: null, phone: null, tax_id: null },
  created,
  customer: id,
  type: 'card',
});

export function writeSubscription(stripe: StripeSimulator, one: SimulatedSubscription) {
  const price = findPrice(stripe, one.price);
  const item = {
    id: `si_${one.id}`,
    object: 'subscription_item',
    created: one.created,
    current_period_start: one.periodStart,
    current_period_end: one.periodEnd,
    discounts: [],
    metadata: {},
    quantity: 1,
    subscription: one.id,
    price: writePrice(price, one.plan),
  };
  return {
    ...TEST,
    id: one.id,
    object: 'subscription',
    automatic_tax: { enabled: false, liability: null, disabled_reason: null },
    billing_cycle_anchor: one.anchor,
    billing_mode: { type: 'flexible', flexible: null },
    billing_schedules: [],
    cancel_at: one.cancel_at,
    cancel_at_period_end: one.cancel_at_period_end,
    canceled_at: one.canceled_at,
    collection_method: 'charge_automatically',
    created: one.created,
    currency: price.currency,
    customer: one.customer,
    discounts: [],
    ended_at: one.ended_at,
    invoice_settings: { issuer: { type: 'self' } },
    items: list([item]),
    default_payment_method: null,
    latest_invoice: one.latest_invoice,
    pending_update: writePending(one),
    schedule: one.schedule?.id ?? null,
    metadata: one.metadata,
    start_date: one.created,
    status: one.status,
    trial_end: one.trial_end,
  };
}

export const sumLines = ({ lines }: SimulatedInvoice): number =>
  lines.reduce((sum, { amount }) => sum + amount, 0);

function writeLines({ id, lines, currency }: SimulatedInvoice) {
  return lines.map(({ description, amount, period }, index) => ({
    ...TEST,
    id: `il_${id}_${index}`,
    object: 'line_item',
    amount,
    currency,
    description,
    discountable: true,
    discounts: [],
    invoice: id,
    metadata: {},
    period,
    quantity: 1,
    subtotal: amount,
  }));
}

export function writeInvoice(stripe: StripeSimulator, invoice: SimulatedInvoice) {
  const { id, currency, customer, created, status, payment, subscription } = invoice;
  const total = sumLines(invoice);
  const paid = status === 'paid' ? total : 0;
  const hosted = status === 'draft' ? null : `${stripe.url}/invoice/${id}`;
  const parent = { type: 'subscription_details', subscription_details: { subscription, metadata: {} } };
  const given = stripe.creditNotes.filter((note) => note.invoice === id);
  return {
    ...TEST,
    id,
    object: 'invoice',
    amount_due: total,
    amount_overpaid: 0,
    amount_paid: paid,
    amount_paid_off_stripe: 0,
    amount_remaining: total - paid,
    amount_shipping: 0,
    attempt_count: invoice.attempts,
    attempted: invoice.attempts > 0,
    auto_advance: status === 'draft' || invoice.nextAttempt !== null,
    automatic_tax: NO_TAX,
    billing_reason: invoice.billing_reason,
    collection_method: 'charge_automatically',
    created,
    currency,
    customer,
    default_tax_rates: [],
    discounts: [],
    hosted_invoice_url: hosted,
    invoice_pdf: hosted === null ? null : `${hosted}/pdf`,
    issuer: { type: 'self' },
    lines: list(writeLines(invoice)),
    metadata: {},
    next_payment_attempt: invoice.nextAttempt,
    number: invoice.number,
    parent,
    payment_settings: { default_mandate: null, payment_method_options: null, payment_method_types: null },
    payments: list(payment === null ? [] : [writeInvoicePayment(invoice, payment, paid)]),
    period_end: invoice.lines[0]?.period.end ?? created,
    period_start: invoice.lines[0]?.period.start ?? created,
    post_payment_credit_notes_amount: given.reduce((sum, { amount }) => sum + amount, 0),
    pre_payment_credit_notes_amount: 0,
    starting_balance: 0,
    status,
    status_transitions: {
      finalized_at: status === 'draft' ? null : created,
      marked_uncollectible_at: null,
      paid_at: invoice.paidAt,
      voided_at: null,
    },
    subtotal: total,
    total,
  };
}

function writeInvoicePayment(invoice: SimulatedInvoice, payment: string, paid: number) {
  return {
    ...TEST,
    id: `inpay_${invoice.id}`,
    object: 'invoice_payment',
    amount_paid: paid,
    amount_requested: sumLines(invoice),
    created: invoice.created,
    currency: invoice.currency,
    invoice: invoice.id,
    is_default: true,
    payment: { type: 'payment_intent', payment_intent: payment },
    status: 'paid',
    status_transitions: { canceled_at: null, paid_at: invoice.paidAt },
  };
}

export function writeSession({ price, trial_end, success_url, cancel_url, ...session }: SimulatedSession) {
  return {
    ...TEST,
    ...session,
    success_url,
    cancel_url,
    automatic_tax: { enabled: false, liability: null, provider: null, status: null },
    custom_fields: [],
    custom_text: {
      after_submit: null,
      shipping_address: null,
      submit: null,
      terms_of_service_acceptance: null,
    },
    expires_at: session.created + 86_400,
    mode: 'subscription',
    payment_method_types: ['card'],
    payment_status: session.status === 'complete' ? 'paid' : 'unpaid',
    shipping_options: [],
  };
}

export const writeRefund = ({ id, payment_intent, amount, created }: SimulatedRefund, currency: string) => ({
  id,
  object: 'refund',
  amount,
  created,
  currency,
  payment_intent,
  status: 'succeeded',
});

export function writeCreditNote(
  { id, invoice, amount, created }: SimulatedCreditNote,
  { currency, customer }: Pick<SimulatedInvoice, 'currency' | 'customer'>,
) {
  return {
    ...TEST,
    id,
    object: 'credit_note',
    amount,
    amount_shipping: 0,
    created,
    currency,
    customer,
    discount_amount: 0,
    discount_amounts: [],
    invoice,
    lines: list([]),
    number: `${id}-CN`,
    pdf: 'https://stripe.example/credit-note.pdf',
    post_payment_amount: amount,
    pre_payment_amount: 0,
    pretax_credit_amounts: [],
    refunds: [],
    status: 'issued',
    subtotal: amount,
    total: amount,
    type: 'post_payment',
  };
}

export const writePayment = ({ id, customer, amount, currency, created }: SimulatedPayment) => ({
  ...TEST,
  id,
  object: 'payment_intent',
  amount,
  currency,
  created,
  customer,
  status: 'succeeded',
});

export const writeCharge = ({ id, customer, amount, refunded, currency, created }: SimulatedPayment) => ({
  ...TEST,
  id: `ch_${id}`,
  object: 'charge',
  amount,
  amount_captured: amount,
  amount_refunded: refunded,
  billing_details: { address: null, email: null, name: null, phone: null, tax_id: null },
  captured: true,
  created,
  currency,
  customer,
  disputed: false,
  metadata: {},
  paid: true,
  payment_intent: id,
  refunded: refunded === amount,
  status: 'succeeded',
});
