import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { stripeGateway } from '../stripe-gateway.ts';
import { CARDS, type CardName } from './card.fixture.ts';
import { seededChoose } from './delivery.fixture.ts';
import { nested } from './requests.fixture.ts';
import { startStripe } from './simulator.fixture.ts';
import { DAY_S, type SimulatedSubscription, type StripeSimulator } from './state.fixture.ts';

let stripe: StripeSimulator;
beforeEach(async () => {
  stripe = await startStripe();
});
afterEach(() => stripe.close());

const gateway = () => {
  const { secretKey, webhookSecret, url } = stripe;
  return stripeGateway({ secretKey, webhookSecret, apiBase: url });
};

const at = (text: string) => Date.parse(text) / 1_000;
const day = (seconds: number) => new Date(seconds * 1_000).toISOString().slice(0, 10);

async function post(
  path: string,
  fields: Record<string, string>,
  key?: string,
): Promise<{ status: number; body: Record<string, unknown> }> {
  const headers = {
    authorization: `Bearer ${stripe.secretKey}`,
    ...(key === undefined ? {} : { 'idempotency-key': key }),
  };
  const answer = await fetch(`${stripe.url}${path}`, {
    method: 'POST',
    headers,
    body: new URLSearchParams(fields),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

async function openPage(): Promise<string> {
  const { customerId } = await gateway().createCustomer({
    tenantId: 't1',
    name: 'Kiln',
    email: 'a@b.example',
  });
  const urls = { successUrl: `${stripe.url}/done?session={CHECKOUT_SESSION_ID}`, cancelUrl: stripe.url };
  const more = { customerId, tenantId: 't1', priceId: 'price_1', locale: 'en', ...urls };
  return (await gateway().createCheckout(more, `${stripe.sessions.size}`)).id;
}

const subscribe = async (card: CardName = 'works') => stripe.pay(await openPage(), card);
const typesSince = (count: number) => stripe.events.slice(count).map(({ type }) => type);
const invoicesIn = ({ id }: SimulatedSubscription) =>
  [...stripe.invoices.values()].filter(({ subscription }) => subscription === id);

describe('a subscription by the clock', () => {
  test('is renewed on the last day of a month that has no 31st, and on the 31st again', async () => {
    stripe.advance(at('2027-01-31T10:00:00Z'));
    const one = await subscribe();
    const ends = [day(one.periodEnd)];
    for (let month = 0; month < 3; month += 1) {
      stripe.advance(one.periodEnd);
      ends.push(day(one.periodEnd));
    }
    expect(ends).toEqual(['2027-02-28', '2027-03-31', '2027-04-30', '2027-05-31']);
    stripe.advance(stripe.now() + DAY_S);
    expect(invoicesIn(one).map(({ status }) => status)).toEqual(['paid', 'paid', 'paid', 'paid']);
  });

  test('by the year is renewed after a year', async () => {
    stripe.prices.set('price_1', {
      id: 'price_1',
      object: 'price',
      active: true,
      lookup_key: null,
      product: 'prod_1',
      currency: 'eur',
      unit_amount: 9_000,
      recurring: { interval: 'year', usage_type: 'licensed' },
      metadata: {},
    });
    stripe.advance(at('2028-02-29T10:00:00Z'));
    expect(day((await subscribe()).periodEnd)).toBe('2029-02-28');
  });

  test.each(['unpaid', 'canceled'] as const)(
    'whose card is declined is tried for two weeks, then %s',
    async (last) => {
      stripe.settings.afterRetries = last;
      const one = await subscribe('expires');
      const [begins, told] = [one.periodEnd, stripe.events.length];
      stripe.advance(begins);
      expect(one.status).toBe('active');
      stripe.advance(begins + DAY_S);
      expect(one.status).toBe('past_due');
      stripe.advance(begins + 13 * DAY_S);
      expect(one.status).toBe('past_due');
      stripe.advance(begins + 15 * DAY_S);
      expect(one.status).toBe(last);
      expect(typesSince(told).filter((type) => type === 'invoice.payment_failed')).toHaveLength(5);
    },
  );

  test('that fell behind is in order again when its invoice is paid', async () => {
    const one = await subscribe('expires');
    stripe.advance(one.periodEnd + 20 * DAY_S);
    const open = invoicesIn(one).find(({ status }) => status === 'open');
    const send = (card: CardName) =>
      fetch(`${stripe.url}/invoice/${open?.id}`, {
        method: 'POST',
        body: new URLSearchParams({ card: CARDS[card].number }),
      });
    expect(await (await send('expires')).text()).toContain('Your card was declined');
    expect(one.status).toBe('unpaid');
    await send('works');
    expect([one.status, open?.status]).toEqual(['active', 'paid']);
  });

  test('ends with its period when it was cancelled for then', async () => {
    const one = await subscribe();
    one.cancel_at_period_end = true;
    const told = stripe.events.length;
    stripe.advance(one.periodEnd);
    expect(one.status).toBe('canceled');
    expect(typesSince(told)).toEqual(['customer.subscription.deleted']);
    expect(invoicesIn(one)).toHaveLength(1);
  });

  test('in a trial costs nothing until it ends, which is told before', async () => {
    const id = await openPage();
    const session = stripe.sessions.get(id);
    if (session !== undefined) session.trial_end = stripe.now() + 14 * DAY_S;
    const one = stripe.pay(id);
    expect([one.status, stripe.payments.size]).toEqual(['trialing', 0]);
    const told = stripe.events.length;
    stripe.advance(one.periodEnd - DAY_S);
    expect(typesSince(told)).toEqual(['customer.subscription.trial_will_end']);
    stripe.advance(one.periodEnd + DAY_S);
    expect([one.status, stripe.payments.size]).toEqual(['active', 1]);
  });

  test('begins on no page that is a day old', async () => {
    const id = await openPage();
    stripe.advance(stripe.now() + DAY_S);
    expect(stripe.sessions.get(id)?.status).toBe('expired');
    expect(stripe.events.at(-1)?.type).toBe('checkout.session.expired');
  });
});

describe('what is paid back', () => {
  test('is never more than was paid', async () => {
    await subscribe();
    const [payment] = [...stripe.payments.keys()];
    const refund = (amount: number) =>
      post('/v1/refunds', { payment_intent: payment ?? '', amount: String(amount) });
    expect((await refund(400)).status).toBe(200);
    expect((await refund(501)).status).toBe(400);
    expect((await refund(500)).status).toBe(200);
    expect((await refund(1)).body).toMatchObject({ error: { code: 'charge_already_refunded' } });
  });
});

describe('a key of a request', () => {
  const make = (name: string, key?: string) => post('/v1/customers', { name }, key);

  test('makes one thing in a day, and refuses another under it', async () => {
    const [first, again] = [await make('Kiln', 'k'), await make('Kiln', 'k')];
    expect(again.body).toEqual(first.body);
    expect(await make('Other', 'k')).toMatchObject({
      status: 400,
      body: { error: { type: 'idempotency_error' } },
    });
    stripe.advance(stripe.now() + DAY_S);
    expect((await make('Kiln', 'k')).body.id).not.toBe(first.body.id);
  });
});

describe('a list', () => {
  test('comes in pages, the newest first, ten at a time', async () => {
    for (let count = 0; count < 12; count += 1) stripe.addSubscription({ customer: 'cus_1', created: count });
    const headers = { authorization: `Bearer ${stripe.secretKey}` };
    const read = async (more: string) =>
      (await (await fetch(`${stripe.url}/v1/subscriptions?customer=cus_1${more}`, { headers })).json()) as {
        data: { id: string; created: number }[];
        has_more: boolean;
      };
    const first = await read('');
    expect([first.data.length, first.has_more, first.data[0]?.created]).toEqual([10, true, 11]);
    const second = await read(`&starting_after=${first.data.at(-1)?.id}`);
    expect([second.data.length, second.has_more]).toEqual([2, false]);
    expect(await read('&expand[]=data.nothing')).toMatchObject({ error: {} });
  });
});

describe('events', () => {
  test('come once, twice, late the last first, or never, as they were chosen', async () => {
    const came: string[] = [];
    const manners = ['once', 'twice', 'late', 'dropped', 'late'] as const;
    let next = 0;
    stripe.deliverTo(
      async (body) => {
        came.push((JSON.parse(body) as { type: string }).type);
      },
      () => manners[next++] ?? 'once',
    );
    for (const type of ['a', 'b', 'c', 'd', 'e']) stripe.emit(type, { object: 'test' });
    await stripe.delivered();
    expect(came).toEqual(['a', 'b', 'b']);
    await stripe.deliverLate();
    expect(came).toEqual(['a', 'b', 'b', 'e', 'c']);
  });

  test('are signed so that the client believes them', async () => {
    const believed: string[] = [];
    stripe.deliverTo(async (body, signature) => {
      believed.push(gateway().verifyEvent(Buffer.from(body), signature).type);
    });
    const one = await subscribe();
    await stripe.delivered();
    expect(believed).toEqual([
      'customer.created',
      'customer.subscription.created',
      'invoice.created',
      'invoice.finalized',
      'invoice.paid',
      'customer.subscription.updated',
      'checkout.session.completed',
    ]);
    expect(one.status).toBe('active');
  });

  test('of a seed come alike', () => {
    const draw = (seed: number) => {
      const choose = seededChoose(seed);
      return Array.from({ length: 50 }, () => choose({ id: '', type: '', created: 0, body: '' }));
    };
    expect(draw(1)).toEqual(draw(1));
    expect(new Set(draw(1)).size).toBe(4);
    expect(draw(1)).not.toEqual(draw(2));
  });
});

describe('a page where somebody pays', () => {
  const send = (path: string, fields: Record<string, string>) =>
    fetch(`${stripe.url}${path}`, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' });

  test('takes a card, and sends back with its session', async () => {
    const id = await openPage();
    const answer = await send(`/pay/${id}`, { card: '4242 4242 4242 4242' });
    expect(answer.headers.get('location')).toBe(`${stripe.url}/done?session=${id}`);
    expect(await (await fetch(`${stripe.url}/pay/${id}`)).text()).toContain('This was paid already');
  });

  test.each([
    ['declined', CARDS.declined.number],
    ['invalid', '1234'],
  ])('takes no card that is %s', async (word, card) => {
    const id = await openPage();
    expect(await (await send(`/pay/${id}`, { card })).text()).toContain(word);
    expect(stripe.subscriptions.size).toBe(0);
  });

  test('asks for 3-D Secure, which may fail', async () => {
    const id = await openPage();
    const asked = await send(`/pay/${id}`, { card: CARDS.authenticates.number });
    const bank = asked.headers.get('location') ?? '';
    expect(bank).toContain(`/pay/${id}/authenticate`);
    expect(await (await send(bank, { answer: 'no' })).text()).toContain('unable to authenticate');
    expect(stripe.subscriptions.size).toBe(0);
    expect((await send(bank, { answer: 'yes' })).status).toBe(303);
    expect([...stripe.subscriptions.values()][0]?.status).toBe('active');
  });

  test('of the customer changes card and address, and lists invoices', async () => {
    const { customer } = await subscribe('expires');
    const { url } = await gateway().openPortal(customer, 'https://stats.example.com/billing');
    await send(new URL(url).pathname, { card: CARDS.works.number, country: 'DE', vat: 'DE123456789' });
    expect(stripe.customers.get(customer)).toMatchObject({
      card: 'works',
      country: 'DE',
      vatId: 'DE123456789',
    });
    expect(await (await fetch(url)).text()).toContain('STANDIN-0001');
  });
});

test('its clock has a page, on which a person moves it', async () => {
  const one = await subscribe();
  const body = new URLSearchParams({ days: '40' });
  const said = await (await fetch(`${stripe.url}/clock`, { method: 'POST', body })).text();
  expect(said).toContain('invoice.paid');
  expect(invoicesIn(one)).toHaveLength(2);
});

test('fields of a form are a tree', () => {
  expect(nested({ 'items[0][price]': 'p', 'items[0][quantity]': '2', mode: 'm' })).toEqual({
    items: { 0: { price: 'p', quantity: '2' } },
    mode: 'm',
  });
});
