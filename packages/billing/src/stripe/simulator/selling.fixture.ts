import {
  DAY_S,
  list,
  nextId,
  type Routes,
  refused,
  type SimulatedCustomer,
  type SimulatedSession,
  type SimulatedSubscription,
} from './state.fixture.ts';

function writeSubscription(one: SimulatedSubscription) {
  const { invoiceStatus, price, plan, ...rest } = one;
  return {
    ...rest,
    object: 'subscription',
    billing_cycle_anchor: one.created,
    metadata: {},
    items: list([
      {
        id: `si_${one.id}`,
        current_period_start: one.created,
        current_period_end: one.created + 30 * DAY_S,
        price: {
          id: price,
          object: 'price',
          metadata: plan === null ? {} : { plan },
          recurring: { usage_type: 'licensed', interval: 'month' },
        },
      },
    ]),
    latest_invoice: {
      id: `in_${one.id}`,
      object: 'invoice',
      status: invoiceStatus,
      payments: list([{ payment: { type: 'payment_intent', payment_intent: `pi_${one.id}` } }]),
    },
  };
}

/** Customers, the pages where they pay, and their subscriptions. */
export const sellingRoutes: Routes = (stripe) => [
  [
    'POST',
    /^\/v1\/customers$/,
    (form) => {
      const id = nextId('cus');
      const metadata = { tenant_id: form['metadata[tenant_id]'] ?? '' };
      const customer: SimulatedCustomer = { id, object: 'customer', metadata, name: form.name ?? '' };
      stripe.customers.set(id, customer);
      return { status: 200, body: customer };
    },
  ],
  [
    'GET',
    /^\/v1\/subscriptions$/,
    (_, __, query) => {
      const own = [...stripe.subscriptions.values()].filter(
        ({ customer }) => customer === query.get('customer'),
      );
      return { status: 200, body: list(own.map(writeSubscription)) };
    },
  ],
  [
    'GET',
    /^\/v1\/subscriptions\/(\w+)$/,
    (_, id) => {
      const found = stripe.subscriptions.get(id);
      return found === undefined
        ? refused(404, 'No such subscription')
        : { status: 200, body: writeSubscription(found) };
    },
  ],
  [
    'DELETE',
    /^\/v1\/subscriptions\/(\w+)$/,
    (_, id) => {
      const found = stripe.subscriptions.get(id);
      if (found === undefined || found.status === 'canceled') return refused(404, 'No such subscription');
      found.status = 'canceled';
      return { status: 200, body: writeSubscription(found) };
    },
  ],
  [
    'GET',
    /^\/v1\/checkout\/sessions$/,
    (_, __, query) => {
      const own = [...stripe.sessions.values()].filter(
        ({ customer, status }) => customer === query.get('customer') && status === query.get('status'),
      );
      return { status: 200, body: list(own) };
    },
  ],
  [
    'POST',
    /^\/v1\/checkout\/sessions$/,
    (form) => {
      if (!stripe.customers.has(form.customer ?? '')) return refused(400, 'No such customer');
      const id = nextId('cs');
      const session: SimulatedSession = {
        id,
        object: 'checkout.session',
        customer: form.customer ?? '',
        status: 'open',
        url: `${stripe.url}/pay/${id}`,
        subscription: null,
        price: form['line_items[0][price]'] ?? '',
      };
      stripe.sessions.set(id, session);
      return { status: 200, body: session };
    },
  ],
  [
    'GET',
    /^\/v1\/checkout\/sessions\/(\w+)$/,
    (_, id) => {
      const found = stripe.sessions.get(id);
      return found === undefined ? refused(404, 'No such session') : { status: 200, body: found };
    },
  ],
  [
    'POST',
    /^\/v1\/checkout\/sessions\/(\w+)\/expire$/,
    (_, id) => {
      const found = stripe.sessions.get(id);
      if (found?.status !== 'open') return refused(400, 'Only open sessions can be expired');
      found.status = 'expired';
      found.url = null;
      return { status: 200, body: found };
    },
  ],
  [
    'POST',
    /^\/v1\/billing_portal\/sessions$/,
    ({ customer = '' }) => ({
      status: 200,
      body: { object: 'billing_portal.session', url: `${stripe.url}/portal/${customer}` },
    }),
  ],
  [
    'POST',
    /^\/v1\/refunds$/,
    ({ payment_intent = '' }) => {
      stripe.refunds.push({ payment_intent });
      return {
        status: 200,
        body: { id: nextId('re'), object: 'refund', payment_intent, status: 'succeeded' },
      };
    },
  ],
];
