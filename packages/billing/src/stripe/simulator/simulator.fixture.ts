import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerRequests } from './answers.fixture.ts';
import { type Due, simulatedClock } from './clock.fixture.ts';
import { createDelivery, signBody } from './delivery.fixture.ts';
import { dueInvoices } from './invoices.fixture.ts';
import { addSubscription, dueSessions, dueSubscriptions, payOn } from './life.fixture.ts';
import { nextId, type StripeSimulator } from './state.fixture.ts';

/** What happens by the clock. */
const DUE: readonly ((stripe: StripeSimulator) => Due[])[] = [dueSessions, dueSubscriptions, dueInvoices];

/** What there is before anything was done. */
const nothing = () => ({
  changes: [],
  onExchange: null,
  failWith: null,
  settings: { afterRetries: 'unpaid' as const, draftS: 3_600 },
  customers: new Map(),
  prices: new Map(),
  subscriptions: new Map(),
  sessions: new Map(),
  invoices: new Map(),
  payments: new Map(),
  portalSessions: new Map(),
  refunds: [],
  creditNotes: [],
  events: [],
});

/** An event as the API has it. */
function writeEvent(type: string, object: object, created: number) {
  const id = nextId('evt');
  const more = { livemode: false, pending_webhooks: 1, api_version: null, request: null };
  const body = JSON.stringify({ id, object: 'event', type, created, ...more, data: { object } });
  return { id, type, created, body };
}

/** Starts the stand-in on a port of its own, or on that one. */
export async function startStripe(port = 0): Promise<StripeSimulator> {
  const webhookSecret = 'whsec_simulated';
  const clock = simulatedClock(() => DUE.flatMap((find) => find(stripe)));
  const delivery = createDelivery(webhookSecret);
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const stripe: StripeSimulator = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    secretKey: 'sk_test_simulated',
    webhookSecret,
    ...nothing(),
    now: clock.now,
    advance: clock.advance,
    pay: (sessionId, card = 'works') => {
      clock.tick();
      return payOn(stripe, sessionId, card);
    },
    addSubscription: (more) => addSubscription(stripe, more),
    emit: (type, object) => {
      const event = writeEvent(type, object, clock.now());
      stripe.events.push(event);
      delivery.add(event);
    },
    deliverTo: delivery.to,
    delivered: delivery.done,
    deliverLate: delivery.sendLate,
    sign: (type, object) => {
      const { id, body } = writeEvent(type, object, clock.now());
      return { id, body, signature: signBody(webhookSecret, body) };
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  const answer = answerRequests(stripe);
  return stripe;
}
