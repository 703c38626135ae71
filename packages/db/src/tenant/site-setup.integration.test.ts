import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ControlPlane, freshControlPlane } from '../control-plane.fixture.ts';
import { inTenant, type TenantScope } from './scope.ts';

let plane: ControlPlane;
let [tenant, other]: TenantScope[] = [];
beforeAll(async () => {
  plane = await freshControlPlane();
  [tenant, other] = await Promise.all(
    [1, 2].map(async () => inTenant(plane.db, (await plane.newTenant()).tenantId)),
  );
});
afterAll(() => plane.drop());

const own = () => tenant as TenantScope;

test('setting up a site is kept, noted once, and no other tenant’s', async () => {
  const { id } = await own().sites.create({ domain: 'kiln.example', actor: 'user_1' });
  expect(await own().sites.findSetup(id)).toEqual({ platform: null, step: 'platform' });
  await own().sites.setUp(id, { platform: 'shopify', step: 'snippet', actor: 'user_1' });
  await own().sites.setUp(id, { step: 'snippet', actor: 'user_1' });
  await own().sites.setUp(id, { step: 'check', actor: 'user_1' });
  expect(await own().sites.findSetup(id)).toEqual({ platform: 'shopify', step: 'check' });
  const noted = await plane.db.auditEntry.findMany({
    where: { subject: id, action: 'site.set_up' },
    orderBy: { createdAt: 'asc' },
  });
  expect(noted.map(({ details }) => details)).toMatchObject([
    { after: { platform: 'shopify', setupStep: 'snippet' } },
    { before: { setupStep: 'snippet' }, after: { setupStep: 'check' } },
  ]);
  expect(await other?.sites.findSetup(id)).toBeNull();
  await expect(other?.sites.setUp(id, { step: 'done', actor: 'user_2' })).rejects.toMatchObject({
    code: 'unknown_site',
  });
});

test('a page of a site that is looked at is noted; one of another tenant’s site is not there', async () => {
  const { id } = await own().sites.create({ domain: 'mugs.example', actor: 'user_1' });
  expect(await own().sites.beginPageCheck(id, 'user_1')).toMatchObject({ domain: 'mugs.example' });
  expect(await plane.db.auditEntry.count({ where: { subject: id, action: 'site.check_page' } })).toBe(1);
  await expect(other?.sites.beginPageCheck(id, 'user_2')).rejects.toMatchObject({ code: 'unknown_site' });
});
