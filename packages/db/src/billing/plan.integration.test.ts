import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ControlPlane, freshControlPlane } from '../control-plane.fixture.ts';
import { listPlans } from '../staff/plans.ts';
import { findSubscriber, listBillingAlarms, listSubscribers } from '../staff/subscribers.ts';
import { inTenant } from '../tenant/scope.ts';
import { listPublicPlans } from './plan.ts';
import { readSiteUse } from './site-use.ts';

let plane: ControlPlane;
let tenantId: string;
beforeAll(async () => {
  plane = await freshControlPlane();
  ({ tenantId } = await plane.newTenant());
  await plane.pool.query(
    `INSERT INTO plan (name, family, version, state, title, is_public, events_included) VALUES
       ('growth-v1', 'growth', 1, 'published', 'Growth', true, 1),
       ('growth-v2', 'growth', 2, 'published', 'Growth', true, 2),
       ('growth-v3', 'growth', 3, 'draft', 'Growth', true, 3),
       ('basic-v1', 'basic', 1, 'published', 'Basic', true, 1),
       ('secret-v1', 'secret', 1, 'published', 'Secret', false, 1),
       ('old-v1', 'old', 1, 'archived', 'Old', true, 1)`,
  );
  await plane.pool.query(
    `INSERT INTO plan_price VALUES ('p1', 'growth-v2', 'EUR', 'year', 19000), ('p2', 'growth-v2', 'EUR', 'month', 1900), ('p3', 'basic-v1', 'EUR', 'month', 900)`,
  );
});
afterAll(() => plane.drop());

test('strangers see the newest published version of each public plan, the cheapest first', async () => {
  const plans = await listPublicPlans(plane.as('web').pool);
  expect(plans.map(({ name }) => name)).toEqual(['basic-v1', 'growth-v2']);
  expect(plans[1]).toMatchObject({
    title: 'Growth',
    events: 2,
    prices: [
      { currency: 'EUR', interval: 'month', amount: 1900 },
      { currency: 'EUR', interval: 'year', amount: 19000 },
    ],
  });
});

test('staff sees every plan, with how many tenants are on it', async () => {
  await plane.pool.query('INSERT INTO billing_account (tenant_id) VALUES ($1)', [tenantId]);
  await plane.pool.query(
    `INSERT INTO subscription (tenant_id, stripe_id, plan, status, anchor) VALUES ($1, 'sub_1', 'growth-v1', 'active', now())`,
    [tenantId],
  );
  await plane.newTenant();
  const plans = await listPlans(plane.as('operator').pool);
  expect(plans).toHaveLength(7);
  expect(plans.filter(({ tenants }) => tenants > 0).map(({ name, tenants }) => [name, tenants])).toEqual([
    ['growth-v1', 1],
    ['self-hosted', 1],
  ]);
  const { pool } = plane.as('operator');
  const all = { search: '', state: null, plan: '', after: null, now: Date.now() };
  const { rows } = await listSubscribers(pool, all);
  expect(rows.map(({ plan, status }) => [plan, status])).toEqual([
    ['self-hosted', null],
    ['growth-v1', 'active'],
  ]);
  // One that counts alone is found by each thing that it is found by.
  for (const over of [
    { search: tenantId },
    { search: 'sub_1' },
    { state: 'active' as const },
    { plan: 'growth-v1' },
  ])
    expect((await listSubscribers(pool, { ...all, ...over })).rows.map(({ id }) => id)).toEqual([tenantId]);
  for (const over of [
    { search: '%' },
    { state: 'past_due' as const },
    { state: 'trial' as const },
    { plan: 'x' },
  ])
    expect((await listSubscribers(pool, { ...all, ...over })).rows).toEqual([]);
  expect(await findSubscriber(pool, tenantId)).toMatchObject({
    subscription: { stripeId: 'sub_1', status: 'active', isKnown: false },
    overrides: [],
  });
  expect(await findSubscriber(pool, 'tenant_none')).toBeNull();
  await plane.pool.query('UPDATE billing_account SET live_count = 2 WHERE tenant_id = $1', [tenantId]);
  expect((await listBillingAlarms(pool)).map(({ id, kind }) => [id, kind])).toEqual([
    [tenantId, 'duplicates'],
    [tenantId, 'unknown_price'],
  ]);
});

test('the use of sites is what they have stored without bots, of the tenant’s own alone', async () => {
  const scope = inTenant(plane.db, tenantId);
  const [busy, quiet] = [
    await scope.sites.create({ domain: 'busy.example', actor: 'cli' }),
    await scope.sites.create({ domain: 'quiet.example', actor: 'cli' }),
  ];
  await plane.pool.query(
    `INSERT INTO ledger_day VALUES ($1, '2026-11-30', 'stored', 100), ($1, '2026-12-01', 'stored', 5),
       ($1, '2026-12-02', 'stored', 4), ($1, '2026-12-02', 'bot', 2), ($1, '2026-12-02', 'duplicate', 9)`,
    [busy.id],
  );
  const other = await plane.newTenant();
  await inTenant(plane.db, other.tenantId).sites.create({ domain: 'other.example', actor: 'cli' });
  const { pool } = plane.as('web');
  expect(await readSiteUse(pool, tenantId, '2026-12-01')).toEqual([
    { siteId: busy.id, domain: 'busy.example', events: 7 },
    { siteId: quiet.id, domain: 'quiet.example', events: 0 },
  ]);
});
