import { openBilling } from '@footfall/billing/billing';
import { startStripe } from '@footfall/billing/stripe/simulator/simulator.fixture';
import type { StripeSimulator } from '@footfall/billing/stripe/simulator/state.fixture';
import { stripeGateway } from '@footfall/billing/stripe/stripe-gateway';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { openPortal, type Portal } from '#runtime/portal.fixture.ts';
import { provideServices } from '#runtime/services.ts';
import { POST as receive } from './route.ts';

let portal: Portal;
let stripe: StripeSimulator;
beforeAll(async () => {
  [portal, stripe] = await Promise.all([openPortal(), startStripe()]);
});
afterAll(() => Promise.all([portal.close(), stripe.close()]));

const log = { info: vi.fn(), warn: vi.fn(), error: vi.fn() };

function billingWith(webhookSecret: string | null): void {
  const gateway = stripeGateway({ secretKey: stripe.secretKey, webhookSecret, apiBase: stripe.url });
  provideServices({ ...portal, billing: openBilling(portal.pool, { gateway, log, now: Date.now }) });
}

const send = async (body: string, signature?: string) => {
  const headers: HeadersInit = signature === undefined ? {} : { 'stripe-signature': signature };
  const request = new Request('http://portal.example/api/stripe/webhook', { method: 'POST', body, headers });
  const response = await receive(request);
  const { error } = (await response.json()) as { error?: { code: string } };
  return [response.status, error?.code];
};

const noted = async () =>
  (await portal.others.pool.query<{ id: string }>('SELECT id FROM payment_event')).rows.map(({ id }) => id);

it('without billing there is nothing to send to', async () => {
  provideServices({ ...portal, billing: null });
  const { body, signature } = stripe.sign('invoice.paid', { object: 'invoice', customer: 'cus_1' });
  expect(await send(body, signature)).toEqual([404, 'not_found']);
});

it('without the secret nothing that comes is believed', async () => {
  billingWith(null);
  const { body, signature } = stripe.sign('invoice.paid', { object: 'invoice', customer: 'cus_1' });
  expect(await send(body, signature)).toEqual([503, 'webhooks_off']);
});

it('what Stripe has signed is noted once, and what it has not is refused', async () => {
  billingWith(stripe.webhookSecret);
  const { id, body, signature } = stripe.sign('invoice.paid', { object: 'invoice', customer: 'cus_1' });
  expect(await send(body, signature)).toEqual([200, undefined]);
  expect(await send(body, signature)).toEqual([200, undefined]);
  expect(await send(`${body} `, signature)).toEqual([400, 'invalid_signature']);
  expect(await send(body)).toEqual([400, 'invalid_signature']);
  expect(await send('{"id":"evt_forged"}', 't=1,v1=00')).toEqual([400, 'invalid_signature']);
  expect(await noted()).toEqual([id]);
});
