import { readEntitlement } from '@footfall/db/billing/entitlement';
import { type ControlPlane, freshControlPlane } from '@footfall/db/control-plane.fixture';
import { findSubscriber } from '@footfall/db/staff/subscribers';
import type { Pool } from '@footfall/postgres/pool';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addOverride, assignByHand, endOverride, giveTrial } from './terms.ts';

const NOW = Date.parse('2026-12-01T12:00:00Z');
const DAY_MS = 24 * 3_600_000;
const actor = { id: 'user_b', address: '192.0.2.1' };
const reason = 'Ticket 4711: a month for free';

let plane: ControlPlane;
let pool: Pool;
beforeAll(async () => {
  plane = await freshControlPlane();
  pool = plane.as('operator').pool;
  await plane.pool.query(
    `INSERT INTO plan (name, family, version, state, title, site_limit) VALUES
       ('growth-v1', 'growth', 1, 'published', 'Growth', 3), ('free-v1', 'free', 1, 'published', 'Free', 1), ('next-v1', 'next', 1, 'draft', 'Next', 9)`,
  );
  await plane.pool.query(`INSERT INTO plan_price VALUES ('p1', 'growth-v1', 'EUR', 'month', 900)`);
});
afterAll(() => plane.drop());

const newTenant = async () => (await plane.newTenant()).tenantId;
const entitlement = (tenantId: string, now = NOW) => readEntitlement(pool, tenantId, now);
const audit = async (tenantId: string) =>
  (
    await plane.pool.query<{ action: string }>(
      'SELECT action FROM platform_audit WHERE about_tenant = $1 ORDER BY created_at, ctid',
      [tenantId],
    )
  ).rows.map(({ action }) => action);

test('a limit and a feature are changed for one tenant, until a day, and back again', async () => {
  const [tenantId, other] = [await newTenant(), await newTenant()];
  const until = NOW + 30 * DAY_MS;
  const given = { tenantId, reason, actor, now: NOW };
  await addOverride(pool, { ...given, term: { limit: 'sites', value: 7 }, until });
  await addOverride(pool, { ...given, term: { feature: 'sso', isIn: false }, until: null });
  expect(await entitlement(tenantId)).toMatchObject({
    limits: { sites: 7 },
    features: { sso: false, webhooks: true },
  });
  expect(await entitlement(tenantId, until)).toMatchObject({
    limits: { sites: null },
    features: { sso: false },
  });
  expect(await entitlement(other)).toMatchObject({ limits: { sites: null }, features: { sso: true } });
  const [latest] = (await findSubscriber(pool, tenantId))?.overrides ?? [];
  expect(latest).toMatchObject({ features: { sso: false }, reason, endsAt: null });
  // Only of the tenant that it is of.
  await endOverride(pool, { id: latest?.id ?? '', tenantId: other, actor });
  expect(await entitlement(tenantId, Date.now())).toMatchObject({ features: { sso: false } });
  await endOverride(pool, { id: latest?.id ?? '', tenantId, actor });
  expect(await entitlement(tenantId, Date.now() + 1_000)).toMatchObject({ features: { sso: true } });
  expect(await audit(tenantId)).toEqual(['override.add', 'override.add', 'override.end']);
});

test.each([
  ['half a site', { term: { limit: 'sites', value: 1.5 } }, 'invalid_override', 'value'],
  ['fewer than none', { term: { limit: 'sites', value: -1 } }, 'invalid_override', 'value'],
  ['a limit that there is not', { term: { limit: 'tea', value: 1 } }, 'invalid_override', 'what'],
  ['a feature that there is not', { term: { feature: 'tea', isIn: true } }, 'invalid_override', 'what'],
  ['yesterday', { until: NOW - 1 }, 'invalid_until', 'until'],
  ['no day', { until: Number.NaN }, 'invalid_until', 'until'],
  ['a day far away', { until: NOW + 10_000 * DAY_MS }, 'invalid_until', 'until'],
  ['a word as a reason', { reason: 'so' }, 'invalid_reason', 'reason'],
  ['nobody', { tenantId: 'tenant_none' }, 'no_such_tenant', 'tenant'],
])('with %s nothing is changed', async (_, over, code, where) => {
  const term = { limit: 'sites', value: 1 } as const;
  const given = { tenantId: await newTenant(), term, until: null, reason, actor, now: NOW };
  await expect(addOverride(pool, { ...given, ...over } as typeof given)).rejects.toMatchObject({
    code,
    where,
  });
  expect(await audit(given.tenantId)).toEqual([]);
});

test('a trial is given, and given again, whatever was tried before', async () => {
  const tenantId = await newTenant();
  const give = (plan: string, days: number) =>
    giveTrial(pool, { tenantId, plan, until: NOW + days * DAY_MS, now: NOW, reason, actor });
  await give('growth-v1', 14);
  expect(await entitlement(tenantId)).toMatchObject({
    state: 'trial',
    plan: 'growth-v1',
    limits: { sites: 3 },
  });
  expect(await entitlement(tenantId, NOW + 20 * DAY_MS)).toMatchObject({ state: 'free' });
  await give('growth-v1', 30);
  expect(await entitlement(tenantId, NOW + 20 * DAY_MS)).toMatchObject({ state: 'trial' });
  for (const plan of ['next-v1', 'none'])
    await expect(give(plan, 14)).rejects.toMatchObject({ code: 'no_such_tenant' });
});

test('by hand a tenant is put on a plan that costs nothing, and on no other', async () => {
  const tenantId = await newTenant();
  await assignByHand(pool, { tenantId, plan: 'free-v1', reason, actor });
  expect(await entitlement(tenantId)).toMatchObject({ plan: 'free-v1', state: 'free', limits: { sites: 1 } });
  for (const plan of ['growth-v1', 'next-v1', 'none'])
    await expect(assignByHand(pool, { tenantId, plan, reason, actor })).rejects.toMatchObject({
      code: 'needs_payment',
    });
  expect(await audit(tenantId)).toEqual(['tenant.plan']);
  await expect(pool.query(`UPDATE tenant SET plan = 'free-v1'`)).rejects.toThrow('permission denied');
});
