import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ControlPlane, freshControlPlane } from '../control-plane.fixture.ts';
import { suspendTenant } from '../staff/suspend.ts';
import { inTenant } from './scope.ts';

let plane: ControlPlane;
beforeAll(async () => {
  plane = await freshControlPlane();
  await plane.pool.query(
    `INSERT INTO plan (name, family, state, title, site_limit, member_limit) VALUES ('small-v1', 'small', 'published', 'Small', 2, 1)`,
  );
});
afterAll(() => plane.drop());

async function newTenant() {
  const made = await plane.newTenant();
  await plane.db.tenant.update({ where: { id: made.tenantId }, data: { plan: 'small-v1' } });
  return { ...made, scope: inTenant(plane.as('web').db, made.tenantId) };
}

test('sites are as many as the plan has room for, however many ask at once; the failure names the plan', async () => {
  const { scope } = await newTenant();
  const make = (n: number) => scope.sites.create({ domain: `${n}.example`, actor: 'cli' });
  const made = await Promise.allSettled([1, 2, 3, 4, 5].map(make));
  expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
  await expect(make(6)).rejects.toMatchObject({
    code: 'plan_limit',
    status: 402,
    where: 'domain',
    values: { thing: 'sites', most: 2, plan: 'Small' },
  });
});

test('members are as many as the plan has room for, with those who are invited', async () => {
  const { scope, userId } = await newTenant();
  await expect(
    scope.invitations.create({
      email: 'b@shop.example',
      role: 'viewer',
      sites: 'all',
      actor: userId,
      actorRole: 'owner',
    }),
  ).rejects.toMatchObject({
    code: 'plan_limit',
    where: 'email',
    values: { thing: 'members', plan: 'Small' },
  });
});

test('a webhook and a provider of sign-on need the plan to include them; self-hosted includes all', async () => {
  const { scope, userId } = await newTenant();
  const webhook = {
    url: 'https://hooks.example/',
    events: ['site.first_event'],
    installationSecret: 'a-long-random-text-of-32-characters-or-more',
    actor: userId,
  };
  await expect(scope.webhooks.create(webhook)).rejects.toMatchObject({
    code: 'plan_feature',
    values: { feature: 'webhooks', plan: 'Small' },
  });
  const own = await plane.newTenant();
  const error = await inTenant(plane.db, own.tenantId)
    .webhooks.create(webhook)
    .catch((failure: { code: string }) => failure.code);
  expect(error).not.toBe('plan_feature');
});

test('staff stops a tenant once, with a reason that it reads, and lets it go on', async () => {
  const { tenantId, scope } = await newTenant();
  const { pool } = plane.as('operator');
  const actor = { id: 'user_staff', address: '192.0.2.7' };
  const act = (reason: string | null) => suspendTenant(pool, { tenantId, reason, actor });
  await expect(act('spam')).rejects.toMatchObject({ code: 'invalid_reason' });
  expect(await act('It sends spam to others')).toBe('It sends spam to others');
  expect(await scope.support.readSuspension()).toBe('It sends spam to others');
  await expect(act('It sends spam to others')).rejects.toMatchObject({ code: 'suspension_unchanged' });
  await act(null);
  expect(await scope.support.readSuspension()).toBeNull();
  const { rows } = await plane.pool.query<{ action: string }>(
    'SELECT action FROM platform_audit WHERE about_tenant = $1 ORDER BY created_at, ctid',
    [tenantId],
  );
  expect(rows.map(({ action }) => action)).toEqual(['tenant.suspend', 'tenant.unsuspend']);
});
