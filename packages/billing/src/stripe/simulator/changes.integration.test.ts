import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CARDS } from './card.fixture.ts';
import { startStripe } from './simulator.fixture.ts';
import {
  DAY_S,
  type SimulatedPrice,
  type SimulatedSubscription,
  type StripeSimulator,
} from './state.fixture.ts';

let stripe: StripeSimulator;
let one: SimulatedSubscription;

const price = (id: string, unit_amount: number, interval: 'month' | 'year' = 'month') => {
  const recurring = { interval, usage_type: 'licensed' } as const;
  const made: SimulatedPrice = {
    id,
    object: 'price',
    active: true,
    lookup_key: null,
    product: 'prod_1',
    currency: 'eur',
    unit_amount,
    recurring,
    metadata: {},
  };
  stripe.prices.set(id, made);
};

const post = async (path: string, fields: Record<string, string>) => {
  const headers = { authorization: `Bearer ${stripe.secretKey}` };
  const answer = await fetch(`${stripe.url}/v1/${path}`, {
    method: 'POST',
    headers,
    body: new URLSearchParams(fields),
  });
  return (await answer.json()) as Record<string, unknown>;
};

beforeEach(async () => {
  stripe = await startStripe();
  stripe.advance(Date.parse('2027-04-01T00:00:00Z') / 1_000);
  price('price_small', 1_000);
  price('price_big', 3_000);
  price('price_year', 10_000, 'year');
  const { id: customer = '' } = (await post('customers', {})) as { id?: string };
  const { id: page = '' } = (await post('checkout/sessions', {
    customer,
    'line_items[0][price]': 'price_small',
  })) as { id?: string };
  one = stripe.pay(page);
  stripe.advance(one.periodStart + 15 * DAY_S);
});
afterEach(() => stripe.close());

const invoices = () =>
  [...stripe.invoices.values()].map(({ status, lines }) => [
    status,
    lines.reduce((sum, { amount }) => sum + amount, 0),
  ]);
const change = (to: string) =>
  post(`subscriptions/${one.id}`, {
    'items[0][price]': to,
    proration_date: String(stripe.now()),
    payment_behavior: 'pending_if_incomplete',
  });
const setCard = (card: keyof typeof CARDS) => {
  const customer = stripe.customers.get(one.customer);
  if (customer !== undefined) customer.card = card;
};

describe('a change of price', () => {
  test('costs what the preview said, for the rest of the period', async () => {
    const preview = await post('invoices/create_preview', {
      subscription: one.id,
      'subscription_details[items][0][price]': 'price_big',
      'subscription_details[proration_date]': String(stripe.now()),
    });
    expect(preview.total).toBe(1_000);
    const { periodEnd } = one;
    await change('price_big');
    expect([one.price, one.periodEnd]).toEqual(['price_big', periodEnd]);
    expect(invoices()).toEqual([
      ['paid', 1_000],
      ['paid', 1_000],
    ]);
  });

  test('to years begins a year', async () => {
    await change('price_year');
    expect(new Date(one.periodEnd * 1_000).toISOString().slice(0, 10)).toBe('2028-04-16');
    expect(invoices().at(-1)).toEqual(['paid', 9_500]);
  });

  test('waits for a bank that asks, and takes place when its invoice is paid', async () => {
    setCard('always asks');
    expect(await change('price_big')).toMatchObject({ pending_update: { expires_at: expect.any(Number) } });
    expect([one.price, one.status]).toEqual(['price_small', 'active']);
    const body = new URLSearchParams({ card: CARDS['always asks'].number });
    await fetch(`${stripe.url}/invoice/${one.pending?.invoice}`, { method: 'POST', body });
    expect([one.price, one.pending]).toEqual(['price_big', null]);
  });

  test('that nobody pays for is given up', async () => {
    setCard('expires');
    await change('price_big');
    stripe.advance(stripe.now() + DAY_S);
    expect([one.price, one.pending, one.status]).toEqual(['price_small', null, 'active']);
    expect(invoices().at(-1)?.[0]).toBe('void');
  });

  test('that may not wait is refused, and leaves what there was', async () => {
    setCard('expires');
    const { latest_invoice: before } = one;
    const answer = await post(`subscriptions/${one.id}`, {
      'items[0][price]': 'price_big',
      payment_behavior: 'error_if_incomplete',
    });
    expect(answer).toMatchObject({ error: { code: 'card_declined' } });
    expect([one.price, one.latest_invoice]).toEqual(['price_small', before]);
  });
});

describe('a schedule', () => {
  test('takes force with the next period, and lets go a period later', async () => {
    const { id } = (await post('subscription_schedules', { from_subscription: one.id })) as { id?: string };
    await post(`subscription_schedules/${id}`, { 'phases[1][items][0][price]': 'price_big' });
    expect(await post(`subscriptions/${one.id}`, { cancel_at_period_end: 'true' })).toMatchObject({
      error: {},
    });
    stripe.advance(one.periodEnd + DAY_S);
    expect(one.price).toBe('price_big');
    expect(invoices().at(-1)).toEqual(['paid', 3_000]);
    stripe.advance(one.periodEnd + DAY_S);
    expect([one.price, one.schedule]).toEqual(['price_big', null]);
  });

  test('that was released changes nothing', async () => {
    const { id } = (await post('subscription_schedules', { from_subscription: one.id })) as { id?: string };
    await post(`subscription_schedules/${id}`, { 'phases[1][items][0][price]': 'price_big' });
    await post(`subscription_schedules/${id}/release`, {});
    stripe.advance(one.periodEnd + DAY_S);
    expect(one.price).toBe('price_small');
  });
});
