import { addInvoice, finalize } from './invoices.fixture.ts';
import { changePrice } from './life.fixture.ts';
import { findPrice, writeInvoice, writeSchedule, writeSubscription } from './shapes.fixture.ts';
import {
  type Answer,
  type Form,
  type InvoiceLine,
  list,
  nextId,
  type Routes,
  refused,
  type SimulatedInvoice,
  type SimulatedSubscription,
  type StripeSimulator,
} from './state.fixture.ts';

/** How long a change waits for its payment: Stripe's 23 hours. */
const PENDING_S = 23 * 3_600;

/** The subscription of a schedule's id. */
export const findScheduled = (stripe: StripeSimulator, id: string): SimulatedSubscription | undefined =>
  [...stripe.subscriptions.values()].find(({ schedule }) => schedule?.id === id);

/** What a change costs from an instant: the rest of the period at the new price, less what was paid for it. */
function changeLines(
  stripe: StripeSimulator,
  one: SimulatedSubscription,
  { price, at }: { price: string; at: number },
): InvoiceLine[] {
  const [from, to] = [findPrice(stripe, one.price), findPrice(stripe, price)];
  const share = Math.max(0, Math.min(1, (one.periodEnd - at) / (one.periodEnd - one.periodStart)));
  const isSame = from.recurring.interval === to.recurring.interval;
  const period = { start: at, end: one.periodEnd };
  return [
    {
      description: `Unused time on ${from.id}`,
      amount: -Math.round(from.unit_amount * share),
      price: from.id,
      period,
    },
    {
      description: `Remaining time on ${to.id}`,
      amount: isSame ? Math.round(to.unit_amount * share) : to.unit_amount,
      price: to.id,
      period,
    },
  ];
}

const DECLINED: Answer = {
  status: 402,
  body: { error: { type: 'card_error', code: 'card_declined', message: 'Your card was declined.' } },
};

/** Whether the invoice of a change would be paid, without the customer at the screen. */
function changeNow(stripe: StripeSimulator, one: SimulatedSubscription, form: Form): Answer | null {
  const price = form['items[0][price]'] ?? '';
  const at = Number(form.proration_date ?? stripe.now());
  const lines = changeLines(stripe, one, { price, at });
  const before = one.latest_invoice;
  const invoice = addInvoice(stripe, one, { reason: 'subscription_update', lines, finalizesAt: null });
  if (finalize(stripe, invoice)) {
    changePrice(stripe, one, price, stripe.now());
    return null;
  }
  invoice.nextAttempt = null;
  if (form.payment_behavior === 'pending_if_incomplete') {
    one.pending = { price, invoice: invoice.id, expiresAt: stripe.now() + PENDING_S };
    return null;
  }
  invoice.status = 'void';
  one.latest_invoice = before;
  return DECLINED;
}

/** What is said of its end. */
function changeEnd(one: SimulatedSubscription, form: Form): Answer | null {
  if (form.cancel_at_period_end !== undefined) {
    if (one.schedule !== null)
      return refused(400, 'The subscription is managed by the subscription schedule');
    one.cancel_at_period_end = form.cancel_at_period_end === 'true';
  }
  if (form.cancel_at !== undefined) one.cancel_at = form.cancel_at === '' ? null : Number(form.cancel_at);
  return null;
}

function update(stripe: StripeSimulator, one: SimulatedSubscription, form: Form): Answer {
  const refusal =
    changeEnd(one, form) ?? (form['items[0][price]'] === undefined ? null : changeNow(stripe, one, form));
  if (refusal !== null) return refusal;
  const body = writeSubscription(stripe, one);
  stripe.emit('customer.subscription.updated', body);
  return { status: 200, body };
}

/** An invoice that nobody gets: what a change would cost. */
function preview(stripe: StripeSimulator, one: SimulatedSubscription, form: Form): Answer {
  const price = form['subscription_details[items][0][price]'] ?? one.price;
  const at = Number(form['subscription_details[proration_date]'] ?? stripe.now());
  const invoice: SimulatedInvoice = {
    id: nextId('upcoming_in'),
    customer: one.customer,
    subscription: one.id,
    status: 'draft',
    number: null,
    billing_reason: 'upcoming',
    currency: findPrice(stripe, price).currency,
    lines: changeLines(stripe, one, { price, at }),
    created: stripe.now(),
    finalizesAt: null,
    attempts: 0,
    nextAttempt: null,
    payment: null,
    paidAt: null,
  };
  return { status: 200, body: writeInvoice(stripe, invoice) };
}

