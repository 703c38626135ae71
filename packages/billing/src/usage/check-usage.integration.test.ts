import { type ControlPlane, freshControlPlane } from '@footfall/db/control-plane.fixture';
import { applyLedger } from '@footfall/db/count/ledger';
import { inTenant } from '@footfall/db/tenant/scope';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { addCustomer, simulatedMeters } from '../stripe/simulator/meters.fixture.ts';
import { startStripe } from '../stripe/simulator/simulator.fixture.ts';
import type { StripeSimulator } from '../stripe/simulator/state.fixture.ts';
import { stripeMeters } from '../stripe/stripe-meters.ts';
import { checkUsage } from './check-usage.ts';
import type { MeterGateway } from './meter-gateway.ts';
import { tellUsage } from './meter-outbox.ts';

const HOUR_MS = 3_600_000;
const NOW = Date.parse('2026-11-10T12:30:00Z');

let plane: ControlPlane;
let stripe: StripeSimulator;
let meters: MeterGateway;
const log = { warn: vi.fn(), error: vi.fn() };
let tenantId: string;
let siteId: string;
let offset = 0;

/** So many events of a time are stored, as the processor counts them. */
async function store(at: number, events: number) {
  const line = {
    siteId,
    day: new Date(at).toISOString().slice(0, 10),
    outcome: 'stored' as const,
    receivedAt: at,
  };
  offset += 1;
  const lines = [{ ...line, offset, count: events }];
  await applyLedger(plane.as('processor').pool, { stream: 'check', partition: 0, lines, lastOffset: offset });
}

beforeAll(async () => {
  [plane, stripe] = await Promise.all([freshControlPlane(), startStripe()]);
  stripe.now = () => NOW / 1_000;
  meters = stripeMeters({ secretKey: stripe.secretKey, apiBase: stripe.url });
  ({ tenantId } = await plane.newTenant());
  siteId = (await inTenant(plane.db, tenantId).sites.create({ domain: 'a.example', actor: 'cli' })).id;
  addCustomer(stripe, 'cus_checked');
  await plane.pool.query(`INSERT INTO plan (name, family, state) VALUES ('sold-v1', 'sold', 'published')`);
  await plane.pool.query(
    `INSERT INTO billing_account (tenant_id, customer_id, created_at) VALUES ($1, 'cus_checked', '2026-11-01T00:00:00Z')`,
    [tenantId],
  );
  await plane.pool.query(
    `INSERT INTO subscription (tenant_id, stripe_id, plan, status, anchor) VALUES ($1, 'sub_checked', 'sold-v1', 'active', '2026-11-01T00:00:00Z')`,
    [tenantId],
  );
  // Counting began days ago; the first days are not compared.
  await store(NOW - 8 * 24 * HOUR_MS, 3);
});
afterAll(() => Promise.all([plane.drop(), stripe.close()]));

const pool = () => plane.as('scheduler').pool;
const check = (now = NOW) => checkUsage(pool(), { meters, log, now });

test('what is counted once agrees, and the result is kept', async () => {
  await store(NOW - 5 * HOUR_MS, 7);
  await store(NOW - HOUR_MS, 2);
  await tellUsage(pool(), { meters, log, now: NOW });
  expect(await check()).toMatchObject({ siteDays: 1, tenantHours: 1, unread: 0, differences: [] });
  expect(log.error).not.toHaveBeenCalled();
  const { rows } = await plane.pool.query('SELECT differences FROM usage_check');
  expect(rows).toEqual([{ differences: 0 }]);
});

test('an hour that Stripe has otherwise is found, said and kept; those of the last two hours are not looked at', async () => {
  const { events } = simulatedMeters(stripe);
  const first = events.find(({ value }) => value === 7);
  if (first === undefined) expect.fail('nothing was told');
  first.value += 1;
  // Of the last two hours nothing is said.
  await store(NOW - HOUR_MS, 5);
  const { differences } = await check();
  expect(differences).toEqual([
    { between: 'hours and provider', tenantId, hour: '2026-11-10T07:00:00.000Z', hours: 7, provider: 8 },
  ]);
  expect(log.error).toHaveBeenCalledOnce();
  first.value -= 1;
});

test('a ledger that has counted more than the hours is found', async () => {
  await plane.pool.query(
    `UPDATE ledger_day SET count = count + 1 WHERE site_id = $1 AND day = '2026-11-10'`,
    [siteId],
  );
  expect((await check()).differences).toEqual([
    { between: 'ledger and hours', siteId, day: '2026-11-10', ledger: 15, hours: 14 },
  ]);
  await plane.pool.query(
    `UPDATE ledger_day SET count = count - 1 WHERE site_id = $1 AND day = '2026-11-10'`,
    [siteId],
  );
});

test('while Stripe is away its part is not known, and ours is', async () => {
  const away = { ...meters, listHours: () => Promise.reject(new Error('away')) };
  expect(await checkUsage(pool(), { meters: away, log, now: NOW })).toMatchObject({
    siteDays: 1,
    unread: 1,
    differences: [],
  });
});
