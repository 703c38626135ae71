import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readSiteUse } from '../billing/site-use.ts';
import { type ControlPlane, freshControlPlane } from '../control-plane.fixture.ts';
import { addUsage, countUsage, readUsage } from '../count/usage.ts';
import { SiteDirectory } from '../directory/site-directory.ts';
import { inTenant, type TenantScope } from './scope.ts';
import type { Site } from './site.ts';

let plane: ControlPlane;
let web: ReturnType<ControlPlane['as']>;
let userId: string;
beforeAll(async () => {
  plane = await freshControlPlane();
  web = plane.as('web');
  userId = (await plane.newTenant()).userId;
});
afterAll(() => plane.drop());

const MONTH = '2026-11';
let count = 0;

/** A tenant in which the user has a role, as the portal's database role sees it. */
async function newScope(role: 'owner' | 'admin'): Promise<TenantScope> {
  count += 1;
  const tenantId = `tenant_${count}`;
  await plane.db.tenant.create({ data: { id: tenantId, name: `Shop ${count}` } });
  await plane.db.membership.create({ data: { tenantId, userId, role } });
  return inTenant(web.db, tenantId);
}

type Two = { from: TenantScope; to: TenantScope; userId: string; site: Site };
/** Two tenants of one user, and a site of the first with all that hangs on it. */
async function twoTenants(): Promise<Two> {
  const [from, to] = [await newScope('owner'), await newScope('admin')];
  const site = await from.sites.create({ domain: `moves${count}.example`, actor: 'cli' });
  const of = { siteId: site.id, actor: 'cli' };
  await from.furtherDomains.add({ ...of, domain: `moves${count}.shop.example` });
  await from.goals.create({ ...of, name: 'Order', event: 'order' });
  await from.funnels.create({ ...of, name: 'Way', steps: [{ page: '/a' }, { page: '/b' }] });
  await from.segments.create({ ...of, name: 'DE', filters: [['is', 'visit:country', ['DE']]] });
  await from.siteKeys.rotate({ ...of, graceDays: 30 });
  return { from, to, userId, site };
}

const move = ({ from, to, userId, site }: Two, more: object = {}) =>
  from.moveSite({
    siteId: site.id,
    domain: site.domain,
    toTenant: to.tenantId,
    userId,
    actor: userId,
    ...more,
  });

/** What a tenant has of a site. */
const has = async (tenant: TenantScope, { id }: Site) => ({
  site: (await tenant.sites.find(id))?.id ?? null,
  domains: await tenant.furtherDomains.list(id),
  goals: (await tenant.goals.list(id)).map(({ name }) => name),
  funnels: (await tenant.funnels.list(id)).map(({ name }) => name),
  segments: (await tenant.segments.list(id)).map(({ name }) => name),
  keys: (await tenant.siteKeys.list(id)).length,
});
const NOTHING = { site: null, domains: [], goals: [], funnels: [], segments: [], keys: 0 };

async function use(tenantId: string, siteId: string, events: number): Promise<void> {
  await addUsage(plane.pool, [{ tenantId, month: MONTH, events }]);
  await countUsage(plane.pool, [{ siteId, month: MONTH, seen: events, counted: events }]);
}

describe('a site that is moved to another team', () => {
  test('goes with its domains, keys, goals, funnels and segments, comes back the same way, and both audits say so', async () => {
    const two = await twoTenants();
    const { from, to, site } = two;
    const before = await has(from, site);
    expect(before).toMatchObject({ site: site.id, goals: ['Order'], keys: 1 });
    expect(await has(to, site)).toEqual(NOTHING);
    await move(two);
    expect([await has(from, site), await has(to, site)]).toEqual([NOTHING, before]);
    await move({ ...two, from: to, to: from });
    expect([await has(from, site), await has(to, site)]).toEqual([before, NOTHING]);
    const entries = async (tenantId: string) =>
      (
        await plane.db.auditEntry.findMany({
          where: { tenantId, subject: site.id, action: { startsWith: 'site.move' } },
          orderBy: [{ createdAt: 'asc' }],
        })
      ).map(({ action, actor, details }) => ({ action, actor, details }));
    const details = { domain: site.domain, ledger: {} };
    const there = { from: from.tenantId, to: to.tenantId };
    const back = { from: to.tenantId, to: from.tenantId };
    expect(await entries(from.tenantId)).toEqual([
      { action: 'site.move_out', actor: userId, details: { ...details, ...there } },
      { action: 'site.move_in', actor: userId, details: { ...details, ...back } },
    ]);
    expect((await entries(to.tenantId)).map(({ action }) => action)).toEqual([
      'site.move_in',
      'site.move_out',
    ]);
  });

  test('leaves what was used of a plan where it was used, and counts for the other from then on', async () => {
    const two = await twoTenants();
    const { from, to, site } = two;
    const used = () => Promise.all([from, to].map(({ tenantId }) => readUsage(plane.pool, tenantId, MONTH)));
    const day = (name: string, events: number) =>
      plane.pool.query(`INSERT INTO ledger_day VALUES ($1, $2, 'stored', $3)`, [site.id, name, events]);
    await day('2026-11-02', 500);
    await use(from.tenantId, site.id, 500);
    expect(await used()).toEqual([500, 0]);
    await move(two);
    expect(await used()).toEqual([500, 0]);
    await use(to.tenantId, site.id, 20);
    expect(await used()).toEqual([500, 20]);
    // By site, from the day after it came.
    await day('9999-01-01', 20);
    const bySite = async (tenant: TenantScope) =>
      (await readSiteUse(web.pool, tenant.tenantId, '2026-11-01')).map(({ events }) => events);
    expect([await bySite(from), await bySite(to)]).toEqual([[], [20]]);
    const [entry] = await plane.db.auditEntry.findMany({
      where: { tenantId: from.tenantId, action: 'site.move_out' },
    });
    expect(entry?.details).toMatchObject({ ledger: { stored: 500 } });
  });

  test('is another tenant’s for collectors at once, by its keys old and new, and by its domain', async () => {
    const two = await twoTenants();
    const { from, to, site } = two;
    const { siteKey } = (await from.sites.find(site.id)) as Site;
    const directory = new SiteDirectory(plane.pool);
    await directory.listen();
    const [further = ''] = await from.furtherDomains.list(site.id);
    const names = [site.id, siteKey, site.siteKey];
    const owners = () => Promise.all(names.map(async (name) => (await directory.find(name))?.tenantId));
    const byDomain = ({ tenantId }: TenantScope) =>
      Promise.all(
        [site.domain, further].map(async (name) => (await directory.findByDomain(name, tenantId))?.id),
      );
    expect(await owners()).toEqual(names.map(() => from.tenantId));
    expect([await byDomain(from), await byDomain(to)]).toEqual([
      [site.id, site.id],
      [undefined, undefined],
    ]);
    await move(two);
    await expect.poll(owners, { timeout: 10_000 }).toEqual(names.map(() => to.tenantId));
    await expect
      .poll(() => Promise.all([byDomain(from), byDomain(to)]))
      .toEqual([
        [undefined, undefined],
        [site.id, site.id],
      ]);
    directory.close();
  });

  test('is not there any more for members who were limited to it', async () => {
    const two = await twoTenants();
    const guest = await plane.newTenant();
    const limited = { userId: guest.userId, role: 'viewer', sites: [two.site.id], actor: 'cli' } as const;
    await two.from.members.add(limited);
    await move(two);
    expect(await plane.db.membershipSite.count({ where: { siteId: two.site.id } })).toBe(0);
    const member = (await two.from.members.list()).find(({ userId }) => userId === guest.userId);
    expect(member?.sites).toEqual([]);
  });
});

