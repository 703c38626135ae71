import { type ControlPlane, freshControlPlane } from '@footfall/db/control-plane.fixture';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { deleteOldEvents, syncStale } from './stale.ts';
import { startStripe } from './stripe/simulator/simulator.fixture.ts';
import type { StripeSimulator } from './stripe/simulator/state.fixture.ts';
import { stripeGateway } from './stripe/stripe-gateway.ts';

let plane: ControlPlane;
let stripe: StripeSimulator;
beforeAll(async () => {
  [plane, stripe] = await Promise.all([freshControlPlane(), startStripe()]);
});
afterAll(() => Promise.all([plane.drop(), stripe.close()]));

const log = { info: vi.fn(), warn: vi.fn(), error: vi.fn() };
const run = () => {
  const { secretKey, webhookSecret, url } = stripe;
  const gateway = stripeGateway({ secretKey, webhookSecret, apiBase: url });
  return syncStale(plane.as('scheduler').pool, { gateway, log, now: Date.now });
};

const addCustomer = async (syncedAgo: string | null) => {
  const { tenantId } = await plane.newTenant();
  await plane.pool.query(
    `INSERT INTO billing_account (tenant_id, customer_id, synced_at) VALUES ($1, $2, now() - $3::interval)`,
    [tenantId, `cus_${tenantId}`, syncedAgo],
  );
  return tenantId;
};

test('customers whom no event was about for an hour are read again, and no others', async () => {
  const never = await addCustomer(null);
  const old = await addCustomer('2 hours');
  await addCustomer('10 minutes');
  stripe.addSubscription({ customer: `cus_${old}`, price: 'price_by_hand', plan: 'self-hosted' });
  expect(await run()).toBe(2);
  expect(await run()).toBe(0);
  const { rows } = await plane.pool.query<{ tenant_id: string; plan: string }>(
    'SELECT tenant_id, plan FROM subscription',
  );
  expect(rows).toEqual([{ tenant_id: old, plan: 'self-hosted' }]);
  expect(rows).not.toContainEqual(expect.objectContaining({ tenant_id: never }));
});

test('while the provider is away they wait, each with a line in the log', async () => {
  await plane.pool.query(`UPDATE billing_account SET synced_at = now() - interval '2 hours'`);
  stripe.failWith = 500;
  log.warn.mockClear();
  expect(await run()).toBe(0);
  expect(log.warn).toHaveBeenCalledTimes(3);
  stripe.failWith = null;
  expect(await run()).toBe(3);
});

test('events that were handled long ago are deleted, those that wait are not', async () => {
  await plane.pool.query(
    `INSERT INTO payment_event (id, type, received_at, handled_at) VALUES
       ('old', 'invoice.paid', now() - interval '91 days', now()), ('new', 'invoice.paid', now(), now()),
       ('waits', 'invoice.paid', now() - interval '91 days', NULL)`,
  );
  await deleteOldEvents(plane.as('scheduler').pool);
  const { rows } = await plane.pool.query<{ id: string }>('SELECT id FROM payment_event ORDER BY id');
  expect(rows.map(({ id }) => id)).toEqual(['new', 'waits']);
});
