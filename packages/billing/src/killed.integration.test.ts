import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type ControlPlane, freshControlPlane } from '@footfall/db/control-plane.fixture';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCheckout } from './checkout.ts';
import { sellPlans } from './random-order.fixture.ts';
import { startStripe } from './stripe/simulator/simulator.fixture.ts';
import type { StripeSimulator } from './stripe/simulator/state.fixture.ts';
import { stripeGateway } from './stripe/stripe-gateway.ts';
import { settleTenant } from './sync.ts';

const PROGRAM = fileURLToPath(new URL('./pay.process.fixture.ts', import.meta.url));

let plane: ControlPlane;
let stripe: StripeSimulator;
beforeAll(async () => {
  [plane, stripe] = await Promise.all([freshControlPlane(), startStripe()]);
  await sellPlans(plane);
});
afterAll(() => Promise.all([plane.drop(), stripe.close()]));

const start = (tenantId: string): ChildProcess =>
  spawn(process.execPath, [PROGRAM, plane.url, stripe.url, tenantId], { stdio: 'inherit' });

/** Requests until a page is open: customer (1), its name, subscriptions, pages, subscriptions, a page (6). */
const REQUESTS = [1, 2, 6];

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const options = () => {
  const { secretKey, url: apiBase } = stripe;
  const gateway = stripeGateway({ secretKey, webhookSecret: null, apiBase });
  return { gateway, log: silent, now: Date.now };
};
const REQUEST = {
  tenantName: 'Kiln',
  email: 'bob@kiln.example',
  priceId: 'p_month',
  locale: 'de',
  successUrl: 'https://a.example/{CHECKOUT_SESSION_ID}',
  cancelUrl: 'https://a.example',
};

async function dieAfter(request: number, tenantId: string): Promise<void> {
  let asked = 0;
  const child = start(tenantId);
  const exit = once(child, 'exit');
  stripe.onExchange = () => {
    asked += 1;
    // The answer is on its way to nobody: what was asked has been done.
    if (asked === request) child.kill('SIGKILL');
  };
  expect(await exit, `request ${request}`).toEqual([null, 'SIGKILL']);
  stripe.onExchange = null;
}

test('a process that is killed after any request to the provider leaves one customer, and one page to pay on for whoever goes on', async () => {
  for (const request of REQUESTS) {
    const tenantId = `t_${randomUUID()}`;
    await plane.pool.query(`INSERT INTO tenant (id, name) VALUES ($1, 'Kiln')`, [tenantId]);
    await dieAfter(request, tenantId);
    await openCheckout(plane.as('web').pool, { ...REQUEST, tenantId }, options());
    const customers = [...stripe.customers.values()].filter(
      ({ metadata }) => metadata.tenant_id === tenantId,
    );
    expect(customers, `request ${request}`).toHaveLength(1);
    const open = [...stripe.sessions.values()].filter(
      ({ customer, status }) => customer === customers[0]?.id && status === 'open',
    );
    expect(open, `request ${request}`).toHaveLength(1);
    const { id } = stripe.pay(open[0]?.id ?? '');
    const synced = await settleTenant(plane.as('web').pool, tenantId, options());
    expect(synced).toMatchObject({ winner: { id }, duplicates: [] });
  }
}, 120_000);
