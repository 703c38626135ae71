import { sellingRoutes } from './selling.fixture.ts';
import {
  type Answer,
  DAY_S,
  type Form,
  list,
  nextId,
  nowS,
  type Routes,
  refused,
  type SimulatedSubscription,
  type StripeSimulator,
} from './state.fixture.ts';

/** What the stand-in knows of prices, changes for later and changes that wait for their payment. */
type Changing = {
  prices: Map<string, { amount: number; interval: 'month' | 'year' }>;
  /** What becomes of the next payments: a bank asks, or declines. */
  card: 'pays' | 'asks';
  /** By subscription. */
  schedules: Map<string, { id: string; next: string | null }>;
  pending: Map<string, { price: string; invoice: string }>;
  configurations: object[];
};

const all = new WeakMap<StripeSimulator, Changing>();

/** The same, of a stand-in. */
export function changingIn(stripe: StripeSimulator): Changing {
  const found = all.get(stripe) ?? {
    prices: new Map(),
    card: 'pays',
    schedules: new Map(),
    pending: new Map(),
    configurations: [],
  };
  all.set(stripe, found);
  return found;
}

/** Somebody pays the invoice that a change waits for. */
export function payChange(stripe: StripeSimulator, subscription: SimulatedSubscription): void {
  const { pending } = changingIn(stripe);
  subscription.price = pending.get(subscription.id)?.price ?? subscription.price;
  pending.delete(subscription.id);
}

type Written = {
  id: string;
  items: { data: { price: { id: string }; current_period_start: number; current_period_end: number }[] };
};

const findPrice = (stripe: StripeSimulator, id: string) =>
  changingIn(stripe).prices.get(id) ?? { amount: 900, interval: 'month' as const };

const writePrice = (stripe: StripeSimulator, id: string) => {
  const { amount, interval } = findPrice(stripe, id);
  return { unit_amount: amount, currency: 'eur', recurring: { usage_type: 'licensed', interval } };
};

function writeSchedule(stripe: StripeSimulator, written: Written) {
  const found = changingIn(stripe).schedules.get(written.id);
  const [item] = written.items.data;
  if (found === undefined || item === undefined) return null;
  const { current_period_start: start, current_period_end: end } = item;
  const phase = (price: string, start_date: number, end_date: number) => ({
    items: [{ price, quantity: 1 }],
    discounts: [],
    start_date,
    end_date,
  });
  const next = found.next === null ? [] : [phase(found.next, end, end + 30 * DAY_S)];
  return {
    id: found.id,
    object: 'subscription_schedule',
    status: 'active',
    current_phase: { start_date: start, end_date: end },
    phases: [phase(item.price.id, start, end), ...next],
  };
}

/** A subscription with what changes of it. */
function dress(stripe: StripeSimulator, written: Written) {
  const pending = changingIn(stripe).pending.get(written.id);
  const data = written.items.data.map((item) => ({
    ...item,
    price: { ...item.price, ...writePrice(stripe, item.price.id) },
  }));
  return {
    ...written,
    items: list(data),
    schedule: writeSchedule(stripe, written),
    ...(pending === undefined
      ? {}
      : {
          pending_update: { expires_at: nowS() + DAY_S },
          latest_invoice: {
            id: pending.invoice,
            object: 'invoice',
            status: 'open',
            hosted_invoice_url: `${stripe.url}/invoice/${pending.invoice}`,
          },
        }),
  };
}

/** What a change costs at once: of the rest of the period the new price, less the old one. */
function worth(stripe: StripeSimulator, one: SimulatedSubscription, form: Form, at: number): number {
  const nested = form['subscription_details[items][0][price]'];
  const [from, to] = [
    findPrice(stripe, one.price),
    findPrice(stripe, nested ?? form['items[0][price]'] ?? ''),
  ];
  const left = Math.max(0, Math.min(1, (one.created + 30 * DAY_S - at) / (30 * DAY_S)));
  if (from.interval !== to.interval) return to.amount - Math.round(from.amount * left);
  return Math.round((to.amount - from.amount) * left);
}

