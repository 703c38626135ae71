import { UNDO_DAYS } from '@footfall/core/undo';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { listMemberships } from '../account/membership.ts';
import { deleteAccount } from '../account/own-data.ts';
import { type ControlPlane, freshControlPlane } from '../control-plane.fixture.ts';
import { ApiKeyDirectory } from '../directory/api-key-directory.ts';
import { SiteDirectory } from '../directory/site-directory.ts';
import type { Database } from '../prisma.ts';
import { findApiKey } from './api-key.ts';
import { inTenant, type TenantScope } from './scope.ts';
import { tenantsToDelete } from './tenant-deletion.ts';

const DAY = 24 * 3_600_000;

let plane: ControlPlane;
let db: Database;
let sites: SiteDirectory;
let keys: ApiKeyDirectory;
beforeAll(async () => {
  plane = await freshControlPlane();
  // The portal and a collector, each with its own rights.
  ({ db } = plane.as('web'));
  const { pool } = plane.as('collector');
  [sites, keys] = [new SiteDirectory(pool), new ApiKeyDirectory(pool)];
  await Promise.all([sites.listen(), keys.listen()]);
});
afterAll(async () => {
  sites.close();
  keys.close();
  await plane.drop();
});

let scope: TenantScope;
let owner: { id: string; email: string };
let name: string;
let site: { id: string; siteKey: string };
let apiKey: string;
beforeEach(async () => {
  const { tenantId, userId } = await plane.newTenant();
  scope = inTenant(db, tenantId);
  owner = await plane.db.user.findUniqueOrThrow({ where: { id: userId } });
  ({ name } = await plane.db.tenant.findUniqueOrThrow({ where: { id: tenantId } }));
  site = await scope.sites.create({ domain: `${tenantId.slice(7)}.example`, actor: userId });
  ({ apiKey } = await scope.apiKeys.create({ scopes: ['stats'], actor: userId }));
});

const ask = () => scope.deletion.ask({ name: ` ${name.toUpperCase()} `, actor: owner.id });
const isOpen = async () => ({
  site: (await sites.find(site.siteKey))?.enabled,
  collector: (await keys.find(apiKey)) !== null,
  portal: (await findApiKey(db, apiKey)) !== null,
  member: (await listMemberships(db, owner.id))[0]?.deletion === null,
});
const expectOpen = (open: boolean) =>
  expect.poll(isOpen).toEqual({ site: open, collector: open, portal: open, member: open });

it('is asked for by its name alone: its sites and keys are shut at once, and open when it is undone', async () => {
  await expectOpen(true);
  await expect(scope.deletion.ask({ name: 'Loom', actor: owner.id })).rejects.toMatchObject({
    code: 'unconfirmed_name',
    where: 'name',
  });
  await expectOpen(true);
  const { owners, askedAt } = await ask();
  expect(owners).toEqual([{ email: owner.email, locale: null }]);
  await expectOpen(false);
  expect((await listMemberships(db, owner.id))[0]?.deletion).toEqual({ askedAt, askedBy: name });
  // Asked for again, nothing begins anew.
  expect((await ask()).askedAt).toEqual(askedAt);
  await scope.deletion.undo(owner.id);
  await expectOpen(true);
  await expect(scope.deletion.undo(owner.id)).rejects.toMatchObject({ code: 'deletion_over' });
  const actions = (await scope.audit.list({ action: 'tenant.' }, 10)).map(({ action }) => action);
  expect(actions).toEqual(['tenant.undo_delete', 'tenant.delete', 'tenant.create']);
});

it('a site that was switched off stays so when the deletion is undone', async () => {
  await plane.db.site.update({ where: { id: site.id }, data: { enabled: false } });
  await ask();
  await scope.deletion.undo(owner.id);
  await expect.poll(async () => (await sites.find(site.id))?.enabled).toBe(false);
});

it('is due when its days are over, and cannot be undone from then on', async () => {
  const { askedAt } = await ask();
  const due = askedAt.getTime() + UNDO_DAYS * DAY;
  expect(await tenantsToDelete(plane.as('scheduler').pool, due - 1)).not.toContain(scope.tenantId);
  expect(await tenantsToDelete(plane.as('scheduler').pool, due)).toContain(scope.tenantId);
  await plane.pool.query(
    `UPDATE tenant SET deletion_asked_at = now() - make_interval(days => $2) WHERE id = $1`,
    [scope.tenantId, UNDO_DAYS],
  );
  await expect(scope.deletion.undo(owner.id)).rejects.toMatchObject({ code: 'deletion_over' });
  expect((await listMemberships(db, owner.id))[0]?.deletion).not.toBeNull();
});

it('no longer keeps its only owner from deleting their account', async () => {
  await expect(deleteAccount(db, owner.id)).rejects.toMatchObject({ code: 'last_owner' });
  await ask();
  await expect(deleteAccount(db, owner.id)).resolves.toBeUndefined();
});
