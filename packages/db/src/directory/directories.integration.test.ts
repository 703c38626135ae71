import { freePort } from '@footfall/postgres/free-port';
import { connectPool, type Pool } from '@footfall/postgres/pool';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ControlPlane, freshControlPlane } from '../control-plane.fixture.ts';
import { inTenant, type TenantScope } from '../tenant/scope.ts';
import { ApiKeyDirectory } from './api-key-directory.ts';
import { destroyOldSalts, readOrCreateSalt } from './salt.ts';
import { SaltDirectory } from './salt-directory.ts';
import { SiteDirectory } from './site-directory.ts';

let plane: ControlPlane;
let pool: Pool;
let tenant: TenantScope;
beforeAll(async () => {
  plane = await freshControlPlane();
  ({ pool } = plane);
  tenant = inTenant(plane.db, (await plane.newTenant()).tenantId);
});
afterAll(() => plane.drop());

describe('the directory of sites', () => {
  const disable = (id: string, enabled = false) => plane.db.site.update({ where: { id }, data: { enabled } });

  test('finds by id and key, and hears of changes at once', async () => {
    const site = await tenant.sites.create({ domain: 'heard.example', actor: 'cli' });
    // One connection: the listener's own must not be taken from it.
    const small = connectPool(plane.url, { name: 'test', max: 1 });
    const directory = new SiteDirectory(small);
    await directory.listen();
    expect(await directory.find(site.siteKey)).toEqual({
      id: site.id,
      tenantId: tenant.tenantId,
      siteKey: site.siteKey,
      domain: 'heard.example',
      timezone: 'Etc/UTC',
      currency: 'EUR',
      enabled: true,
      allowedOrigins: [],
      blockedIps: [],
      blockedCountries: [],
      blockedPages: [],
      excludedHostnames: [],
      keptParams: [],
      retentionDays: 3650,
      retentionMonths: null,
      weekStart: 'monday',
      generation: 1,
      nextGeneration: null,
      nextTimezone: null,
      furtherDomains: [],
      formerKey: null,
    });
    expect((await directory.find(site.id))?.siteKey).toBe(site.siteKey);
    await disable(site.id);
    await expect.poll(async () => (await directory.find(site.siteKey))?.enabled).toBe(false);
    expect((await directory.find(site.id))?.enabled).toBe(false);
    directory.close();
    await small.end();
  });

  test('learns of a site that was looked for before it was made', async () => {
    const directory = new SiteDirectory(pool);
    await directory.listen();
    const known = await tenant.sites.create({ domain: 'early.example', actor: 'cli' });
    await plane.db.site.delete({ where: { id: known.id } });
    expect(await directory.find(known.siteKey)).toBeNull();
    const { id, tenantId: owner, siteKey, domain } = known;
    await plane.db.site.create({ data: { id, tenantId: owner, siteKey, domain } });
    await expect.poll(async () => (await directory.find(known.siteKey))?.id).toBe(known.id);
    directory.close();
  });

  test('hears again after its connection was lost, and then knows what it missed', async () => {
    const site = await tenant.sites.create({ domain: 'lost.example', actor: 'cli' });
    const directory = new SiteDirectory(pool);
    await directory.listen();
    await directory.find(site.id);
    await pool.query(
      `WITH lost AS (SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND datname = current_database())
       SELECT count(*) FROM lost`,
    );
    await disable(site.id);
    await expect.poll(async () => (await directory.find(site.id))?.enabled, { timeout: 10_000 }).toBe(false);
    await disable(site.id, true);
    await expect.poll(async () => (await directory.find(site.id))?.enabled).toBe(true);
    directory.close();
  });

  test('finds by domain, however it is written, while one site alone has it', async () => {
    const site = await tenant.sites.create({ domain: 'named.example', actor: 'cli' });
    const directory = new SiteDirectory(pool);
    await directory.listen();
    for (const written of [
      'named.example',
      'www.Named.example',
      'https://named.example/p?q',
      ' named.example ',
    ])
      expect((await directory.findByDomain(written))?.id).toBe(site.id);
    for (const other of ['', 'other.example', site.id, 'a b', '\0', 'x'.repeat(300)])
      expect(await directory.findByDomain(other)).toBeNull();
    const another = inTenant(plane.db, (await plane.newTenant()).tenantId);
    const same = await another.sites.create({ domain: 'named.example', actor: 'cli' });
    await expect.poll(() => directory.findByDomain('named.example')).toBeNull();
    await plane.db.site.delete({ where: { id: site.id } });
    await expect.poll(async () => (await directory.findByDomain('named.example'))?.id).toBe(same.id);
    directory.close();
  });

  test('takes an operator’s own NOTIFY for a reason to ask again', async () => {
    const directory = new SiteDirectory(pool);
    await directory.listen();
    await pool.query('NOTIFY site_changed');
    await pool.query(`NOTIFY site_changed, 'everything'`);
    expect(await directory.find('ff_unknown')).toBeNull();
    directory.close();
  });

  test('does not ask for what can be no id', async () => {
    const ended = connectPool(plane.url, { name: 'test' });
    await ended.end();
    const directory = new SiteDirectory(ended);
    for (const reference of ['', '\0', 'a b', 'x'.repeat(65), 'shop.example'])
      expect(await directory.find(reference)).toBeNull();
    await expect(directory.find('site_x')).rejects.toThrow();
  });

  test('starts while the database is away, and refuses until it knows', async () => {
    const away = connectPool(`postgres://nobody@127.0.0.1:${await freePort()}/x`, { name: 'test' });
    const directory = new SiteDirectory(away);
    await directory.listen();
    await expect(directory.find('site_x')).rejects.toThrow();
    directory.close();
    await away.end();
  });
});

