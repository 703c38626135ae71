import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listMemberships } from './account/membership.ts';
import { authenticate, findUser } from './account/user.ts';
import { type ControlPlane, freshControlPlane, password } from './control-plane.fixture.ts';
import type { Database } from './prisma.ts';
import { findApiKey } from './tenant/api-key.ts';
import { inTenant } from './tenant/scope.ts';
import { isForeignSite } from './tenant/site.ts';
import { createTenant } from './tenant/tenant.ts';

let plane: ControlPlane;
let db: Database;
let newTenant: ControlPlane['newTenant'];
beforeAll(async () => {
  plane = await freshControlPlane();
  ({ db, newTenant } = plane);
});
afterAll(() => plane.drop());

describe('tenants', () => {
  test('are created with an owner who can sign in, with whatever case of the address', async () => {
    const email = 'First.Owner@Shop.Example ';
    const { tenantId, userId } = await createTenant(db, { name: ' Shop ', email, password });
    const user = await authenticate(db, { email: 'first.owner@SHOP.example', password });
    expect(user).toEqual({
      id: userId,
      email: 'first.owner@shop.example',
      name: 'Shop',
      sessionEpoch: 0,
      staffRole: null,
      isVerified: false,
      locale: null,
    });
    expect(await findUser(db, userId)).toEqual(user);
    expect(await listMemberships(db, userId)).toEqual([
      {
        tenantId,
        role: 'owner',
        tenantName: 'Shop',
        sites: 'all',
        requiresSecondFactor: false,
        requiresSignOn: false,
        deletion: null,
      },
    ]);
    expect(await db.auditEntry.findMany({ where: { tenantId } })).toMatchObject([
      { actor: userId, action: 'tenant.create', subject: tenantId },
    ]);
    expect(JSON.stringify(await db.user.findMany())).not.toContain(password);
  });

  test.each(['first.owner@shop.example', 'nobody@shop.example', 'no address', '\0', ''])(
    'nobody signs in as %j with a wrong password',
    async (email) => {
      expect(await authenticate(db, { email, password: 'wrong horse' })).toBeNull();
    },
  );

  test('nobody signs in with a password to an account that has none', async () => {
    await db.user.create({ data: { id: 'user_sso', email: 'sso@shop.example', name: 'SSO' } });
    for (const guess of ['', 'null', 'a password that nobody has'])
      expect(await authenticate(db, { email: 'sso@shop.example', password: guess })).toBeNull();
  });

  test('that fail half-way leave nothing behind, and two of one address at once are one', async () => {
    const request = { name: 'Twins', email: 'twins@shop.example', password };
    const results = await Promise.allSettled([createTenant(db, request), createTenant(db, request)]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await db.tenant.count({ where: { name: 'Twins' } })).toBe(1);
  });

  test.each([
    [{ name: ' ' }, 'invalid_name'],
    [{ name: 'Sh\0p' }, 'invalid_name'],
    [{ name: 'x'.repeat(121) }, 'invalid_name'],
    [{ email: 'owner' }, 'invalid_email'],
    [{ email: 'own\0er@shop.example' }, 'invalid_email'],
    [{ email: 'owner@localhost' }, 'invalid_email'],
    [{ password: 'ninechars' }, 'weak_password'],
    [{ password: 'qwertyuiop' }, 'common_password'],
    [{ password: 'short' }, 'weak_password'],
    [{ email: 'taken@shop.example' }, 'email_taken'],
  ])('with %j are refused: %s', async (wrong, code) => {
    const good = { name: 'Shop', email: 'taken@shop.example', password };
    await createTenant(db, good).catch(() => undefined);
    await expect(createTenant(db, { ...good, email: 'free@shop.example', ...wrong })).rejects.toMatchObject({
      code,
    });
  });
});

