import { end, expire } from './life.fixture.ts';
import { fieldsIn, page } from './requests.fixture.ts';
import { writeCustomer, writeSession, writeSubscription } from './shapes.fixture.ts';
import {
  DAY_S,
  type Form,
  nextId,
  type Routes,
  refused,
  type SimulatedCustomer,
  type SimulatedSession,
  type SimulatedSubscription,
} from './state.fixture.ts';

/** When a trial ends that a Checkout page begins, seconds; null: there is none. */
function findTrialEnd(form: Form, now: number): number | null {
  const end = form['subscription_data[trial_end]'];
  if (end !== undefined) return Number(end);
  const days = form['subscription_data[trial_period_days]'];
  return days === undefined ? null : now + Number(days) * DAY_S;
}

/** Who pays. */
const customerRoutes: Routes = (stripe) => [
  [
    'POST',
    /^\/v1\/customers$/,
    (form) => {
      const id = nextId('cus');
      const customer: SimulatedCustomer = {
        id,
        object: 'customer',
        metadata: fieldsIn(form, 'metadata'),
        name: form.name ?? '',
        email: form.email ?? null,
        created: stripe.now(),
        card: null,
        country: null,
        vatId: null,
      };
      stripe.customers.set(id, customer);
      stripe.emit('customer.created', writeCustomer(customer));
      return { status: 200, body: writeCustomer(customer) };
    },
  ],
  [
    'POST',
    /^\/v1\/customers\/(cus_\w+)$/,
    (form, id) => {
      const found = stripe.customers.get(id);
      if (found === undefined) return refused(404, `No such customer: '${id}'`, 'resource_missing');
      Object.assign(found, { name: form.name ?? found.name, email: form.email ?? found.email });
      return { status: 200, body: writeCustomer(found) };
    },
  ],
];

/** What they pay for. */
const subscriptionRoutes: Routes = (stripe) => [
  [
    'GET',
    /^\/v1\/subscriptions$/,
    (_, __, query) => {
      const own = [...stripe.subscriptions.values()].filter(
        ({ customer }) => customer === query.get('customer'),
      );
      const { data, ...rest } = page(own, query);
      const written = data.map((one) => writeSubscription(stripe, one as SimulatedSubscription));
      return { status: 200, body: { ...rest, data: written } };
    },
  ],
  [
    'GET',
    /^\/v1\/subscriptions\/(\w+)$/,
    (_, id) => {
      const found = stripe.subscriptions.get(id);
      return found === undefined
        ? refused(404, 'No such subscription')
        : { status: 200, body: writeSubscription(stripe, found) };
    },
  ],
  [
    'DELETE',
    /^\/v1\/subscriptions\/(\w+)$/,
    (_, id) => {
      const found = stripe.subscriptions.get(id);
      if (found === undefined || found.status === 'canceled')
        return refused(404, `No such subscription: '${id}'`, 'resource_missing');
      end(stripe, found);
      return { status: 200, body: writeSubscription(stripe, found) };
    },
  ],
];

/** Where they pay, and where they see what they have paid. */
const pageRoutes: Routes = (stripe) => [
  [
    'GET',
    /^\/v1\/checkout\/sessions$/,
    (_, __, query) => {
      const own = [...stripe.sessions.values()].filter(
        ({ customer, status }) => customer === query.get('customer') && status === query.get('status'),
      );
      const { data, ...rest } = page(own, query);
      return {
        status: 200,
        body: { ...rest, data: data.map((one) => writeSession(one as SimulatedSession)) },
      };
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
        success_url: form.success_url ?? '',
        cancel_url: form.cancel_url ?? '',
        created: stripe.now(),
        trial_end: findTrialEnd(form, stripe.now()),
        metadata: fieldsIn(form, 'metadata'),
      };
      stripe.sessions.set(id, session);
      return { status: 200, body: writeSession(session) };
    },
  ],
  [
    'GET',
    /^\/v1\/checkout\/sessions\/(\w+)$/,
    (_, id) => {
      const found = stripe.sessions.get(id);
      return found === undefined
        ? refused(404, 'No such session')
        : { status: 200, body: writeSession(found) };
    },
  ],
  [
    'POST',
    /^\/v1\/checkout\/sessions\/(\w+)\/expire$/,
    (_, id) => {
      const found = stripe.sessions.get(id);
      if (found?.status !== 'open') return refused(400, 'Only open sessions can be expired');
      expire(stripe, found);
      return { status: 200, body: writeSession(found) };
    },
  ],
  [
    'POST',
    /^\/v1\/billing_portal\/sessions$/,
    ({ customer = '', return_url: returnUrl = '' }) => {
      if (!stripe.customers.has(customer)) return refused(400, `No such customer: '${customer}'`);
      const id = nextId('bps');
      stripe.portalSessions.set(id, { customer, returnUrl });
      return {
        status: 200,
        body: {
          id,
          object: 'billing_portal.session',
          configuration: 'bpc_simulated',
          created: stripe.now(),
          customer,
          livemode: false,
          return_url: returnUrl,
          url: `${stripe.url}/portal/${id}`,
        },
      };
    },
  ],
];

/** Customers, the pages where they pay, and their subscriptions. */
export const sellingRoutes: Routes = (stripe) =>
  [customerRoutes, subscriptionRoutes, pageRoutes].flatMap((routes) => routes(stripe));
