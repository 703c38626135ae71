import { type StripeMock, startStripeMock } from '@footfall/testkit/stripe-mock';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { BillingGateway, ProviderSubscription } from '../gateway.ts';
import type { MeterGateway } from '../usage/meter-gateway.ts';
import { startStripe } from './simulator/simulator.fixture.ts';
import { DAY_S, type Exchange, type StripeSimulator } from './simulator/state.fixture.ts';
import { type CheckShape, openSpecification } from './specification.fixture.ts';
import { stripeGateway } from './stripe-gateway.ts';
import { stripeMeters } from './stripe-meters.ts';

// What our gateway asks of the stand-in is asked of Stripe's own mock again, which refuses what the API does not have; and what the
// stand-in answers is held against the specification. So both are true of each other, and of Stripe.

let mock: StripeMock;
let stripe: StripeSimulator;
let check: CheckShape;
const exchanges: Exchange[] = [];

beforeAll(async () => {
  [mock, stripe] = await Promise.all([startStripeMock(), startStripe()]);
  check = await openSpecification(mock.specification);
  stripe.onExchange = (exchange) => exchanges.push(exchange);
  // The mock is built the first time: minutes, on a machine that has none of its sources.
}, 660_000);
afterAll(() => Promise.all([mock.stop(), stripe.close()]));

const pages = {
  successUrl: 'https://stats.example.com/?s={CHECKOUT_SESSION_ID}',
  cancelUrl: 'https://stats.example.com',
};

type Sold = { customerId: string; subscriptionId: string; checkoutId: string };
type Call = (gateway: BillingGateway, sold: Sold) => Promise<unknown>;

const createCheckout: Call = (gateway, { customerId }) =>
  gateway.createCheckout({ customerId, tenantId: 't1', priceId: 'price_1', locale: 'de', ...pages }, 'more');

async function findSold(gateway: BillingGateway, { customerId }: Sold): Promise<ProviderSubscription> {
  const [found] = await gateway.listSubscriptions(customerId);
  if (found === undefined) throw new Error('nothing was sold');
  return found;
}

const planChange = async (gateway: BillingGateway, sold: Sold, priceId: string) => ({
  subscription: await findSold(gateway, sold),
  priceId,
  at: stripe.now() * 1_000,
});

/** A right call of each: one that is new has no entry, and this file does not compile. */
const CALLS: Readonly<Record<Exclude<keyof BillingGateway, 'verifyEvent'>, Call>> = {
  createCustomer: (gateway) => gateway.createCustomer({ tenantId: 't2', name: 'Loom', email: 'b@c.example' }),
  listSubscriptions: (gateway, { customerId }) => gateway.listSubscriptions(customerId),
  createCheckout,
  listOpenCheckouts: (gateway, { customerId }) => gateway.listOpenCheckouts(customerId),
  readCheckout: (gateway, { checkoutId }) => gateway.readCheckout(checkoutId),
  expireCheckout: async (gateway, sold) => {
    const [open] = await gateway.listOpenCheckouts(sold.customerId);
    await gateway.expireCheckout(open?.id ?? '');
  },
  openPortal: (gateway, { customerId }) => gateway.openPortal(customerId, pages.cancelUrl),
  previewChange: async (gateway, sold) => gateway.previewChange(await planChange(gateway, sold, 'price_2')),
  changeSubscription: async (gateway, sold) =>
    gateway.changeSubscription(await planChange(gateway, sold, 'price_2')),
  scheduleChange: async (gateway, sold) => gateway.scheduleChange(await planChange(gateway, sold, 'price_1')),
  undoSchedule: async (gateway, sold) =>
    gateway.undoSchedule((await findSold(gateway, sold)).scheduleId ?? ''),
  cancelAtEnd: async (gateway, sold) =>
    gateway.cancelAtEnd(await findSold(gateway, sold), { reason: 'other', text: 'Too dear' }),
  keepSubscription: async (gateway, sold) => gateway.keepSubscription(await findSold(gateway, sold)),
  listInvoices: (gateway, { customerId }) => gateway.listInvoices(customerId),
  undoSubscription: (gateway, { subscriptionId }) => gateway.undoSubscription(subscriptionId, 0),
};

/** Somebody has bought something, and it was renewed once. */
async function sell(gateway: BillingGateway): Promise<Sold> {
  const { customerId } = await gateway.createCustomer({ tenantId: 't1', name: 'Kiln', email: 'a@b.example' });
  const sale = { customerId, tenantId: 't1', priceId: 'price_1', locale: 'en', ...pages };
  const { id: checkoutId } = await gateway.createCheckout(sale, 'first');
  const { id: subscriptionId, periodEnd } = stripe.pay(checkoutId);
  stripe.advance(periodEnd + DAY_S);
  return { customerId, subscriptionId, checkoutId };
}

const HOUR_MS = 3_600_000;

/** Every call of the meter's gateway: it is made, told an hour, and asked for it. */
async function meter(meters: MeterGateway, { customerId }: Sold): Promise<void> {
  const now = stripe.now() * 1_000;
  const hour = now - (now % HOUR_MS) - HOUR_MS;
  await meters.ensureMeter();
  await meters.report({ identifier: 't1:hour:1', customerId, hour, at: hour, events: 42 });
  expect(await meters.listHours(customerId, hour, hour + HOUR_MS)).toEqual(new Map([[hour, 42]]));
}

/** Asks Stripe's mock the same; answers what it refused, null: nothing. */
async function askMock({ method, path, query, form }: Exchange): Promise<string | null> {
  const answer = await fetch(`${mock.url}${path}${query}`, {
    method,
    headers: { authorization: 'Bearer sk_test_123', 'content-type': 'application/x-www-form-urlencoded' },
    ...(method === 'GET' ? {} : { body: new URLSearchParams(form).toString() }),
  });
  const said = (await answer.json()) as { error?: { message: string } };
  return answer.ok ? null : `${method} ${path}: ${said.error?.message}`;
}

test('every call of the gateway is one that Stripe’s mock takes, and every answer of the stand-in has its shape', async () => {
  const { secretKey, webhookSecret, url } = stripe;
  const gateway = stripeGateway({ secretKey, webhookSecret, apiBase: url });
  const sold = await sell(gateway);
  for (const call of Object.values(CALLS)) await call(gateway, sold);
  await meter(stripeMeters({ secretKey, apiBase: url }), sold);
  expect(exchanges.length).toBeGreaterThan(Object.keys(CALLS).length);
  const refused: string[] = [];
  for (const exchange of exchanges) {
    expect(exchange.answer.status, `${exchange.method} ${exchange.path}`).toBe(200);
    const said = await askMock(exchange);
    if (said !== null) refused.push(said);
  }
  expect(refused).toEqual([]);
  expect(exchanges.flatMap(({ answer }) => check(answer.body))).toEqual([]);
});

test('every event of the stand-in is one of Stripe’s, about a thing of Stripe’s', () => {
  expect(stripe.events.length).toBeGreaterThan(8);
  const events = stripe.events.map(({ body }) => JSON.parse(body) as unknown);
  expect(events.flatMap(check)).toEqual([]);
});

test('a parameter, a name and a missing field that the API does not know are found', async () => {
  const [made] = exchanges;
  if (made === undefined) throw new Error('nothing was asked');
  expect(await askMock({ ...made, form: { ...made.form, colour: 'blue' } })).toContain(
    'additional properties',
  );
  const customer = made.answer.body as object;
  expect(check({ ...customer, colour: 'blue' })).toEqual([expect.stringContaining('colour')]);
  expect(check({ object: 'customer' })).toContainEqual(expect.stringContaining('created'));
});
