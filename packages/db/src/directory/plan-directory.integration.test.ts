import { freePort } from '@footfall/postgres/free-port';
import { connectPool } from '@footfall/postgres/pool';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ControlPlane, freshControlPlane } from '../control-plane.fixture.ts';
import { suspendTenant } from '../staff/suspend.ts';
import { inTenant } from '../tenant/scope.ts';
import { DEFAULT_QUERY_LIMIT, PlanDirectory } from './plan-directory.ts';
import { SiteDirectory } from './site-directory.ts';

let plane: ControlPlane;
beforeAll(async () => {
  plane = await freshControlPlane();
});
afterAll(() => plane.drop());

async function limitOn(plan: string): Promise<number | null> {
  const { tenantId } = await plane.newTenant();
  await plane.db.tenant.update({ where: { id: tenantId }, data: { plan } });
  return new PlanDirectory(plane.pool).findQueryLimit(tenantId);
}

test('a new tenant of a self-hosted installation has no limit of queries', async () => {
  const { tenantId } = await plane.newTenant();
  expect(await new PlanDirectory(plane.pool).findQueryLimit(tenantId)).toBeNull();
});

test('a plan sets the limit', async () => {
  await plane.db.plan.create({ data: { name: 'small', queryLimitPerHour: 50 } });
  expect(await limitOn('small')).toBe(50);
});

test.each(['unheard of', '', 'Self-Hosted'])(
  'the plan %j, which nobody knows, has a limit all the same',
  async (plan) => {
    expect(await limitOn(plan)).toBe(DEFAULT_QUERY_LIMIT);
  },
);

test('a tenant that is not there has a limit', async () => {
  expect(await new PlanDirectory(plane.pool).findQueryLimit('tenant_x')).toBe(DEFAULT_QUERY_LIMIT);
});

const giveOverride = (tenantId: string, limits: object) =>
  plane.pool.query(
    `INSERT INTO plan_override (id, tenant_id, limits, reason, made_by) VALUES ($1, $2, $3, 'a friend', 'cli')`,
    [`override_${tenantId}`, tenantId, limits],
  );

test('collectors are told the ceiling of an operator’s own plan and the rate, with what staff has given', async () => {
  await plane.db.plan.create({
    data: { name: 'ceiling', eventLimitPerMonth: 100, eventLimitPerSecond: 7 },
  });
  const { tenantId } = await plane.newTenant();
  await plane.db.tenant.update({ where: { id: tenantId }, data: { plan: 'ceiling' } });
  const read = () => new PlanDirectory(plane.as('collector').pool).findAllowance(tenantId);
  expect(await read()).toEqual({ eventsPerMonth: 100, eventsPerSecond: 7 });
  await giveOverride(tenantId, { events_per_month: 900, events_per_second: 70 });
  expect(await read()).toEqual({ eventsPerMonth: 900, eventsPerSecond: 70 });
});

test('a plan that is sold takes more than it includes: that is asked to be paid, and never refused', async () => {
  await plane.pool.query(
    `INSERT INTO plan (name, family, state, events_included, event_limit_per_second) VALUES ('sold-v1', 'sold', 'published', 100, 50)`,
  );
  const { tenantId } = await plane.newTenant();
  await plane.db.tenant.update({ where: { id: tenantId }, data: { plan: 'sold-v1' } });
  await giveOverride(tenantId, { events_per_month: 10 });
  const plans = new PlanDirectory(plane.as('collector').pool);
  expect(await plans.findAllowance(tenantId)).toEqual({ eventsPerMonth: null, eventsPerSecond: 50 });
  expect(await plans.findEntitlement(tenantId)).toMatchObject({ limits: { events_per_month: 10 } });
});

test('what cannot be read locks nobody: a tenant may do everything, and somebody is told', async () => {
  const away = connectPool(`postgres://nobody@127.0.0.1:${await freePort()}/x`, { name: 'test' });
  const told: unknown[] = [];
  const plans = new PlanDirectory(away, { ttlMs: 1_000, onTrouble: (error) => told.push(error) });
  expect(await plans.findEntitlement('tenant_x')).toMatchObject({ dashboards: true, collection: true });
  expect(await plans.findAllowance('tenant_x')).toEqual({ eventsPerMonth: null, eventsPerSecond: null });
  // Questions are not unlimited: that protects the others.
  expect(await plans.findQueryLimit('tenant_x')).toBe(DEFAULT_QUERY_LIMIT);
  expect(told.length).toBeGreaterThan(0);
  await away.end();
});

test('what was known stands when a table of money is gone', async () => {
  const { tenantId } = await plane.newTenant();
  await plane.pool.query('UPDATE tenant SET suspended_at = now() WHERE id = $1', [tenantId]);
  const plans = new PlanDirectory(plane.pool, { ttlMs: 0 });
  expect(await plans.findEntitlement(tenantId)).toMatchObject({ state: 'suspended' });
  await plane.pool.query('ALTER TABLE subscription RENAME TO gone');
  try {
    expect(await plans.findEntitlement(tenantId)).toMatchObject({ state: 'suspended' });
    // Whom this process has never seen is let in, and may make things.
    const stranger = await plane.newTenant();
    expect(await new PlanDirectory(plane.pool).findEntitlement(stranger.tenantId)).toMatchObject({
      state: 'free',
      dashboards: true,
    });
    const site = { domain: 'open.example', actor: 'cli' };
    expect(await inTenant(plane.db, stranger.tenantId).sites.create(site)).toMatchObject({
      domain: 'open.example',
    });
  } finally {
    await plane.pool.query('ALTER TABLE gone RENAME TO subscription');
  }
});

test('the sites of a tenant that staff has stopped take nothing, and take again when it goes on', async () => {
  const { tenantId } = await plane.newTenant();
  const { id } = await inTenant(plane.db, tenantId).sites.create({ domain: 'stopped.example', actor: 'cli' });
  const isEnabled = async () => (await new SiteDirectory(plane.as('collector').pool).find(id))?.enabled;
  const actor = { id: 'user_staff', address: '192.0.2.7' };
  const act = (reason: string | null) =>
    suspendTenant(plane.as('operator').pool, { tenantId, reason, actor });
  await act('It sends spam to others');
  expect(await isEnabled()).toBe(false);
  await act(null);
  expect(await isEnabled()).toBe(true);
});
