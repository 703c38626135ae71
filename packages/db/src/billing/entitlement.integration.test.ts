import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ControlPlane, freshControlPlane } from '../control-plane.fixture.ts';
import { readEntitlement } from './entitlement.ts';

const NOW = Date.parse('2026-12-01T12:00:00Z');
const DAY_MS = 24 * 3_600_000;

let plane: ControlPlane;
beforeAll(async () => {
  plane = await freshControlPlane();
  await plane.pool.query(
    `INSERT INTO plan (name, family, version, state, title, events_included, site_limit, features) VALUES
       ('growth-v1', 'growth', 1, 'archived', 'Growth', 100000, 5, '{dashboards,embeds}'),
       ('growth-v2', 'growth', 2, 'published', 'Growth', 200000, 9, '{dashboards,embeds,teleport}')`,
  );
  await plane.pool.query(
    `INSERT INTO plan_price VALUES ('price_1', 'growth-v1', 'EUR', 'month', 900), ('price_2', 'growth-v2', 'EUR', 'month', 1900)`,
  );
});
afterAll(() => plane.drop());

const run = (text: string, values: unknown[]) => plane.pool.query(text, values);

async function newTenant(plan?: string): Promise<string> {
  const { tenantId } = await plane.newTenant();
  if (plan !== undefined) await run('UPDATE tenant SET plan = $2 WHERE id = $1', [tenantId, plan]);
  return tenantId;
}

/** As the portal reads it, which sees the rows of one tenant. */
const read = (tenantId: string, now = NOW) => readEntitlement(plane.as('web').pool, tenantId, now);

async function subscribe(
  tenantId: string,
  status: string,
  more: { failingSince?: Date; endsAt?: Date } = {},
) {
  await run('INSERT INTO billing_account (tenant_id) VALUES ($1) ON CONFLICT DO NOTHING', [tenantId]);
  await run(
    `INSERT INTO subscription (tenant_id, stripe_id, plan, status, anchor, failing_since, ends_at)
     VALUES ($1, $2, 'growth-v1', $3, now(), $4, $5)`,
    [tenantId, `sub_${tenantId}`, status, more.failingSince ?? null, more.endsAt ?? null],
  );
}

test('a new tenant of a self-hosted installation has everything', async () => {
  const entitlement = await read(await newTenant());
  expect(entitlement).toMatchObject({
    state: 'free',
    plan: 'self-hosted',
    dashboards: true,
    collection: true,
  });
  expect(Object.values(entitlement.limits)).toEqual(Object.values(entitlement.limits).map(() => null));
  expect(Object.values(entitlement.features)).toEqual(Object.values(entitlement.features).map(() => true));
});

test('a limit that an operator has set with set-plan is told', async () => {
  await run(
    `INSERT INTO plan (name, event_limit_per_month, query_limit_per_hour) VALUES ('small', 1000, 60)`,
    [],
  );
  const { limits, state } = await read(await newTenant('small'));
  expect(state).toBe('free');
  expect(limits).toMatchObject({ events_per_month: 1_000, queries_per_hour: 60, sites: null });
});

test('a plan that is not there takes nothing', async () => {
  expect(await read(await newTenant('gone'))).toMatchObject({ plan: 'gone', features: { kibana: true } });
});

test('a plan that costs is locked without a subscription, and open in a trial of another', async () => {
  const tenantId = await newTenant('growth-v2');
  expect(await read(tenantId)).toMatchObject({ state: 'restricted', dashboards: false, collection: true });
  await run(
    `INSERT INTO billing_account (tenant_id, trial_plan, trial_ends_at) VALUES ($1, 'growth-v1', $2)`,
    [tenantId, new Date(NOW + DAY_MS)],
  );
  expect(await read(tenantId)).toMatchObject({ state: 'trial', plan: 'growth-v1', until: NOW + DAY_MS });
  expect(await read(tenantId, NOW + DAY_MS)).toMatchObject({ state: 'restricted', plan: 'growth-v2' });
});

test('a subscription goes before the plan of the tenant, whatever Stripe calls its status', async () => {
  const tenantId = await newTenant('growth-v2');
  await subscribe(tenantId, 'a_new_status');
  expect(await read(tenantId)).toMatchObject({
    state: 'active',
    plan: 'growth-v1',
    limits: { sites: 5, events_per_month: 100_000 },
    features: { embeds: true, kibana: false },
  });
});

test('grace is by when the payment failed first, and a subscription that was cancelled says when it ends', async () => {
  const [failing, ending] = [await newTenant(), await newTenant()];
  await subscribe(failing, 'past_due', { failingSince: new Date(NOW - DAY_MS) });
  await subscribe(ending, 'active', { endsAt: new Date(NOW + DAY_MS) });
  expect(await read(failing)).toMatchObject({ state: 'grace', until: NOW + 13 * DAY_MS });
  expect(await read(ending)).toMatchObject({ state: 'ending', until: NOW + DAY_MS });
});

test('what staff has given a tenant holds until it ends', async () => {
  const tenantId = await newTenant('small');
  const give = (limits: object, features: object, endsAt: Date | null) =>
    run(
      `INSERT INTO plan_override (id, tenant_id, limits, features, reason, made_by, ends_at) VALUES ($1, $2, $3, $4, 'a friend', 'cli', $5)`,
      [`override_${Math.random()}`, tenantId, limits, features, endsAt],
    );
  await give({ events_per_month: 5_000 }, { kibana: true }, null);
  await give({ events_per_month: 9_000 }, {}, new Date(NOW + DAY_MS));
  expect(await read(tenantId)).toMatchObject({
    limits: { events_per_month: 9_000 },
    features: { kibana: true },
  });
  expect(await read(tenantId, NOW + DAY_MS)).toMatchObject({ limits: { events_per_month: 5_000 } });
});

test.each([
  [`UPDATE plan SET site_limit = 99 WHERE name = 'growth-v2'`],
  [`UPDATE plan SET features = '{}' WHERE name = 'growth-v1'`],
  [`UPDATE plan SET state = 'draft' WHERE name = 'growth-v2'`],
  [`DELETE FROM plan WHERE name = 'growth-v1'`],
  [`UPDATE plan_price SET amount = 1 WHERE plan = 'growth-v2'`],
  [`DELETE FROM plan_price WHERE plan = 'growth-v2'`],
])('what was published stays as it is: %s', async (statement) => {
  await expect(run(statement, [])).rejects.toThrow(/stay/);
});

test('a plan that was published is archived, and its names at Stripe are noted', async () => {
  await run(
    `UPDATE plan SET state = 'archived', archived_at = now(), product_id = 'prod_1' WHERE name = 'growth-v2'`,
    [],
  );
  await run(`UPDATE plan_price SET stripe_id = 'price_x' WHERE plan = 'growth-v2'`, []);
});

test('staff stops a tenant, and its owner closes it', async () => {
  const tenantId = await newTenant();
  await run('UPDATE tenant SET suspended_at = now() WHERE id = $1', [tenantId]);
  expect(await read(tenantId)).toMatchObject({ state: 'suspended', dashboards: false, collection: false });
  await run('UPDATE tenant SET deletion_asked_at = now() WHERE id = $1', [tenantId]);
  expect(await read(tenantId)).toMatchObject({ state: 'closed', collection: false });
});

test('an unknown tenant is refused', async () => {
  await expect(read('tenant_nobody')).rejects.toMatchObject({ code: 'unknown_tenant' });
});
