import { readBilling } from '@footfall/db/billing/subscription';
import { type ControlPlane, freshControlPlane } from '@footfall/db/control-plane.fixture';
import type { Pool } from '@footfall/postgres/pool';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Billing, openBilling } from './billing.ts';
import type { CardName } from './stripe/simulator/card.fixture.ts';
import { configurationsIn } from './stripe/simulator/changes.fixture.ts';
import { startStripe } from './stripe/simulator/simulator.fixture.ts';
import type { SimulatedSubscription, StripeSimulator } from './stripe/simulator/state.fixture.ts';
import { stripeGateway } from './stripe/stripe-gateway.ts';
import { syncTenant } from './sync.ts';

let plane: ControlPlane;
let stripe: StripeSimulator;
let billing: Billing;
let portal: Pool;
const log = { info: vi.fn(), warn: vi.fn(), error: vi.fn() };
const options = () => {
  const { url, secretKey, webhookSecret } = stripe;
  return { gateway: stripeGateway({ secretKey, webhookSecret, apiBase: url }), log, now: () => Date.now() };
};

const PRICES = [
  ['small', 'month', 900],
  ['small', 'year', 9_000],
  ['big', 'month', 1_900],
] as const;

function addPrice(id: string, { amount, interval }: { amount: number; interval: 'month' | 'year' }) {
  const recurring = { interval, usage_type: 'licensed' } as const;
  stripe.prices.set(id, {
    id,
    object: 'price',
    active: true,
    lookup_key: null,
    product: 'prod_1',
    currency: 'eur',
    unit_amount: amount,
    recurring,
    metadata: {},
  });
}

/** From here on a customer pays with this card. */
function setCard({ customer }: SimulatedSubscription, card: CardName) {
  const found = stripe.customers.get(customer);
  if (found !== undefined) found.card = card;
}

/** Somebody pays the invoice that a change waits for. */
async function payInvoice(subscription: SimulatedSubscription) {
  setCard(subscription, 'works');
  await fetch(`${stripe.url}/v1/invoices/${subscription.latest_invoice}/pay`, {
    method: 'POST',
    headers: { authorization: `Bearer ${stripe.secretKey}` },
  });
}

beforeAll(async () => {
  [plane, stripe] = await Promise.all([freshControlPlane(), startStripe()]);
  portal = plane.as('web').pool;
  billing = openBilling(portal, options());
  await plane.pool.query(
    `INSERT INTO plan (name, family, state, title, is_public) SELECT n, n, 'published', initcap(n), n <> 'hidden' FROM unnest(ARRAY['small', 'big', 'hidden']) AS n`,
  );
  for (const [plan, interval, amount] of PRICES) {
    const id = `${plan}-${interval}`;
    await plane.pool.query('INSERT INTO plan_price VALUES ($1, $2, $3, $4, $5, $6)', [
      id,
      plan,
      'EUR',
      interval,
      amount,
      `price_${id}`,
    ]);
    addPrice(`price_${id}`, { amount, interval });
  }
  await plane.pool.query(
    `INSERT INTO plan_price VALUES ('hidden-month', 'hidden', 'EUR', 'month', 100, 'price_hidden'), ('small-usd', 'small', 'USD', 'month', 900, 'price_usd')`,
  );
});
beforeEach(() => {
  stripe.failWith = null;
});
afterAll(() => Promise.all([plane.drop(), stripe.close()]));

async function subscribed(priceId = 'small-month') {
  const { tenantId } = await plane.newTenant();
  const page = await billing.openCheckout({
    tenantId,
    tenantName: 'Kiln',
    email: 'ann@kiln.example',
    priceId,
    locale: 'en',
    successUrl: 'https://stats.example.com/billing/return?session_id={CHECKOUT_SESSION_ID}',
    cancelUrl: 'https://stats.example.com/billing',
  });
  const subscription = stripe.pay(page.id);
  await billing.confirmCheckout(tenantId, page.id);
  return { tenantId, subscription, checkoutId: page.id };
}

const read = async (tenantId: string) => (await readBilling(portal, tenantId)).subscription;

async function change(tenantId: string, priceId: string) {
  const { at, due } = await billing.previewChange(tenantId, priceId);
  return billing.changePlan({ tenantId, priceId, at, due });
}

