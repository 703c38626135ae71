import { takenDays } from '@footfall/core/site-retention';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ControlPlane, freshControlPlane } from '../control-plane.fixture.ts';
import { SiteDirectory } from '../directory/site-directory.ts';
import {
  forgetGeneration,
  pendingGenerations,
  publishGeneration,
  retiredGenerations,
  wantRebuild,
} from './generation.ts';
import { inTenant, type TenantScope } from './scope.ts';
import { anySite, type Site, type SiteUpdate } from './site.ts';

let plane: ControlPlane;
let tenant: TenantScope;
const newScope = async () => inTenant(plane.db, (await plane.newTenant()).tenantId);
beforeAll(async () => {
  plane = await freshControlPlane();
  tenant = await newScope();
});
afterAll(() => plane.drop());

let count = 0;
function newSite(): Promise<Site> {
  count += 1;
  return tenant.sites.create({ domain: `site${count}.example`, timezone: 'Europe/Berlin', actor: 'cli' });
}
const update = (id: string, change: Omit<SiteUpdate, 'actor'>) =>
  tenant.sites.update(id, { ...change, actor: 'user_1' });

describe('a site', () => {
  test('has another currency at once, and its directory hears of it', async () => {
    const { id } = await newSite();
    const directory = new SiteDirectory(plane.pool);
    await directory.listen();
    expect((await directory.find(id))?.currency).toBe('EUR');
    expect(await update(id, { currency: 'usd' })).toMatchObject({
      currency: 'USD',
      timezone: 'Europe/Berlin',
      generation: 1,
      nextGeneration: null,
    });
    await expect.poll(async () => (await directory.find(id))?.currency).toBe('USD');
    directory.close();
  });

  test('keeps its time zone until the generation for another is published, and then has it in force', async () => {
    const { id } = await newSite();
    const directory = new SiteDirectory(plane.pool);
    await directory.listen();
    const pending = {
      timezone: 'Europe/Berlin',
      generation: 1,
      nextGeneration: 2,
      nextTimezone: 'Asia/Tokyo',
    };
    expect(await update(id, { timezone: 'Asia/Tokyo' })).toMatchObject(pending);
    await expect.poll(() => directory.find(id)).toMatchObject(pending);
    expect(await pendingGenerations(plane.pool)).toContainEqual({
      siteId: id,
      generation: 2,
      timezone: 'Asia/Tokyo',
    });
    expect(await publishGeneration(plane.pool, id, 2)).toBe(true);
    await expect
      .poll(() => directory.find(id))
      .toMatchObject({
        timezone: 'Asia/Tokyo',
        generation: 2,
        nextGeneration: null,
        nextTimezone: null,
      });
    expect((await pendingGenerations(plane.pool)).map(({ siteId }) => siteId)).not.toContain(id);
    expect(await publishGeneration(plane.pool, id, 2)).toBe(false);
    directory.close();
  });

  test('does not get a generation in force that is no longer wanted', async () => {
    const { id } = await newSite();
    await update(id, { timezone: 'Asia/Tokyo' });
    await update(id, { timezone: 'Asia/Seoul' });
    expect(await publishGeneration(plane.pool, id, 2)).toBe(false);
    const back = await update(id, { timezone: 'Europe/Berlin' });
    expect(back).toMatchObject({ generation: 1, nextTimezone: null });
    expect(await publishGeneration(plane.pool, id, 3)).toBe(false);
    expect(await update(id, { timezone: 'Asia/Tokyo' })).toMatchObject({ nextGeneration: 4 });
    expect(await publishGeneration(plane.pool, id, 4)).toBe(true);
  });

  test('is folded anew in its zone when that is wanted, once however often it is said', async () => {
    const { id } = await newSite();
    expect(await wantRebuild(plane.pool, id)).toBe(1);
    expect(await wantRebuild(plane.pool, id)).toBe(0);
    const wanted = { siteId: id, generation: 2, timezone: 'Europe/Berlin' };
    expect(await pendingGenerations(plane.pool)).toContainEqual(wanted);
    const site = await update(id, { timezone: 'Europe/Berlin' });
    expect(site).toMatchObject({ generation: 1, nextGeneration: 2 });
    expect(await publishGeneration(plane.pool, id, 2)).toBe(true);
    expect(await tenant.sites.find(id)).toMatchObject({
      timezone: 'Europe/Berlin',
      generation: 2,
      nextTimezone: null,
    });
    const other = await newSite();
    await wantRebuild(plane.pool, null);
    const pending = (await pendingGenerations(plane.pool)).map(({ siteId }) => siteId);
    expect(pending).toEqual(expect.arrayContaining([id, other.id]));
  });

  test('has generations that were left or called off on a list, until they are deleted', async () => {
    const { id } = await newSite();
    const retired = async () => {
      const all = await retiredGenerations(plane.pool, Date.now() + 60_000, 1_000);
      return all.filter(({ siteId }) => siteId === id).map(({ generation }) => generation);
    };
    await update(id, { timezone: 'Asia/Tokyo' });
    expect(await retired()).toEqual([]);
    await update(id, { timezone: 'Asia/Seoul' });
    await publishGeneration(plane.pool, id, 3);
    expect((await retired()).sort()).toEqual([1, 2]);
    expect(await retiredGenerations(plane.pool, Date.now() - 60_000, 1_000)).toEqual([]);
    await forgetGeneration(plane.pool, { siteId: id, generation: 1 });
    expect(await retired()).toEqual([2]);
  });

  test('changed by several at once has each change, and a generation for the last zone', async () => {
    const { id } = await newSite();
    const zones = ['Asia/Tokyo', 'Asia/Seoul', 'Asia/Dubai', 'Asia/Kolkata'];
    const changes = [...zones.map((timezone) => update(id, { timezone })), update(id, { currency: 'CHF' })];
    const last = (await Promise.all(changes))
      .toSorted((a, b) => (a.nextGeneration ?? 0) - (b.nextGeneration ?? 0))
      .at(-1);
    const site = await tenant.sites.find(id);
    expect(site).toMatchObject({ currency: 'CHF', nextGeneration: 5, nextTimezone: last?.nextTimezone });
  });

  test('begins its weeks as its owners say, and keeps events for as many months as they say; collectors hear of it', async () => {
    const { id } = await newSite();
    const directory = new SiteDirectory(plane.pool);
    await directory.listen();
    expect(await directory.find(id)).toMatchObject({ retentionDays: 3_650, retentionMonths: null });
    await update(id, { weekStart: 'sunday', retentionMonths: 3 });
    expect(await tenant.sites.find(id)).toMatchObject({ weekStart: 'sunday', retentionMonths: 3 });
    for (const retentionMonths of [3, 1, 7, 16, 600]) {
      const { retentionDays } = await update(id, { retentionMonths });
      const expected = takenDays({ retentionDays, retentionMonths });
      await expect.poll(async () => (await directory.find(id))?.retentionDays).toBe(expected);
    }
    expect(await update(id, { retentionMonths: null, currency: 'CHF' })).toMatchObject({
      weekStart: 'sunday',
    });
    await expect.poll(async () => (await directory.find(id))?.retentionDays).toBe(3_650);
    const changes = await plane.db.auditEntry.findMany({
      where: { subject: id, action: 'site.update' },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    });
    expect(changes.map(({ details }) => details)).toContainEqual({
      before: { weekStart: 'monday', retentionMonths: null },
      after: { weekStart: 'sunday', retentionMonths: 3 },
    });
    directory.close();
  });

  test('keeps events for no more months than the plan of its tenant says', async () => {
    const { tenantId } = await plane.newTenant();
    await plane.pool.query("INSERT INTO plan (name, retention_months) VALUES ('brief', 12)");
    await plane.pool.query("UPDATE tenant SET plan = 'brief' WHERE id = $1", [tenantId]);
    const { sites } = inTenant(plane.as('web').db, tenantId);
    expect(await sites.longestRetention()).toBe(12);
    expect(await tenant.sites.longestRetention()).toBeNull();
    const { id } = await sites.create({ domain: 'brief.example', actor: 'cli' });
    expect(await sites.update(id, { retentionMonths: 12, actor: 'cli' })).toMatchObject({
      retentionMonths: 12,
    });
    await expect(sites.update(id, { retentionMonths: 13, actor: 'cli' })).rejects.toMatchObject({
      code: 'invalid_retention',
      values: { most: 12 },
    });
  });

  test('that is given what it has is not changed, and nobody is said to have changed it', async () => {
    const site = await newSite();
    expect(await update(site.id, { timezone: 'Europe/Berlin', currency: 'EUR' })).toEqual(site);
    expect(await update(site.id, {})).toEqual(site);
    const changes = () =>
      plane.db.auditEntry.findMany({ where: { subject: site.id, action: 'site.update' } });
    expect(await changes()).toEqual([]);
    await update(site.id, { timezone: 'Asia/Tokyo' });
    await update(site.id, { timezone: 'Asia/Tokyo', currency: 'EUR' });
    expect(await changes()).toMatchObject([{ actor: 'user_1', tenantId: tenant.tenantId }]);
  });

  test.each([
    [{ timezone: 'Europe/Atlantis' }, 'invalid_timezone'],
    [{ timezone: '' }, 'invalid_timezone'],
    [{ currency: 'EURO' }, 'unknown_currency'],
    [{ currency: 'USD', timezone: '+02:00' }, 'invalid_timezone'],
    [{ weekStart: 'tuesday' }, 'invalid_week_start'],
    [{ weekStart: '' }, 'invalid_week_start'],
    [{ retentionMonths: 0 }, 'invalid_retention'],
    [{ retentionMonths: Number.NaN }, 'invalid_retention'],
    [{ retentionMonths: 1.5 }, 'invalid_retention'],
    [{ retentionMonths: 601 }, 'invalid_retention'],
  ])('is not changed to %j: %s', async (change, code) => {
    const site = await newSite();
    await expect(update(site.id, change)).rejects.toMatchObject({ code });
    expect(await tenant.sites.find(site.id)).toEqual(site);
  });

  test('is changed by its own tenant only', async () => {
    const site = await newSite();
    const other = await newScope();
    await expect(other.sites.update(site.id, { currency: 'USD', actor: 'x' })).rejects.toMatchObject({
      code: 'unknown_site',
    });
    for (const id of ['site_x', '\0', site.domain])
      await expect(update(id, { currency: 'USD' })).rejects.toMatchObject({ code: 'unknown_site' });
    expect(await tenant.sites.find(site.id)).toEqual(site);
  });
});

describe('the site that an operator means', () => {
  test('is found by id and key, and by domain as long as one tenant has it', async () => {
    const site = await newSite();
    const other = await newScope();
    for (const reference of [site.id, site.siteKey, site.domain, `https://www.${site.domain}/`])
      expect((await anySite(plane.db, reference)).id).toBe(site.id);
    const twin = await other.sites.create({ domain: site.domain, actor: 'cli' });
    await expect(anySite(plane.db, site.domain)).rejects.toMatchObject({ code: 'ambiguous_site' });
    expect((await anySite(plane.db, twin.siteKey)).id).toBe(twin.id);
  });

  test('is never another whose domain reads like its id', async () => {
    const site = await newSite();
    await tenant.sites.create({ domain: site.id, actor: 'cli' });
    expect((await anySite(plane.db, site.id)).id).toBe(site.id);
  });

  test.each(['nowhere.example', 'site_x', '', '\0', "' OR 1=1 --"])('is not there: %j', async (reference) => {
    await expect(anySite(plane.db, reference)).rejects.toMatchObject({ code: 'unknown_site', where: 'site' });
  });
});
