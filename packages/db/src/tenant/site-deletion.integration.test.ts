import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ControlPlane, freshControlPlane } from '../control-plane.fixture.ts';
import { SiteDirectory } from '../directory/site-directory.ts';
import type { Database } from '../prisma.ts';
import { inTenant, type TenantScope } from './scope.ts';
import { UNDO_MS } from './site-deletion.ts';

let plane: ControlPlane;
/** As the portal sees it: row-level security holds. */
let web: Database;
beforeAll(async () => {
  plane = await freshControlPlane();
  web = plane.as('web').db;
});
afterAll(() => plane.drop());

const actor = 'user_1';
let shops = 0;
async function newShop() {
  shops += 1;
  const { tenantId } = await plane.newTenant();
  const scope = inTenant(web, tenantId);
  const domain = `shop${shops}.example`;
  const { id, siteKey } = await scope.sites.create({ domain, actor });
  await scope.goals.create({ siteId: id, name: 'Order', event: 'order', actor });
  return { tenantId, scope, domain, siteId: id, siteKey };
}

const actions = async (tenantId: string) =>
  (
    await plane.db.auditEntry.findMany({
      where: { tenantId, action: { startsWith: 'site.' } },
      orderBy: { createdAt: 'asc' },
    })
  ).map(({ action }) => action);

test('a deleted site is gone for its tenant and for collectors, not for what was on its way; undone it is as it was', async () => {
  const { tenantId, scope, domain, siteId, siteKey } = await newShop();
  const collector = new SiteDirectory(plane.as('collector').pool);
  const processor = new SiteDirectory(plane.as('processor').pool, { ttlMs: 30_000, deletedToo: true });
  await Promise.all([collector.listen(), processor.listen()]);
  try {
    const known = () =>
      Promise.all([collector.find(siteKey), collector.findByDomain(domain), collector.findOnly(tenantId)]);
    expect((await known()).map((site) => site?.id)).toEqual([siteId, siteId, siteId]);
    await expect(scope.deletions.begin({ siteId, domain: 'other.example', actor })).rejects.toMatchObject({
      code: 'unconfirmed_domain',
    });
    await scope.deletions.begin({ siteId, domain: ` HTTPS://www.${domain}/ `, actor });
    await expect.poll(known).toEqual([null, null, null]);
    expect(await processor.find(siteId)).toMatchObject({ id: siteId, domain });
    for (const reference of [siteId, siteKey, domain, `deleted/${siteId}`])
      expect(await scope.sites.find(reference)).toBeNull();
    expect(await scope.sites.list()).toEqual([]);
    expect(await scope.goals.list(siteId)).toEqual([]);
    // Where the first lock is forgotten.
    expect(await inTenant(plane.db, tenantId).sites.list()).toEqual([]);
    for (const refused of [
      () => scope.sites.update(siteId, { enabled: false, actor }),
      () => scope.removals.reset({ siteId, domain, actor }),
      () => scope.deletions.begin({ siteId, domain, actor }),
    ])
      await expect(refused()).rejects.toMatchObject({ code: 'unknown_site' });
    const [row] = await scope.deletions.list();
    expect(row).toMatchObject({ siteId, domain, emptiedAt: null, events: null });
    expect(Number(row?.undoUntil) - Number(row?.deletedAt)).toBe(UNDO_MS);

    await scope.deletions.undo({ siteId, actor });
    await expect.poll(async () => (await known()).map((site) => site?.id)).toEqual([siteId, siteId, siteId]);
    expect(await scope.sites.find(domain)).toMatchObject({ id: siteId, siteKey, domain });
    expect(await scope.goals.list(siteId)).toMatchObject([{ name: 'Order' }]);
    expect(await scope.deletions.list()).toEqual([]);
    expect(await actions(tenantId)).toEqual(['site.create', 'site.delete', 'site.undelete']);
  } finally {
    collector.close();
    processor.close();
  }
});

test('the domain is free at once; then the deleted site does not come back while it is taken', async () => {
  const { scope, domain, siteId } = await newShop();
  await scope.deletions.begin({ siteId, domain, actor });
  const again = await scope.sites.create({ domain, actor });
  await expect(scope.deletions.undo({ siteId, actor })).rejects.toMatchObject({ code: 'domain_taken' });
  expect(await scope.deletions.list()).toHaveLength(1);
  await scope.deletions.begin({ siteId: again.id, domain, actor });
  await scope.deletions.undo({ siteId, actor });
  expect(await scope.sites.find(domain)).toMatchObject({ id: siteId });
});

test('nothing comes back when the week is over', async () => {
  const { scope, domain, siteId } = await newShop();
  await scope.deletions.begin({ siteId, domain, actor });
  await plane.pool.query(
    `UPDATE site_deletion SET deleted_at = now() - interval '7 days 1 minute' WHERE site_id = $1`,
    [siteId],
  );
  await expect(scope.deletions.undo({ siteId, actor })).rejects.toMatchObject({ code: 'unknown_site' });
});

test('another tenant can neither delete, bring back nor see it', async () => {
  const [own, other] = [await newShop(), await newShop()];
  const named = { siteId: other.siteId, domain: other.domain, actor };
  const refused = async (scope: TenantScope) => {
    await expect(scope.deletions.begin(named)).rejects.toMatchObject({ code: 'unknown_site' });
    await expect(scope.deletions.undo(named)).rejects.toMatchObject({ code: 'unknown_site' });
  };
  await refused(own.scope);
  await other.scope.deletions.begin(named);
  await refused(own.scope);
  expect(await own.scope.deletions.list()).toEqual([]);
  expect(await own.scope.sites.list()).toHaveLength(1);
});

test('resetting takes what was imported, calls off what was being looked at, and asks for all events', async () => {
  const { tenantId, scope, domain, siteId } = await newShop();
  const neighbour = await newShop();
  const add = (id: string) =>
    plane.pool.query(`INSERT INTO import VALUES ($1, $2, 'plausible', '2025-01-01', '2025-01-02', '{}')`, [
      `import_${id}`,
      id,
    ]);
  await Promise.all([add(siteId), add(neighbour.siteId)]);
  const span = { receivedFrom: new Date(0), receivedTo: new Date(), sender: null };
  await scope.removals.request({ siteId, ...span, actor });
  await expect(scope.removals.reset({ siteId, domain: 'x.example', actor })).rejects.toMatchObject({
    code: 'unconfirmed_domain',
  });
  await scope.removals.reset({ siteId, domain, actor });
  expect(await scope.removals.list(siteId)).toMatchObject([
    { state: 'removing', isReset: true, sender: null },
  ]);
  expect(await plane.db.import.findMany({ select: { siteId: true } })).toEqual([
    { siteId: neighbour.siteId },
  ]);
  expect(await actions(tenantId)).toContain('site.reset');
});