const scheduled = (one: SimulatedSubscription | undefined): Answer =>
  one === undefined
    ? refused(404, 'No such subscription schedule', 'resource_missing')
    : { status: 200, body: writeSchedule(one) };

const configurations = new WeakMap<StripeSimulator, object[]>();

/** The settings of the customers' page that were made. */
export function configurationsIn(stripe: StripeSimulator): object[] {
  const made = configurations.get(stripe) ?? [];
  configurations.set(stripe, made);
  return made;
}

function writeConfiguration(form: Form, created: number) {
  const isOn = (feature: string) => form[`features[${feature}][enabled]`] === 'true';
  return {
    id: nextId('bpc'),
    object: 'billing_portal.configuration',
    active: true,
    application: null,
    business_profile: { headline: null, privacy_policy_url: null, terms_of_service_url: null },
    created,
    default_return_url: null,
    features: {
      customer_update: { allowed_updates: [], enabled: isOn('customer_update') },
      invoice_history: { enabled: isOn('invoice_history') },
      payment_method_update: { enabled: isOn('payment_method_update'), payment_method_configuration: null },
      subscription_cancel: {
        cancellation_reason: { enabled: false, options: [] },
        enabled: isOn('subscription_cancel'),
        mode: 'at_period_end',
        proration_behavior: 'none',
      },
      subscription_update: {
        billing_cycle_anchor: null,
        default_allowed_updates: [],
        enabled: isOn('subscription_update'),
        proration_behavior: 'none',
        schedule_at_period_end: { conditions: [] },
        trial_update_behavior: 'end_trial',
      },
    },
    is_default: false,
    livemode: false,
    login_page: { enabled: false, url: null },
    metadata: { footfall: form['metadata[footfall]'] ?? '' },
    name: null,
    updated: created,
  };
}

/** The settings of the customers' page. */
export const configurationRoutes: Routes = (stripe) => {
  const made = configurationsIn(stripe);
  return [
    ['GET', /^\/v1\/billing_portal\/configurations$/, () => ({ status: 200, body: list(made) })],
    [
      'POST',
      /^\/v1\/billing_portal\/configurations$/,
      (form) => {
        const body = writeConfiguration(form, stripe.now());
        made.push(body);
        return { status: 200, body };
      },
    ],
  ];
};

/** Changes of subscriptions, now and later, and what they cost. */
export const changeRoutes: Routes = (stripe) => {
  const withOne =
    (work: (one: SimulatedSubscription, form: Form) => Answer) =>
    (form: Form, id: string): Answer => {
      const one = stripe.subscriptions.get(id);
      if (one === undefined || one.status === 'canceled')
        return refused(404, `No such subscription: '${id}'`, 'resource_missing');
      return work(one, form);
    };
  return [
    ['POST', /^\/v1\/subscriptions\/(\w+)$/, withOne((one, form) => update(stripe, one, form))],
    [
      'POST',
      /^\/v1\/invoices\/create_preview$/,
      (form) => withOne((one) => preview(stripe, one, form))(form, form.subscription ?? ''),
    ],
    [
      'POST',
      /^\/v1\/subscription_schedules$/,
      (form) =>
        withOne((one) => {
          if (one.schedule !== null)
            return refused(400, 'You cannot migrate a subscription that is already attached to a schedule');
          one.schedule = { id: nextId('sub_sched'), next: null };
          return scheduled(one);
        })(form, form.from_subscription ?? ''),
    ],
    [
      'POST',
      /^\/v1\/subscription_schedules\/(\w+)$/,
      (form, id) => {
        const one = findScheduled(stripe, id);
        if (one?.schedule != null) one.schedule.next = form['phases[1][items][0][price]'] ?? null;
        return scheduled(one);
      },
    ],
    [
      'POST',
      /^\/v1\/subscription_schedules\/(\w+)\/release$/,
      (_, id) => {
        const one = findScheduled(stripe, id);
        if (one === undefined)
          return refused(400, 'You cannot release a subscription schedule that was released.');
        const body = { ...writeSchedule(one), status: 'released' };
        one.schedule = null;
        return { status: 200, body };
      },
    ],
  ];
};
