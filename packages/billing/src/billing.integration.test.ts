import { type ControlPlane, freshControlPlane } from '@footfall/db/control-plane.fixture';
import type { Pool } from '@footfall/postgres/pool';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { openCheckout } from './checkout.ts';
import type { BillingGateway } from './gateway.ts';
import { handleEvents, noteEvent } from './inbox.ts';
import { startStripe } from './stripe/simulator/simulator.fixture.ts';
import type { StripeSimulator } from './stripe/simulator/state.fixture.ts';
import { stripeGateway } from './stripe/stripe-gateway.ts';
import { settleTenant, syncTenant } from './sync.ts';

let plane: ControlPlane;
let stripe: StripeSimulator;
let gateway: BillingGateway;
let portal: Pool;
let scheduler: Pool;
const log = { info: vi.fn(), warn: vi.fn(), error: vi.fn() };

beforeAll(async () => {
  [plane, stripe] = await Promise.all([freshControlPlane(), startStripe()]);
  const { url, secretKey, webhookSecret } = stripe;
  gateway = stripeGateway({ secretKey, webhookSecret, apiBase: url });
  portal = plane.as('web').pool;
  scheduler = plane.as('scheduler').pool;
  await plane.pool.query(
    `INSERT INTO plan (name, family, version, state, title) VALUES ('growth-v1', 'growth', 1, 'published', 'Growth'), ('draft-v1', 'draft', 1, 'draft', 'Draft')`,
  );
  await plane.pool.query(
    `INSERT INTO plan_price VALUES ('p_month', 'growth-v1', 'EUR', 'month', 900, 'price_growth'), ('p_draft', 'draft-v1', 'EUR', 'month', 1, 'price_draft')`,
  );
});
beforeEach(() => {
  for (const each of Object.values(log)) each.mockClear();
  stripe.failWith = null;
});
afterAll(() => Promise.all([plane.drop(), stripe.close()]));

const options = (now = Date.now()) => ({ gateway, log, now: () => now });

const request = (tenantId: string, priceId = 'p_month') => ({
  tenantId,
  tenantName: 'Kiln',
  email: 'ann@kiln.example',
  priceId,
  locale: 'de',
  successUrl: 'https://stats.example.com/billing?session={CHECKOUT_SESSION_ID}',
  cancelUrl: 'https://stats.example.com/billing',
});

const open = (tenantId: string, more?: string) => openCheckout(portal, request(tenantId, more), options());
const newTenant = async () => (await plane.newTenant()).tenantId;

type Row = {
  stripe_id: string;
  plan: string;
  status: string;
  failing_since: Date | null;
  ends_at: Date | null;
};
const read = async (tenantId: string) =>
  (await plane.pool.query<Row>('SELECT * FROM subscription WHERE tenant_id = $1', [tenantId])).rows[0];
const customerIn = async (tenantId: string) =>
  (
    await plane.pool.query<{ customer_id: string }>(
      'SELECT customer_id FROM billing_account WHERE tenant_id = $1',
      [tenantId],
    )
  ).rows[0]?.customer_id ?? '';

describe('paying', () => {
  test('makes one customer, opens one page, and is a subscription when it is done', async () => {
    const tenantId = await newTenant();
    const page = await open(tenantId);
    expect(page).toMatchObject({ state: 'open', url: expect.stringContaining('/pay/') });
    expect(await syncTenant(portal, tenantId, options())).toMatchObject({ winner: null });
    const paid = stripe.pay(page.id);
    await settleTenant(portal, tenantId, options());
    expect(await read(tenantId)).toMatchObject({ stripe_id: paid.id, plan: 'growth-v1', status: 'active' });
    expect(stripe.customers.get(await customerIn(tenantId))?.metadata).toEqual({ tenant_id: tenantId });
  });

  test('in two tabs at once leaves one page on which somebody can pay, of one customer', async () => {
    const tenantId = await newTenant();
    await Promise.all([open(tenantId), open(tenantId), open(tenantId)]);
    const customer = await customerIn(tenantId);
    const own = [...stripe.sessions.values()].filter((session) => session.customer === customer);
    expect(own.filter(({ status }) => status === 'open')).toHaveLength(1);
    expect(
      [...stripe.customers.values()].filter(({ metadata }) => metadata.tenant_id === tenantId),
    ).toHaveLength(1);
  });

  test('is refused to whoever has paid, also when nobody has told us', async () => {
    const tenantId = await newTenant();
    stripe.pay((await open(tenantId)).id);
    await expect(open(tenantId)).rejects.toMatchObject({ code: 'already_subscribed' });
    expect(await read(tenantId)).toMatchObject({ status: 'active' });
  });

  test.each(['p_draft', 'price_growth', 'nothing', "' OR true --"])(
    'for %s, which is not for sale, is refused',
    async (price) => {
      await expect(open(await newTenant(), price)).rejects.toMatchObject({ code: 'unknown_price' });
    },
  );

  test('while the provider is away says so, and makes the same customer afterwards', async () => {
    const tenantId = await newTenant();
    stripe.failWith = 503;
    await expect(open(tenantId)).rejects.toMatchObject({ code: 'provider_unavailable' });
    stripe.failWith = null;
    await open(tenantId);
    expect(
      [...stripe.customers.values()].filter(({ metadata }) => metadata.tenant_id === tenantId),
    ).toHaveLength(1);
  });

  test('twice, on two pages, costs once: the later one is ended and paid back', async () => {
    const tenantId = await newTenant();
    const first = await open(tenantId);
    const customerId = await customerIn(tenantId);
    // A page that was opened by nobody of us, such as by hand.
    const second = await gateway.createCheckout(
      { ...request(tenantId), customerId, priceId: 'price_growth' },
      'by-hand',
    );
    const [winner, loser] = [stripe.pay(first.id), stripe.pay(second.id)];
    await settleTenant(portal, tenantId, options());
    expect(await read(tenantId)).toMatchObject({ stripe_id: winner.id });
    expect(loser.status).toBe('canceled');
    const payments = [...stripe.payments.values()].filter(({ customer }) => customer === customerId);
    const back = Object.fromEntries(
      payments.map(({ invoice, amount, refunded }) => [
        stripe.invoices.get(invoice)?.subscription,
        refunded / amount,
      ]),
    );
    expect(back).toEqual({ [winner.id]: 0, [loser.id]: 1 });
    expect(log.error).toHaveBeenCalledWith(expect.anything(), 'a tenant has more than one subscription');
  });
});