describe('a site is not moved', () => {
  const unmoved = async (two: Two, more: object, code: string) => {
    await expect(move(two, more)).rejects.toMatchObject({ code });
    expect((await two.from.sites.find(two.site.id))?.id).toBe(two.site.id);
    expect(await two.to.sites.find(two.site.id)).toBeNull();
  };

  test.each([
    ['by somebody of neither', { userId: 'user_none' }, 'move_refused'],
    ['to a team that is not there', { toTenant: 'tenant_none' }, 'move_refused'],
    ['with another domain typed', { domain: 'other.example' }, 'unconfirmed_domain'],
    ['when it is not there', { siteId: 'site_none' }, 'unknown_site'],
  ])('%s', async (_, more, code) => unmoved(await twoTenants(), more, code));

  test.each([
    ['an editor there', { role: 'editor' as const }],
    ['an admin there of some sites', { isLimited: true }],
  ])('by %s', async (_, data) => {
    const two = await twoTenants();
    const where = { tenantId: two.to.tenantId, userId: two.userId };
    await plane.db.membership.updateMany({ where, data });
    await unmoved(two, {}, 'move_refused');
  });

  test('by an editor here', async () => {
    const two = await twoTenants();
    const where = { tenantId: two.from.tenantId, userId: two.userId };
    await plane.db.membership.updateMany({ where, data: { role: 'editor' } });
    await unmoved(two, {}, 'move_refused');
  });

  test('to a team that is being deleted', async () => {
    const two = await twoTenants();
    await plane.db.tenant.update({ where: { id: two.to.tenantId }, data: { deletionAskedAt: new Date() } });
    await unmoved(two, {}, 'move_refused');
  });

  test('to a team that has its domain, or a further one, and nothing is written there', async () => {
    for (const which of ['first', 'further'] as const) {
      const two = await twoTenants();
      const [further = ''] = await two.from.furtherDomains.list(two.site.id);
      const domain = which === 'first' ? two.site.domain : further;
      await two.to.sites.create({ domain, actor: 'cli' });
      await unmoved(two, {}, 'domain_taken');
      const where = { tenantId: two.to.tenantId, action: 'site.move_in' };
      expect(await plane.db.auditEntry.count({ where })).toBe(0);
    }
  });

  test('to a team that has as many sites as there may be', async () => {
    const two = await twoTenants();
    const { tenantId } = two.to;
    const data = Array.from({ length: 100 }, (_, n) => ({
      id: `site_${tenantId}_${n}`,
      tenantId,
      siteKey: `ff_${tenantId}_${n}`,
      domain: `many${n}.example`,
    }));
    await plane.db.site.createMany({ data });
    await unmoved(two, {}, 'too_many');
  });

  test('out of a tenant that the transaction has not named: not even the function does that', async () => {
    const two = await twoTenants();
    const ask = `SELECT move_site($1, $2, $3) AS moved`;
    const values = [two.site.id, two.to.tenantId, two.userId];
    const { rows } = await web.pool.query(ask, values);
    expect(rows).toEqual([{ moved: false }]);
    await expect(plane.as('collector').pool.query(ask, values)).rejects.toThrow(/permission denied/);
    const steal = web.db.$transaction(async (opened) => {
      await opened.$executeRaw`SELECT set_config('footfall.tenant', ${two.from.tenantId}, true)`;
      await opened.site.update({ where: { id: two.site.id }, data: { tenantId: two.to.tenantId } });
    });
    await expect(steal).rejects.toThrow(/row-level security/);
  });
});