describe('the directory of API keys', () => {
  test('finds what a key opens, and nothing for one that is unknown or revoked', async () => {
    const { id, apiKey } = await tenant.apiKeys.create({ scopes: ['ingest'], actor: 'cli' });
    const directory = new ApiKeyDirectory(pool);
    expect(await directory.find(apiKey)).toEqual({
      id,
      tenantId: tenant.tenantId,
      scopes: ['ingest'],
      sites: 'all',
      endsAt: null,
    });
    for (const wrong of ['', '\0', `${apiKey}x`]) expect(await directory.find(wrong)).toBeNull();
    await tenant.apiKeys.revoke(id, 'cli');
    expect(await new ApiKeyDirectory(pool).find(apiKey)).toBeNull();
  });
});

describe('salts', () => {
  test('are the same for all who ask, another each day, and destroyed in time', async () => {
    const salts = await Promise.all(Array.from({ length: 8 }, () => readOrCreateSalt(pool, '2026-01-07')));
    expect(new Set(salts.map((salt) => Buffer.from(salt).toString('hex'))).size).toBe(1);
    expect(salts[0]).toHaveLength(32);
    expect(await readOrCreateSalt(pool, '2026-01-08')).not.toEqual(salts[0]);
    // In UTC-12, the last zone, the 7th ends at noon of the 8th.
    expect(await destroyOldSalts(pool, Date.parse('2026-01-10T13:59:59Z'))).toBe(0);
    expect(await destroyOldSalts(pool, Date.parse('2026-01-10T14:00:00Z'))).toBe(1);
    expect(await readOrCreateSalt(pool, '2026-01-07')).not.toEqual(salts[0]);
  });

  test('are answered from memory until they are destroyed, and leave it then', async () => {
    let now = Date.parse('2026-02-01T12:00:00Z');
    const directory = new SaltDirectory(pool, () => now);
    const salt = await directory.of('2026-02-01');
    await pool.query('DELETE FROM salt');
    expect(await directory.of('2026-02-01')).toEqual(salt);
    now += 4 * 24 * 3_600_000;
    directory.tidy();
    expect(await directory.of('2026-02-01')).not.toEqual(salt);
  });

  test('that could not be had are asked for again', async () => {
    const away = connectPool(`postgres://nobody@127.0.0.1:${await freePort()}/x`, { name: 'test' });
    const directory = new SaltDirectory(away);
    await expect(directory.of('2026-03-01')).rejects.toThrow();
    await expect(directory.of('2026-03-01')).rejects.toThrow();
    await away.end();
  });
});
