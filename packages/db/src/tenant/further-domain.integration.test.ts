import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ControlPlane, freshControlPlane } from '../control-plane.fixture.ts';
import { SiteDirectory } from '../directory/site-directory.ts';
import { recordOwnEvents } from '../domain/proof.ts';
import type { Database } from '../prisma.ts';
import { inTenant } from './scope.ts';

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
  return { tenantId, scope, siteId: (await scope.sites.create({ domain, actor })).id };
}

test('a further domain finds its site within the tenant, is known to be the site’s own, and goes again', async () => {
  const { tenantId, scope, siteId } = await newShop('kiln.example');
  expect((await collector.find(siteId))?.furtherDomains).toEqual([]);
  expect(await collector.findByDomain('kiln.test', tenantId)).toBeNull();
  await scope.furtherDomains.add({ siteId, domain: 'https://www.Kiln.test/shop', actor });
  expect(await scope.furtherDomains.list(siteId)).toEqual(['kiln.test']);
  for (const name of ['kiln.test', 'https://kiln.test', 'kiln.example'])
    expect(await scope.sites.find(name)).toMatchObject({ id: siteId, domain: 'kiln.example' });
  await expect.poll(async () => (await collector.find(siteId))?.furtherDomains).toEqual(['kiln.test']);
  await expect.poll(async () => (await collector.findByDomain('kiln.test', tenantId))?.id).toBe(siteId);
  expect(await scope.furtherDomains.remove({ siteId, domain: 'kiln.test', actor })).toBe(true);
  expect(await scope.furtherDomains.remove({ siteId, domain: 'kiln.test', actor })).toBe(false);
  await expect.poll(() => collector.findByDomain('kiln.test', tenantId)).toBeNull();
  expect(await scope.sites.find('kiln.test')).toBeNull();
  const told = await plane.db.auditEntry.findMany({
    where: { tenantId, action: { endsWith: '_domain' } },
    orderBy: { createdAt: 'asc' },
  });
  expect(told.map(({ action, details }) => [action, details])).toEqual([
    ['site.add_domain', { domain: 'kiln.test' }],
    ['site.remove_domain', { domain: 'kiln.test' }],
  ]);
});

test('whoever names another tenant’s domain so takes nothing: not its events, its reports, nor its proof', async () => {
  const [owner, squatter] = [await newShop('owned.example'), await newShop('squatter.example')];
  await squatter.scope.furtherDomains.add({ siteId: squatter.siteId, domain: 'owned.example', actor });
  expect((await collector.findByDomain('owned.example'))?.id).toBe(owner.siteId);
  expect(await owner.scope.sites.domain(owner.siteId)).toMatchObject({ standing: 'sole' });
  expect((await owner.scope.sites.find('owned.example'))?.id).toBe(owner.siteId);
  expect((await squatter.scope.sites.find('owned.example'))?.id).toBe(squatter.siteId);
  // A domain that nobody has as their first belongs to nobody who only names it further.
  await squatter.scope.furtherDomains.add({ siteId: squatter.siteId, domain: 'free.example', actor });
  expect(await collector.findByDomain('free.example')).toBeNull();
  expect(await collector.findClaimants('free.example')).toEqual([]);
  const named = { siteId: owner.siteId, domain: 'x.example', actor };
  await expect(squatter.scope.furtherDomains.add(named)).rejects.toMatchObject({ code: 'unknown_site' });
  await expect(squatter.scope.furtherDomains.remove(named)).rejects.toMatchObject({ code: 'unknown_site' });
  expect(await squatter.scope.furtherDomains.list(owner.siteId)).toEqual([]);
});

test('within a tenant a domain is one site’s, as its first or another, a deleted one’s too once it comes back', async () => {
  const { scope, siteId } = await newShop('mud.example');
  const add = (domain: string, id = siteId) => scope.furtherDomains.add({ siteId: id, domain, actor });
  await add('mud.test');
  const taken = { code: 'domain_taken' };
  await expect(add('mud.test')).rejects.toMatchObject(taken);
  await expect(add('mud.example')).rejects.toMatchObject(taken);
  await expect(add('not a domain')).rejects.toMatchObject({ code: 'invalid_domain' });
  await expect(scope.sites.create({ domain: 'mud.test', actor })).rejects.toMatchObject(taken);
  await scope.deletions.begin({ siteId, domain: 'mud.example', actor });
  const other = await scope.sites.create({ domain: 'mud.test', actor });
  await expect(scope.deletions.undo({ siteId, actor })).rejects.toMatchObject(taken);
  await scope.deletions.begin({ siteId: other.id, domain: 'mud.test', actor });
  await scope.deletions.undo({ siteId, actor });
  expect((await scope.sites.find('mud.test'))?.id).toBe(siteId);
  const all = await Promise.allSettled([add('race.test'), add('race.test'), add('race.test')]);
  expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  for (let n = 0; n < 48; n += 1) await add(`d${n}.test`);
  await expect(add('many.test')).rejects.toMatchObject({ code: 'too_many' });
});

test('a further domain waits until its pages send, is proven by what it says itself, and tells another tenant nothing', async () => {
  const [own, other] = [await newShop('seen.example'), await newShop('other.example')];
  const { siteId, scope } = own;
  for (const { siteId: id, scope: of } of [own, other])
    await of.furtherDomains.add({ siteId: id, domain: 'seen.test', actor });
  const state = async ({ scope: of, siteId: id }: typeof own) => (await of.furtherDomains.states(id))[0];
  const waiting = { domain: 'seen.test', seenAt: null, provenAt: null };
  expect(await state(own)).toEqual(waiting);
  const pool = plane.as('collector').pool;
  await recordOwnEvents(pool, [
    { siteId, further: 'seen.test' },
    { siteId, further: 'not.test' },
  ]);
  const seen = await state(own);
  expect(seen).toEqual({ ...waiting, seenAt: expect.any(Date) });
  await recordOwnEvents(pool, [{ siteId, further: 'seen.test' }]);
  expect(await state(own)).toEqual(seen);
  // The first domains' proofs are as they were: a further one proves nothing of whose a domain is.
  expect(await plane.db.domainProof.count({ where: { siteId } })).toBe(0);
  const named = { siteId, domain: 'https://www.seen.test', actor };
  const { siteKey } = (await scope.sites.find(siteId)) ?? { siteKey: '' };
  expect(await scope.furtherDomains.beginCheck(named)).toEqual({
    domain: 'seen.test',
    siteKey,
    checkedAt: null,
  });
  const record = (isProven: boolean) =>
    scope.furtherDomains.recordCheck({ siteId, domain: 'seen.test', isProven });
  await record(true);
  const proven = await state(own);
  expect(proven).toEqual({ ...seen, provenAt: expect.any(Date) });
  await record(true);
  expect(await state(own)).toEqual(proven);
  expect((await scope.furtherDomains.beginCheck(named)).checkedAt).toEqual(expect.any(Date));
  await record(false);
  expect(await state(own)).toEqual(seen);
  expect(await state(other)).toEqual(waiting);
  await expect(other.scope.furtherDomains.beginCheck(named)).rejects.toMatchObject({ code: 'unknown_site' });
  await other.scope.furtherDomains.recordCheck({ siteId, domain: 'seen.test', isProven: true });
  expect(await state(own)).toEqual(seen);
  await expect(scope.furtherDomains.beginCheck({ ...named, domain: 'not.test' })).rejects.toMatchObject({
    code: 'invalid_domain',
  });
  expect(await collector.findByDomain('seen.test')).toBeNull();
});