describe('whoever comes back from paying', () => {
  test('has a plan, with what it costs and up to when it is paid', async () => {
    const { tenantId, checkoutId } = await subscribed();
    expect(await billing.confirmCheckout(tenantId, checkoutId)).toBe('confirmed');
    expect(await read(tenantId)).toMatchObject({
      plan: 'small',
      priceId: 'small-month',
      rate: { amount: 900, currency: 'EUR', interval: 'month' },
      periodEnd: expect.any(Number),
      next: null,
    });
  });

  test('with a page of somebody else, or none, learns nothing of it', async () => {
    const [own, other] = [await subscribed(), await subscribed()];
    for (const id of [other.checkoutId, 'cs_none', 'nonsense', '', `cs_${'x'.repeat(300)}`])
      await expect(billing.confirmCheckout(own.tenantId, id)).rejects.toMatchObject({
        code: 'unknown_checkout',
      });
    const { tenantId } = await plane.newTenant();
    await expect(billing.confirmCheckout(tenantId, own.checkoutId)).rejects.toMatchObject({
      code: 'no_customer',
    });
  });

  test('while the provider is away is told so, and nothing is made', async () => {
    const { tenantId, checkoutId } = await subscribed();
    stripe.failWith = 503;
    await expect(billing.confirmCheckout(tenantId, checkoutId)).rejects.toMatchObject({
      code: 'provider_unavailable',
    });
  });
});