describe('sites', () => {
  test('are found by id, key and domain, by their own tenant only', async () => {
    const [own, other] = [await newTenant(), await newTenant()];
    const site = await inTenant(db, own.tenantId).sites.create({
      domain: 'https://www.Shop.Example/path',
      timezone: 'Europe/Berlin',
      actor: 'cli',
    });
    expect(site).toMatchObject({
      domain: 'shop.example',
      timezone: 'Europe/Berlin',
      currency: 'EUR',
      generation: 1,
    });
    for (const reference of [site.id, site.siteKey, 'Shop.Example', 'https://www.shop.example/']) {
      expect((await inTenant(db, own.tenantId).sites.find(reference))?.id).toBe(site.id);
      expect(await inTenant(db, other.tenantId).sites.find(reference)).toBeNull();
    }
    for (const reference of [site.id, site.siteKey]) expect(await isForeignSite(db, reference)).toBe(true);
    // Nobody is told which shops are customers.
    for (const domain of ['Shop.Example', 'https://www.shop.example/'])
      expect(await isForeignSite(db, domain)).toBe(false);
    expect(await inTenant(db, other.tenantId).sites.list()).toEqual([]);
  });

  test.each(['nowhere.example', 'site_unknown', '', '\0', 'x'.repeat(10_000), "' OR 1=1 --"])(
    '%j is nobody’s, and harms nothing',
    async (reference) => {
      const { tenantId } = await newTenant();
      expect(await inTenant(db, tenantId).sites.find(reference)).toBeNull();
      expect(await isForeignSite(db, reference)).toBe(false);
    },
  );

  test('of one domain may belong to several tenants, each of which sees its own', async () => {
    const scopes = [await newTenant(), await newTenant()].map(({ tenantId }) => inTenant(db, tenantId));
    for (const { sites } of scopes) await sites.create({ domain: 'market.example', actor: 'cli' });
    for (const { sites, tenantId } of scopes) {
      expect((await sites.find('market.example'))?.tenantId).toBe(tenantId);
      await sites.create({ domain: 'a.example', actor: 'cli' });
      expect((await sites.list()).map(({ domain }) => domain)).toEqual(['a.example', 'market.example']);
    }
  });

  test.each([
    [{ domain: 'not a domain' }, 'invalid_domain'],
    [{ domain: '' }, 'invalid_domain'],
    [{ timezone: 'Europe/Atlantis' }, 'invalid_timezone'],
    [{ timezone: '+02:00' }, 'invalid_timezone'],
    [{ timezone: '' }, 'invalid_timezone'],
    [{ currency: 'EURO' }, 'unknown_currency'],
    [{ domain: 'taken.example' }, 'domain_taken'],
  ])('with %j are refused: %s', async (wrong, code) => {
    const { tenantId } = await newTenant();
    const { sites } = inTenant(db, tenantId);
    await sites.create({ domain: 'taken.example', actor: 'cli' });
    await expect(sites.create({ domain: 'free.example', actor: 'cli', ...wrong })).rejects.toMatchObject({
      code,
    });
  });

  test('of a tenant that is not there are refused', async () => {
    await expect(
      inTenant(db, 'tenant_x').sites.create({ domain: 'a.example', actor: 'cli' }),
    ).rejects.toMatchObject({ code: 'unknown_tenant' });
  });
});

describe('API keys', () => {
  test('are found by the secret, belong to their tenant, and end when revoked', async () => {
    const { tenantId } = await newTenant();
    const { apiKeys } = inTenant(db, tenantId);
    const { id, apiKey } = await apiKeys.create({ scopes: ['stats', 'ingest', 'stats'], actor: 'cli' });
    expect(await findApiKey(db, apiKey)).toMatchObject({ id, tenantId, scopes: ['stats', 'ingest'] });
    expect(await findApiKey(db, `${apiKey}x`)).toBeNull();
    expect(JSON.stringify(await db.apiKey.findMany())).not.toContain(apiKey);
    expect(await inTenant(db, (await newTenant()).tenantId).apiKeys.revoke(id, 'cli')).toBe(false);
    expect(await apiKeys.revoke(id, 'cli')).toBe(true);
    expect(await findApiKey(db, apiKey)).toBeNull();
    expect(await apiKeys.revoke(id, 'cli')).toBe(false);
    const entries = await db.auditEntry.findMany({ where: { subject: id }, orderBy: { createdAt: 'asc' } });
    expect(entries.map(({ action }) => action)).toEqual(['api_key.create', 'api_key.revoke']);
  });

  test.each([[['admin']], [['stats', '']], [[]]])('with the scopes %j are refused', async (scopes) => {
    const { tenantId } = await newTenant();
    await expect(inTenant(db, tenantId).apiKeys.create({ scopes, actor: 'cli' })).rejects.toMatchObject({
      code: 'unknown_scope',
    });
  });

  test('are listed by their first characters, without those that were revoked', async () => {
    const { apiKeys } = inTenant(db, (await newTenant()).tenantId);
    const kept = await apiKeys.create({ scopes: ['ingest'], actor: 'cli' });
    const revoked = await apiKeys.create({ scopes: ['ingest'], actor: 'cli' });
    await apiKeys.revoke(revoked.id, 'cli');
    expect(await apiKeys.list()).toMatchObject([{ id: kept.id, hint: kept.apiKey.slice(0, 8) }]);
  });

  test('of a tenant that is not there are refused', async () => {
    await expect(
      inTenant(db, 'tenant_x').apiKeys.create({ scopes: ['stats'], actor: 'cli' }),
    ).rejects.toMatchObject({ code: 'unknown_tenant' });
  });
});

test('the next question is answered after the database has dropped all connections', async () => {
  await plane.pool.query(
    'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
  );
  await expect.poll(() => db.tenant.count().catch(() => 0)).toBeGreaterThan(0);
});
