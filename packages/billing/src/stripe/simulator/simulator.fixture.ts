import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { meterRoutes } from './meters.fixture.ts';
import { sellingRoutes } from './selling.fixture.ts';
import {
  type Answer,
  type Form,
  nextId,
  nowS,
  type Routes,
  refused,
  type SimulatedSubscription,
  type StripeSimulator,
} from './state.fixture.ts';

/** All that the stand-in answers: each kind of thing in a file of its own. */
const ROUTES: readonly Routes[] = [sellingRoutes, meterRoutes];

async function readForm(request: IncomingMessage): Promise<Form> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString()));
}

/** Starts the stand-in on a port of its own. */
export async function startStripe(): Promise<StripeSimulator> {
  const answered = new Map<string, Answer>();
  function answer(method: string, url: URL, form: Form): Answer {
    for (const [wanted, pattern, handle] of routes) {
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
    now: nowS,
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
  const routes = ROUTES.flatMap((of) => of(stripe));
  return stripe;
}