describe('a larger plan', () => {
  test('is had at once, for the amount that was shown', async () => {
    const { tenantId, subscription } = await subscribed();
    const planned = await billing.previewChange(tenantId, 'big-month');
    expect(planned).toMatchObject({ time: 'now', currency: 'EUR' });
    expect(planned.due).toBeGreaterThan(0);
    expect(await change(tenantId, 'big-month')).toEqual({ time: 'now', payUrl: null });
    expect(subscription.price).toBe('price_big-month');
    expect(await read(tenantId)).toMatchObject({ plan: 'big', rate: { amount: 1_900 } });
  });

  test('is not had before its payment: a bank that asks leads to where it is paid', async () => {
    const { tenantId, subscription } = await subscribed();
    setCard(subscription, 'always asks');
    const { payUrl } = await change(tenantId, 'big-month');
    expect(payUrl).toContain('/invoice/');
    expect(await read(tenantId)).toMatchObject({ plan: 'small', pendingUntil: expect.any(Number) });
    const [open] = await billing.listInvoices(tenantId);
    expect(open).toMatchObject({ state: 'open', url: payUrl });
    await payInvoice(subscription);
    await syncTenant(portal, tenantId, options());
    expect(await read(tenantId)).toMatchObject({ plan: 'big', pendingUntil: null });
  });

  test('that two tabs ask for is changed to once', async () => {
    const { tenantId } = await subscribed();
    const { at, due } = await billing.previewChange(tenantId, 'big-month');
    const agreed = { tenantId, priceId: 'big-month', at, due };
    const before = stripe.changes.length;
    await Promise.all([billing.changePlan(agreed), billing.changePlan(agreed), billing.changePlan(agreed)]);
    const made = stripe.changes.slice(before).filter((one) => /^POST \/v1\/subscriptions\//.test(one));
    expect(made).toHaveLength(1);
  });

  test('at another amount than was shown, or one that was shown long ago, is refused', async () => {
    const { tenantId, subscription } = await subscribed();
    const { at, due } = await billing.previewChange(tenantId, 'big-month');
    for (const more of [{ due: due - 1 }, { at: at - 20 * 60_000 }, { at: at + 10 * 60_000 }])
      await expect(
        billing.changePlan({ tenantId, priceId: 'big-month', at, due, ...more }),
      ).rejects.toMatchObject({ code: 'amount_changed' });
    expect(subscription.price).toBe('price_small-month');
  });

  test('by the year begins at once', async () => {
    const { tenantId } = await subscribed();
    expect(await change(tenantId, 'small-year')).toMatchObject({ time: 'now' });
    expect(await read(tenantId)).toMatchObject({ rate: { interval: 'year', amount: 9_000 } });
  });
});

describe('a smaller plan', () => {
  test('is had when the period is over, costs nothing now, and can be undone and asked for again', async () => {
    const { tenantId, subscription } = await subscribed('big-month');
    for (const round of [1, 2]) {
      expect(await billing.previewChange(tenantId, 'small-month'), `${round}`).toMatchObject({
        time: 'at_end',
        due: 0,
      });
      // What is repeated within a second is one wish.
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      await change(tenantId, 'small-month');
      expect(await read(tenantId)).toMatchObject({
        plan: 'big',
        next: { title: 'Small', rate: { amount: 900 }, at: expect.any(Number) },
      });
      await billing.undoChange(tenantId);
      expect(await read(tenantId)).toMatchObject({ plan: 'big', next: null });
    }
    expect(subscription.price).toBe('price_big-month');
  });

  test('that is scheduled gives way to a larger one', async () => {
    const { tenantId } = await subscribed('small-year');
    await change(tenantId, 'small-month');
    expect(await read(tenantId)).toMatchObject({ next: { title: 'Small' } });
    await change(tenantId, 'big-month');
    expect(await read(tenantId)).toMatchObject({ plan: 'big', next: null });
  });
});

describe('a change', () => {
  test.each([
    ['small-month', 'same_plan'],
    ['hidden-month', 'unknown_price'],
    ['small-usd', 'other_currency'],
    ["' OR true --", 'unknown_price'],
  ])('to %s is refused: %s', async (priceId, code) => {
    const { tenantId } = await subscribed();
    await expect(billing.previewChange(tenantId, priceId)).rejects.toMatchObject({ code });
  });

  test('of what is not paid, ends, or is not there is refused', async () => {
    const { tenantId, subscription } = await subscribed();
    subscription.status = 'past_due';
    await expect(change(tenantId, 'big-month')).rejects.toMatchObject({ code: 'payment_due' });
    subscription.status = 'active';
    await billing.cancelPlan({ tenantId, reason: 'other', text: '' });
    await expect(change(tenantId, 'big-month')).rejects.toMatchObject({ code: 'subscription_ends' });
    subscription.status = 'canceled';
    await expect(change(tenantId, 'big-month')).rejects.toMatchObject({ code: 'not_subscribed' });
    const stranger = (await plane.newTenant()).tenantId;
    await expect(change(stranger, 'big-month')).rejects.toMatchObject({ code: 'no_customer' });
  });

  test('while the provider is away changes nothing, here or there', async () => {
    const shown = await billing.previewChange((await subscribed()).tenantId, 'big-month');
    const steps: ((tenantId: string) => Promise<unknown>)[] = [
      (tenantId) => billing.previewChange(tenantId, 'big-month'),
      (tenantId) => billing.changePlan({ tenantId, priceId: 'big-month', at: shown.at, due: shown.due }),
      (tenantId) => billing.cancelPlan({ tenantId, reason: 'other', text: '' }),
      (tenantId) => billing.undoChange(tenantId),
      (tenantId) => billing.undoCancel(tenantId),
      (tenantId) => billing.listInvoices(tenantId),
      (tenantId) => billing.openPortal(tenantId, 'https://stats.example.com/'),
    ];
    const all: Awaited<ReturnType<typeof subscribed>>[] = [];
    for (const _ of steps) all.push(await subscribed());
    stripe.failWith = 503;
    const answers = await Promise.allSettled(steps.map((step, index) => step(all[index]?.tenantId ?? '')));
    for (const answer of answers)
      expect(answer).toMatchObject({ status: 'rejected', reason: { code: 'provider_unavailable' } });
    for (const { tenantId, subscription } of all) {
      expect(subscription).toMatchObject({ price: 'price_small-month', cancel_at_period_end: false });
      expect(await read(tenantId)).toMatchObject({ plan: 'small', endsAt: null });
    }
  }, 30_000);
});

describe('cancelling', () => {
  const why = async (tenantId: string) =>
    (
      await plane.pool.query(
        'SELECT cancel_reason AS reason, cancel_text AS text FROM billing_account WHERE tenant_id = $1',
        [tenantId],
      )
    ).rows[0];

  test('ends it with the period, keeps why, and can be undone', async () => {
    const { tenantId, subscription } = await subscribed();
    const cancellation = { tenantId, reason: 'too_expensive', text: 'Too dear' } as const;
    await Promise.all([billing.cancelPlan(cancellation), billing.cancelPlan(cancellation)]);
    expect(subscription.cancel_at_period_end).toBe(true);
    expect(await why(tenantId)).toEqual({ reason: 'too_expensive', text: 'Too dear' });
    const shown = await read(tenantId);
    expect(shown?.endsAt).toBe(shown?.periodEnd);
    await billing.undoCancel(tenantId);
    expect(await read(tenantId)).toMatchObject({ endsAt: null });
    expect(await why(tenantId)).toEqual({ reason: null, text: null });
  });

  test('takes back what was scheduled: a schedule would keep it from ending', async () => {
    const { tenantId } = await subscribed('small-year');
    await change(tenantId, 'small-month');
    await billing.cancelPlan({ tenantId, reason: 'unused', text: '' });
    expect(await read(tenantId)).toMatchObject({ endsAt: expect.any(Number), next: null });
  });
});

test('the customers’ page at the provider has one configuration, without plans, that is found again and made anew', async () => {
  const { tenantId } = await subscribed();
  const configurations = configurationsIn(stripe);
  for (let process = 0; process < 2; process += 1)
    await openBilling(portal, options()).openPortal(tenantId, 'https://stats.example.com/billing');
  expect(configurations).toHaveLength(1);
  expect(configurations[0]).toMatchObject({
    features: {
      subscription_cancel: { enabled: false },
      subscription_update: { enabled: false },
      payment_method_update: { enabled: true },
    },
  });
});

test('invoices are listed, the newest first, with their pages', async () => {
  const { tenantId, subscription } = await subscribed();
  await change(tenantId, 'big-month');
  const invoices = await billing.listInvoices(tenantId);
  expect(invoices.map(({ state, currency }) => [state, currency])).toEqual([
    ['paid', 'EUR'],
    ['paid', 'EUR'],
  ]);
  expect(invoices[1]).toMatchObject({ total: 900, url: expect.stringContaining('/invoice/') });
  expect(subscription.status).toBe('active');
  await expect(billing.listInvoices((await plane.newTenant()).tenantId)).rejects.toMatchObject({
    code: 'no_customer',
  });
});
