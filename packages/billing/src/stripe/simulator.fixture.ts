import { createHmac, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Stripe as far as we use it, with state: for tests alone. What it answers has the shape of the API version that the client speaks. */
export type StripeSimulator = {
  url: string;
  secretKey: string;
  webhookSecret: string;
  /** Requests that made or changed something, in their order, as `POST /v1/customers`. */
  changes: string[];
  /** The next requests are answered with this status; null: as they should be. */
  failWith: number | null;
  customers: Map<string, SimulatedCustomer>;
  subscriptions: Map<string, SimulatedSubscription>;
  sessions: Map<string, SimulatedSession>;
  refunds: { payment_intent: string }[];
  /** Somebody pays on the page of a session: its subscription begins. */
  pay(sessionId: string): SimulatedSubscription;
  /** What Stripe would send about a customer: the body and its signature. */
  sign(type: string, object: object): { body: string; signature: string; id: string };
  close(): Promise<void>;
};

type SimulatedCustomer = { id: string; object: 'customer'; metadata: Record<string, string>; name: string };

export type SimulatedSubscription = {
  id: string;
  customer: string;
  status: string;
  price: string;
  plan: string | null;
  created: number;
  cancel_at: number | null;
  cancel_at_period_end: boolean;
  invoiceStatus: 'paid' | 'open';
};

type SimulatedSession = {
  id: string;
  object: 'checkout.session';
  customer: string;
  status: 'open' | 'complete' | 'expired';
  url: string | null;
  subscription: string | null;
  price: string;
};

type Form = Record<string, string>;
type Answer = { status: number; body: unknown };

const DAY_S = 86_400;
const nowS = () => Math.floor(Date.now() / 1_000);

async function readForm(request: IncomingMessage): Promise<Form> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString()));
}

const list = (data: readonly object[]) => ({ object: 'list', data, has_more: false, url: '/v1' });
const refused = (status: number, message: string): Answer => ({
  status,
  body: { error: { type: status < 500 ? 'invalid_request_error' : 'api_error', message } },
});

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

type Handle = (form: Form, id: string, query: URLSearchParams) => Answer;

const nextId = (kind: string) => `${kind}_${randomUUID().replaceAll('-', '').slice(0, 14)}`;

/** The endpoints, with the id in their path. */
function listRoutes(stripe: StripeSimulator): [string, RegExp, Handle][] {
  return [
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
}

/** Starts the stand-in on a port of its own. */
export async function startStripe(): Promise<StripeSimulator> {
  const answered = new Map<string, Answer>();
  function answer(method: string, url: URL, form: Form): Answer {
    for (const [wanted, pattern, handle] of listRoutes(stripe)) {
      const [, id = ''] = pattern.exec(url.pathname) ?? [];
      if (method === wanted && pattern.test(url.pathname)) return handle(form, id, url.searchParams);
    }
    return refused(404, `Unrecognized request URL (${method}: ${url.pathname})`);
  }

  /** As Stripe: a key that was used is answered as before. */
  function once200(key: string | undefined, work: () => Answer): Answer {
    const before = key === undefined ? undefined : answered.get(key);
    if (before !== undefined) return before;
    const made = work();
    if (key !== undefined && made.status === 200) answered.set(key, structuredClone(made));
    return made;
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const method = request.method ?? 'GET';
    const url = new URL(request.url ?? '/', 'http://stripe.example');
    const form = await readForm(request);
    const send = ({ status, body }: Answer) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (stripe.failWith !== null) return void send(refused(stripe.failWith, 'it is away'));
    if (request.headers.authorization !== `Bearer ${stripe.secretKey}`)
      return void send(refused(401, 'Invalid API Key'));
    if (method !== 'GET') stripe.changes.push(`${method} ${url.pathname}`);
    const key = request.headers['idempotency-key'];
    send(once200(typeof key === 'string' ? key : undefined, () => answer(method, url, form)));
  }

  const server = createServer((request, response) => void serve(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const stripe: StripeSimulator = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    secretKey: 'sk_test_simulated',
    webhookSecret: 'whsec_simulated',
    changes: [],
    failWith: null,
    customers: new Map(),
    subscriptions: new Map(),
    sessions: new Map(),
    refunds: [],
    pay: (sessionId) => {
      const session = stripe.sessions.get(sessionId);
      if (session?.status !== 'open') throw new Error(`${sessionId} is not open`);
      const id = nextId('sub');
      Object.assign(session, { status: 'complete', subscription: id, url: null });
      const subscription: SimulatedSubscription = {
        id,
        customer: session.customer,
        status: 'active',
        price: session.price,
        plan: null,
        created: nowS() + stripe.subscriptions.size,
        cancel_at: null,
        cancel_at_period_end: false,
        invoiceStatus: 'paid',
      };
      stripe.subscriptions.set(id, subscription);
      return subscription;
    },
    sign: (type, object) => {
      const id = nextId('evt');
      const body = JSON.stringify({ id, object: 'event', type, created: nowS(), data: { object } });
      const t = nowS();
      const v1 = createHmac('sha256', stripe.webhookSecret).update(`${t}.${body}`).digest('hex');
      return { id, body, signature: `t=${t},v1=${v1}` };
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return stripe;
}