/** Changes a subscription as a request wants: what is to be paid is paid first. */
function update(stripe: StripeSimulator, one: SimulatedSubscription, form: Form): Answer | null {
  const state = changingIn(stripe);
  if (form.cancel_at_period_end !== undefined) {
    if (state.schedules.has(one.id)) return refused(400, 'The subscription is managed by a schedule');
    one.cancel_at_period_end = form.cancel_at_period_end === 'true';
  }
  const price = form['items[0][price]'];
  if (price === undefined) return null;
  const isPaid = state.card === 'pays' || worth(stripe, one, form, Number(form.proration_date)) <= 0;
  if (isPaid) {
    one.price = price;
    return null;
  }
  if (form.payment_behavior !== 'pending_if_incomplete')
    return {
      status: 402,
      body: { error: { type: 'card_error', code: 'card_declined', message: 'Your card was declined.' } },
    };
  state.pending.set(one.id, { price, invoice: nextId('in') });
  return null;
}

/** Changes of subscriptions, now and later, what they cost, and the settings of the customers' page. */
export const changingRoutes: Routes = (stripe) => {
  const state = changingIn(stripe);
  const plain = sellingRoutes(stripe);
  const ask = (path: string, query = new URLSearchParams()): Answer => {
    for (const [method, pattern, handle] of plain) {
      const [found, id = ''] = pattern.exec(path) ?? [];
      if (method === 'GET' && found !== undefined) return handle({}, id, query);
    }
    return refused(404, `Unrecognized request URL (GET: ${path})`);
  };
  const read = (id: string): Answer => {
    const { status, body } = ask(`/v1/subscriptions/${id}`);
    return status === 200 ? { status, body: dress(stripe, body as Written) } : { status, body };
  };
  const subscriptionWith = (schedule: string) =>
    [...state.schedules].find(([, { id }]) => id === schedule)?.[0] ?? '';
  const answerSchedule = (subscription: string): Answer => {
    const { status, body } = ask(`/v1/subscriptions/${subscription}`);
    return status === 200 ? { status, body: writeSchedule(stripe, body as Written) } : { status, body };
  };
  return [
    [
      'GET',
      /^\/v1\/subscriptions$/,
      (_, __, query) => {
        const { status, body } = ask('/v1/subscriptions', query);
        const { data, ...rest } = body as { data: Written[] };
        return { status, body: { ...rest, data: data.map((one) => dress(stripe, one)) } };
      },
    ],
    ['GET', /^\/v1\/subscriptions\/(\w+)$/, (_, id) => read(id)],
    [
      'POST',
      /^\/v1\/subscriptions\/(\w+)$/,
      (form, id) => {
        const one = stripe.subscriptions.get(id);
        if (one === undefined) return refused(404, 'No such subscription');
        return update(stripe, one, form) ?? read(id);
      },
    ],
    [
      'POST',
      /^\/v1\/invoices\/create_preview$/,
      (form) => {
        const one = stripe.subscriptions.get(form.subscription ?? '');
        if (one === undefined) return refused(404, 'No such subscription');
        const total = worth(stripe, one, form, Number(form['subscription_details[proration_date]']));
        return { status: 200, body: { object: 'invoice', total, currency: 'eur' } };
      },
    ],
    [
      'POST',
      /^\/v1\/subscription_schedules$/,
      ({ from_subscription: id = '' }) => {
        if (state.schedules.has(id)) return refused(400, 'You cannot migrate a subscription twice');
        state.schedules.set(id, { id: nextId('sub_sched'), next: null });
        return answerSchedule(id);
      },
    ],
    [
      'POST',
      /^\/v1\/subscription_schedules\/(\w+)$/,
      (form, id) => {
        const subscription = subscriptionWith(id);
        state.schedules.set(subscription, { id, next: form['phases[1][items][0][price]'] ?? null });
        return answerSchedule(subscription);
      },
    ],
    [
      'POST',
      /^\/v1\/subscription_schedules\/(\w+)\/release$/,
      (_, id) => {
        const subscription = subscriptionWith(id);
        if (!state.schedules.delete(subscription)) return refused(400, 'It was released before');
        return { status: 200, body: { id, object: 'subscription_schedule', status: 'released' } };
      },
    ],
    [
      'GET',
      /^\/v1\/billing_portal\/configurations$/,
      () => ({ status: 200, body: list(state.configurations) }),
    ],
    [
      'POST',
      /^\/v1\/billing_portal\/configurations$/,
      (form) => {
        const made = { id: nextId('bpc'), metadata: { footfall: form['metadata[footfall]'] }, form };
        state.configurations.push(made);
        return { status: 200, body: made };
      },
    ],
  ];
};
