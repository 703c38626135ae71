import { type ControlPlane, freshControlPlane } from '@footfall/db/control-plane.fixture';
import { readRevenue, readTrials } from '@footfall/db/staff/revenue';
import type { Pool } from '@footfall/postgres/pool';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { noteRevenue } from './note-revenue.ts';

const at = (day: string) => Date.parse(`${day}T12:00:00Z`);

let plane: ControlPlane;
let scheduler: Pool;
let tenants: string[];
beforeAll(async () => {
  plane = await freshControlPlane();
  scheduler = plane.as('scheduler').pool;
  await plane.pool.query(
    `INSERT INTO plan (name, family, version, state, title) VALUES ('growth-v1', 'growth', 1, 'published', 'Growth')`,
  );
  await plane.pool.query(
    `INSERT INTO plan_price VALUES ('m', 'growth-v1', 'EUR', 'month', 1000, 'pm'), ('y', 'growth-v1', 'EUR', 'year', 9600, 'py'), ('u', 'growth-v1', 'USD', 'month', 1100, 'pu')`,
  );
  tenants = [];
  for (let n = 0; n < 4; n += 1) tenants.push((await plane.newTenant()).tenantId);
  for (const tenantId of tenants)
    await plane.pool.query('INSERT INTO billing_account (tenant_id) VALUES ($1)', [tenantId]);
});
beforeEach(async () => {
  await plane.pool.query('TRUNCATE revenue_month');
  await plane.pool.query('DELETE FROM subscription');
  await plane.pool.query('UPDATE billing_account SET trial_plan = NULL, trial_ends_at = NULL');
});
afterAll(() => plane.drop());

const subscribe = (tenant: number, price: string, status = 'active') =>
  plane.pool.query(
    `INSERT INTO subscription (tenant_id, stripe_id, plan, price_id, status, anchor) VALUES ($1, $1, 'growth-v1', $2, $3, now())
     ON CONFLICT (tenant_id) DO UPDATE SET price_id = excluded.price_id, status = excluded.status`,
    [tenants[tenant], price, status],
  );
const end = (tenant: number) =>
  plane.pool.query('DELETE FROM subscription WHERE tenant_id = $1', [tenants[tenant]]);
const read = (now: number) => readRevenue(plane.as('operator').pool, now);

test('a month has what its payers pay a month at its end, each currency for itself, however often it is looked at', async () => {
  await subscribe(0, 'pm');
  await subscribe(1, 'py');
  await subscribe(2, 'pu', 'past_due');
  await subscribe(3, 'pm', 'trialing');
  for (const day of ['2026-11-10', '2026-11-10', '2026-11-29']) await noteRevenue(scheduler, at(day));
  expect(await read(at('2026-11-30'))).toEqual([
    { currency: 'EUR', month: '2026-11', mrr: 1_800, payers: 2, payersBefore: 0, lost: 0 },
    { currency: 'USD', month: '2026-11', mrr: 1_100, payers: 1, payersBefore: 0, lost: 0 },
  ]);
});

test('whoever paid in the month before and does not any more is lost; who comes and goes within a month is not', async () => {
  await subscribe(0, 'pm');
  await subscribe(1, 'pm');
  await noteRevenue(scheduler, at('2026-11-29'));
  await end(0);
  await subscribe(2, 'pm');
  await noteRevenue(scheduler, at('2026-12-05'));
  await end(2);
  await noteRevenue(scheduler, at('2026-12-20'));
  const [december, november] = await read(at('2026-12-21'));
  expect(december).toMatchObject({ month: '2026-12', mrr: 1_000, payers: 1, payersBefore: 2, lost: 1 });
  expect(november).toMatchObject({ month: '2026-11', mrr: 2_000, payers: 2 });
});

test('a run that comes late writes nothing over what is newer', async () => {
  await subscribe(0, 'pm');
  await noteRevenue(scheduler, at('2026-11-20'));
  await end(0);
  await noteRevenue(scheduler, at('2026-11-10'));
  expect((await read(at('2026-11-30')))[0]).toMatchObject({ mrr: 1_000 });
});

test('a trial that ended is kept by whoever pays within two weeks, and lost by others', async () => {
  const trial = (tenant: number, day: string) =>
    plane.pool.query(
      `UPDATE billing_account SET trial_plan = 'growth-v1', trial_ends_at = $2 WHERE tenant_id = $1`,
      [tenants[tenant], new Date(at(day))],
    );
  await trial(0, '2026-11-28');
  await trial(1, '2026-11-28');
  await trial(2, '2026-12-20');
  await noteRevenue(scheduler, at('2026-11-29'));
  const trials = () => readTrials(plane.as('operator').pool, at('2026-12-10'));
  expect(await trials()).toEqual([{ month: '2026-11', kept: 0, lost: 2 }]);
  await subscribe(0, 'pm');
  await noteRevenue(scheduler, at('2026-12-05'));
  expect(await trials()).toEqual([{ month: '2026-11', kept: 1, lost: 1 }]);
  await end(0);
  await noteRevenue(scheduler, at('2026-12-19'));
  expect(await trials()).toEqual([{ month: '2026-11', kept: 1, lost: 1 }]);
});

test('it says of no payer who that is', async () => {
  await subscribe(0, 'pm');
  await noteRevenue(scheduler, at('2026-11-20'));
  const { rows } = await plane.pool.query<{ payer: string }>('SELECT payer FROM revenue_month');
  expect(rows[0]?.payer).not.toContain(tenants[0]);
});
