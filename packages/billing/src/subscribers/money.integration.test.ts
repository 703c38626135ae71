import { type ControlPlane, freshControlPlane } from '@footfall/db/control-plane.fixture';
import type { Pool } from '@footfall/postgres/pool';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startStripe } from '../stripe/simulator/simulator.fixture.ts';
import { DAY_S, type StripeSimulator } from '../stripe/simulator/state.fixture.ts';
import { stripeGateway } from '../stripe/stripe-gateway.ts';
import { stripeSubscribers } from '../stripe/stripe-subscribers.ts';
import { creditInvoice, extendTrial } from './money.ts';
import type { SubscriberGateway } from './subscriber-gateway.ts';

const actor = { id: 'user_b', address: '192.0.2.1' };
const reason = 'Ticket 4711: two weeks for free';

let plane: ControlPlane;
let stripe: StripeSimulator;
let gateway: SubscriberGateway;
let pool: Pool;
beforeAll(async () => {
  [plane, stripe] = await Promise.all([freshControlPlane(), startStripe()]);
  gateway = stripeSubscribers({ secretKey: stripe.secretKey, webhookSecret: null, apiBase: stripe.url });
  pool = plane.as('operator').pool;
});
beforeEach(() => {
  stripe.failWith = null;
});
afterAll(() => Promise.all([plane.drop(), stripe.close()]));

/** A tenant that has paid 9 euros. */
async function subscribe() {
  const { tenantId } = await plane.newTenant();
  const selling = stripeGateway({ secretKey: stripe.secretKey, webhookSecret: null, apiBase: stripe.url });
  const { customerId } = await selling.createCustomer({ tenantId, name: 'Kiln', email: 'a@kiln.example' });
  const sale = { customerId, tenantId, priceId: 'price_1', locale: 'en' };
  const pages = { successUrl: 'https://a.example/', cancelUrl: 'https://a.example/' };
  const { id } = await selling.createCheckout({ ...sale, ...pages }, tenantId);
  const { id: subscriptionId } = stripe.pay(id);
  const [invoice] = await gateway.listInvoices(customerId);
  return { tenantId, customerId, subscriptionId, invoiceId: invoice?.id ?? '' };
}

type Sold = Awaited<ReturnType<typeof subscribe>>;
type Credit = Parameters<typeof creditInvoice>[1];
const credit = (sold: Sold, amount: number | null, over: Partial<Credit> = {}) =>
  creditInvoice(pool, {
    ...sold,
    readAmount: (_, left) => amount ?? left,
    gateway,
    key: 'form-key-1',
    reason,
    actor,
    ...over,
  });

const notes = ({ invoiceId }: Sold) => stripe.creditNotes.filter(({ invoice }) => invoice === invoiceId);
const audit = async (tenantId: string) =>
  (
    await plane.pool.query<{ action: string }>(
      'SELECT action FROM platform_audit WHERE about_tenant = $1 ORDER BY created_at, ctid',
      [tenantId],
    )
  ).rows.map(({ action }) => action);

test('a part of an invoice is given back once, however often its form is sent', async () => {
  const sold = await subscribe();
  for (let n = 0; n < 3; n += 1) await credit(sold, 300);
  expect(notes(sold).map(({ amount }) => amount)).toEqual([300]);
  await credit(sold, 300, { key: 'form-key-2' });
  expect(notes(sold).map(({ amount }) => amount)).toEqual([300, 300]);
  expect(new Set(await audit(sold.tenantId))).toEqual(new Set(['invoice.credit']));
});

test('all that is left of an invoice is given back', async () => {
  const sold = await subscribe();
  await credit(sold, null);
  expect(notes(sold).map(({ amount }) => amount)).toEqual([900]);
});

test('whoever dies after Stripe has paid back pays nothing back twice', async () => {
  const sold = await subscribe();
  const dying: SubscriberGateway = {
    ...gateway,
    creditInvoice: async (...given) => {
      await gateway.creditInvoice(...given);
      throw new Error('killed');
    },
  };
  await expect(credit(sold, 400, { gateway: dying })).rejects.toThrow('killed');
  await credit(sold, 400);
  expect(notes(sold).map(({ amount }) => amount)).toEqual([400]);
});

test('nothing of another tenant’s invoice, of one that was not paid, or beyond what was paid', async () => {
  const [sold, other] = [await subscribe(), await subscribe()];
  await expect(credit(sold, 300, { invoiceId: other.invoiceId })).rejects.toMatchObject({
    code: 'invalid_credit',
    values: { rule: 'invoice' },
  });
  for (const amount of [0, -1, 1.5, 901, Number.NaN])
    await expect(credit(sold, amount)).rejects.toMatchObject({ values: { rule: 'amount' } });
  await expect(credit(sold, 300, { readAmount: () => null })).rejects.toMatchObject({
    values: { rule: 'amount' },
  });
  await expect(credit(sold, 300, { key: 'x' })).rejects.toMatchObject({ values: { rule: 'key' } });
  await expect(credit(sold, 300, { reason: 'so' })).rejects.toMatchObject({ code: 'invalid_reason' });
  expect([notes(sold), notes(other), await audit(sold.tenantId)]).toEqual([[], [], []]);
});

test('while Stripe is away nothing is given back, and that is noted', async () => {
  const sold = await subscribe();
  const away: SubscriberGateway = {
    ...gateway,
    creditInvoice: async (...given) => {
      stripe.failWith = 503;
      await gateway.creditInvoice(...given);
    },
  };
  await expect(credit(sold, 300, { gateway: away })).rejects.toMatchObject({ code: 'stripe_away' });
  stripe.failWith = null;
  expect(notes(sold)).toEqual([]);
  expect(await audit(sold.tenantId)).toEqual(['invoice.credit', 'invoice.credit_failed']);
});

test('whoever subscribes is asked for nothing until a day', async () => {
  const { tenantId, subscriptionId } = await subscribe();
  const until = (stripe.now() + 20 * DAY_S) * 1_000;
  const given = {
    tenantId,
    subscriptionId,
    until,
    now: Date.now(),
    gateway,
    key: 'form-key-1',
    reason,
    actor,
  };
  for (let n = 0; n < 2; n += 1) await extendTrial(pool, given);
  expect(stripe.subscriptions.get(subscriptionId)?.trial_end).toBe(until / 1_000);
  await expect(extendTrial(pool, { ...given, until: 1 })).rejects.toMatchObject({ code: 'invalid_until' });
  expect(await audit(tenantId)).toEqual(['trial.extend', 'trial.extend']);
});