describe('what the provider has', () => {
  async function subscribed() {
    const tenantId = await newTenant();
    const subscription = stripe.pay((await open(tenantId)).id);
    await syncTenant(scheduler, tenantId, options());
    return { tenantId, subscription };
  }

  test('is kept as it is: a failed payment since it failed, until it is paid', async () => {
    const { tenantId, subscription } = await subscribed();
    const failedAt = Date.now() - 86_400_000;
    subscription.status = 'past_due';
    await syncTenant(scheduler, tenantId, options(failedAt));
    await syncTenant(scheduler, tenantId, options());
    expect((await read(tenantId))?.failing_since?.getTime()).toBe(failedAt);
    subscription.status = 'active';
    await syncTenant(scheduler, tenantId, options());
    expect(await read(tenantId)).toMatchObject({ status: 'active', failing_since: null });
  });

  test('is kept as it is: cancelled for later, and over', async () => {
    const { tenantId, subscription } = await subscribed();
    subscription.cancel_at_period_end = true;
    await syncTenant(scheduler, tenantId, options());
    expect((await read(tenantId))?.ends_at?.getTime()).toBe(subscription.periodEnd * 1_000);
    subscription.status = 'canceled';
    await syncTenant(scheduler, tenantId, options());
    expect(await read(tenantId)).toBeUndefined();
  });

  test('of a price of no plan is kept, and told', async () => {
    const { tenantId, subscription } = await subscribed();
    subscription.price = 'price_by_hand';
    await syncTenant(scheduler, tenantId, options());
    expect(await read(tenantId)).toMatchObject({ plan: 'growth-v1', status: 'active' });
    expect(log.error).toHaveBeenCalledWith(
      expect.objectContaining({ price: 'price_by_hand' }),
      'a subscription is for a price of no plan',
    );
  });

  test('of another tenant is not the portal’s to read', async () => {
    const { tenantId } = await subscribed();
    const other = await newTenant();
    await open(other);
    await syncTenant(portal, other, options());
    expect(await read(tenantId)).toMatchObject({ status: 'active' });
    await expect(portal.query('SELECT 1 FROM payment_event')).rejects.toThrow('permission denied');
  });
});

describe('an event', () => {
  const arrives = (type: string, object: object) => {
    const { body, signature } = stripe.sign(type, object);
    return gateway.verifyEvent(Buffer.from(body), signature);
  };
  const handle = () => handleEvents(scheduler, options());

  test('that comes twice, and in any order, is handled once, by what the provider has then', async () => {
    const tenantId = await newTenant();
    const page = await open(tenantId);
    const customer = await customerIn(tenantId);
    const paid = stripe.pay(page.id);
    const late = arrives('customer.subscription.deleted', { object: 'subscription', id: paid.id, customer });
    const event = arrives('checkout.session.completed', {
      object: 'checkout.session',
      id: page.id,
      customer,
    });
    for (const each of [late, event, event, late]) await noteEvent(portal, each);
    expect(await handle()).toBe(2);
    expect(await handle()).toBe(0);
    expect(await read(tenantId)).toMatchObject({ status: 'active' });
  });

  test('is handled later when the provider is away', async () => {
    const tenantId = await newTenant();
    const page = await open(tenantId);
    stripe.pay(page.id);
    await noteEvent(
      portal,
      arrives('invoice.paid', { object: 'invoice', customer: await customerIn(tenantId) }),
    );
    stripe.failWith = 503;
    await handle();
    expect(await read(tenantId)).toBeUndefined();
    stripe.failWith = null;
    await plane.pool.query('UPDATE payment_event SET due_at = now() WHERE handled_at IS NULL');
    await handle();
    expect(await read(tenantId)).toMatchObject({ status: 'active' });
  });

  test('about nobody of ours is let go', async () => {
    await noteEvent(portal, arrives('invoice.paid', { object: 'invoice', customer: 'cus_stranger' }));
    await noteEvent(portal, arrives('price.created', { object: 'price', id: 'price_x' }));
    expect(await handle()).toBe(2);
    expect(await handle()).toBe(0);
  });

  test.each([
    ['another body', (body: string, signature: string) => [`${body} `, signature]],
    ['no signature', (body: string) => [body, '']],
    ['another secret', (body: string) => [body, `t=${Math.floor(Date.now() / 1_000)},v1=${'0'.repeat(64)}`]],
    [
      'an old signature',
      (body: string, signature: string) => [body, signature.replace(/t=\d+/, 't=1000000000')],
    ],
  ] as const)('with %s is refused', (_, spoil) => {
    const { body, signature } = stripe.sign('invoice.paid', { object: 'invoice', customer: 'cus_1' });
    const [spoiled = '', signed = ''] = spoil(body, signature);
    expect(() => gateway.verifyEvent(Buffer.from(spoiled), signed)).toThrow(
      expect.objectContaining({ code: 'invalid_signature' }),
    );
  });
});
