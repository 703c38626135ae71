import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ControlPlane, freshControlPlane } from '../control-plane.fixture.ts';
import { inTenant, type TenantScope } from './scope.ts';

let plane: ControlPlane;
let scope: TenantScope;
let ownerId: string;
beforeAll(async () => {
  plane = await freshControlPlane();
  const { db } = plane.as('web');
  const own = await plane.newTenant();
  ownerId = own.userId;
  scope = inTenant(db, own.tenantId);
  const other = inTenant(db, (await plane.newTenant()).tenantId);
  const { id } = await scope.sites.create({
    domain: 'wool.example',
    actor: { id: ownerId, address: '203.0.113.9' },
  });
  await scope.goals.create({ siteId: id, name: 'Order', event: 'order', actor: 'cli' });
  await other.sites.create({ domain: 'other.example', actor: 'cli' });
});
afterAll(() => plane.drop());

it('a tenant reads what was done in it, newest first, with names and cut addresses', async () => {
  const entries = await scope.audit.list({}, 10);
  expect(entries.map(({ action }) => action)).toEqual(['goal.create', 'site.create', 'tenant.create']);
  expect(entries[0]?.actor).toBe('cli');
  expect(entries[1]).toMatchObject({ actor: expect.stringContaining('@'), address: '203.0.113.0' });
});

it('entries are chosen by action, actor and moment, and bounded', async () => {
  expect((await scope.audit.list({ action: 'site.' }, 10)).map(({ action }) => action)).toEqual([
    'site.create',
  ]);
  expect(await scope.audit.list({ actor: ownerId }, 10)).toHaveLength(2);
  expect(await scope.audit.list({}, 1)).toHaveLength(1);
  expect(await scope.audit.list({ before: new Date(0) }, 10)).toEqual([]);
  expect(await scope.audit.actions()).toEqual(['goal.create', 'site.create', 'tenant.create']);
});
