import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ControlPlane, freshControlPlane } from '../control-plane.fixture.ts';
import { SiteDirectory } from '../directory/site-directory.ts';
import { sitesToCheck } from '../domain/proof.ts';
import type { Database } from '../prisma.ts';
import { inTenant } from './scope.ts';
import { anySite, isForeignSite } from './site.ts';
import { countFormerKeys } from './site-key.ts';

let plane: ControlPlane;
let web: Database;
let collector: SiteDirectory;
beforeAll(async () => {
  plane = await freshControlPlane();
  web = plane.as('web').db;
  collector = new SiteDirectory(plane.as('collector').pool);
  await collector.listen();
});
afterAll(async () => {
  collector.close();
  await plane.drop();
});

const actor = 'user_1';
async function newShop(domain: string) {
  const { tenantId } = await plane.newTenant();
  const scope = inTenant(web, tenantId);
  const { id: siteId, siteKey } = await scope.sites.create({ domain, actor });
  return { tenantId, scope, siteId, siteKey };
}

test('a new key holds at once, the one before goes on with a count of what comes with it, until it ends', async () => {
  const { tenantId, scope, siteId, siteKey } = await newShop('kiln.example');
  const stranger = await newShop('loom.example');
  expect(await collector.find(siteKey)).toMatchObject({ id: siteId, formerKey: null });
  const next = await scope.siteKeys.rotate({ siteId, graceDays: 30, actor });
  expect(next).not.toBe(siteKey);
  await expect.poll(() => collector.find(siteKey)).toMatchObject({ siteKey: next, formerKey: siteKey });
  expect(await collector.find(next)).toMatchObject({ id: siteId, formerKey: null });
  for (const reference of [siteKey, next, siteId]) {
    expect(await scope.sites.find(reference)).toMatchObject({ id: siteId });
    expect(await anySite(plane.db, reference)).toMatchObject({ id: siteId });
    expect(await stranger.scope.sites.find(reference)).toBeNull();
    expect(await isForeignSite(web, reference)).toBe(true);
  }
  await countFormerKeys(
    plane.as('collector').pool,
    new Map([
      [siteKey, 3],
      ['ff_none', 5],
    ]),
  );
  await countFormerKeys(plane.as('collector').pool, new Map([[siteKey, 4]]));
  const [former, ...others] = await scope.siteKeys.list(siteId);
  expect(others).toEqual([]);
  expect(former).toMatchObject({ siteKey, events: 7 });
  expect(Number(former?.endsAt) - Number(former?.replacedAt)).toBe(30 * 86_400_000);
  await expect(stranger.scope.siteKeys.rotate({ siteId, graceDays: 30, actor })).rejects.toMatchObject({
    code: 'unknown_site',
  });
  await expect(stranger.scope.siteKeys.end({ siteId, siteKey, actor })).rejects.toMatchObject({
    code: 'unknown_site',
  });
  expect(await stranger.scope.siteKeys.list(siteId)).toEqual([]);

  expect(await scope.siteKeys.end({ siteId, siteKey, actor })).toBe(true);
  expect(await scope.siteKeys.end({ siteId, siteKey, actor })).toBe(false);
  await expect.poll(() => collector.find(siteKey)).toBeNull();
  expect(await scope.sites.find(siteKey)).toBeNull();
  const entries = await plane.db.auditEntry.findMany({
    where: { tenantId, action: { in: ['site.rotate_key', 'site.end_key'] } },
    orderBy: { createdAt: 'asc' },
  });
  expect(entries).toMatchObject([
    { subject: siteId, details: { before: siteKey, after: next } },
    { subject: siteId, details: { key: siteKey, events: 7 } },
  ]);
});

test('a key whose time is up is nobody’s, without anybody ending it', async () => {
  const { scope, siteId, siteKey } = await newShop('clay.example');
  await scope.siteKeys.rotate({ siteId, graceDays: 1, actor });
  await plane.pool.query(
    `UPDATE former_site_key SET ends_at = now() - interval '1 second' WHERE site_key = $1`,
    [siteKey],
  );
  await expect.poll(() => collector.find(siteKey)).toBeNull();
  expect(await scope.sites.find(siteKey)).toBeNull();
  expect(await scope.siteKeys.list(siteId)).toEqual([]);
});

test('with no days of grace the old key ends at once; five may go on, and no more', async () => {
  const { scope, siteId, siteKey } = await newShop('mud.example');
  const first = await scope.siteKeys.rotate({ siteId, graceDays: 0, actor });
  expect(await scope.sites.find(siteKey)).toBeNull();
  for (const graceDays of [-1, 366, 0.5, Number.NaN])
    await expect(scope.siteKeys.rotate({ siteId, graceDays, actor })).rejects.toMatchObject({
      code: 'invalid_key_grace',
    });
  for (let n = 0; n < 5; n += 1) await scope.siteKeys.rotate({ siteId, graceDays: 365, actor });
  await expect(scope.siteKeys.rotate({ siteId, graceDays: 1, actor })).rejects.toMatchObject({
    code: 'too_many_former_keys',
  });
  await scope.siteKeys.end({ siteId, siteKey: first, actor });
  await scope.siteKeys.rotate({ siteId, graceDays: 1, actor });
  expect(await scope.siteKeys.list(siteId)).toHaveLength(5);
});

test('what proves a domain with a former key goes on proving it', async () => {
  const { scope, siteId, siteKey } = await newShop('shared.example');
  await newShop('shared.example');
  const next = await scope.siteKeys.rotate({ siteId, graceDays: 30, actor });
  const due = await sitesToCheck(plane.as('scheduler').pool, 10);
  expect(due).toContainEqual({ id: siteId, domain: 'shared.example', siteKey: next, formerKeys: [siteKey] });
  expect(await scope.sites.beginDomainCheck(siteId, actor)).toMatchObject({
    siteKey: next,
    formerKeys: [siteKey],
  });
});
