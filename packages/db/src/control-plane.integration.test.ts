import { connectPool, type Pool } from '@footfall/postgres/pool';
import { freshDatabase, type TestDatabase } from '@footfall/testkit/database';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findApiKey } from './api-key.ts';
import { applyLedger, readLedger } from './ledger.ts';
import { prepareControlPlane } from './prepare.ts';
import { connectDatabase, type Database } from './prisma.ts';
import { destroyOldSalts, saltOf } from './salt.ts';
import { inTenant } from './scope.ts';
import { siteExists } from './site.ts';
import { SiteDirectory } from './site-directory.ts';
import { createTenant } from './tenant.ts';
import { authenticate, membershipsOf } from './user.ts';

let database: TestDatabase;
let db: Database;
let pool: Pool;
beforeAll(async () => {
  database = await freshDatabase();
  await Promise.all([prepareControlPlane(database.url), prepareControlPlane(database.url)]);
  db = connectDatabase(database.url);
  pool = connectPool(database.url, { name: 'test' });
});
afterAll(async () => {
  await db.$disconnect();
  await pool.end();
  await database.drop();
});

let people = 0;
const newTenant = () => {
  people += 1;
  return createTenant(db, {
    name: `Shop ${people}`,
    email: `Owner${people}@Shop.Example `,
    password: 'correct horse',
  });
};

describe('tenants', () => {
  test('are created with an owner who can sign in, with whatever case of the address', async () => {
    const { tenantId, userId } = await newTenant();
    const user = await authenticate(db, { email: `owner${people}@SHOP.example`, password: 'correct horse' });
    expect(user?.id).toBe(userId);
    expect(await membershipsOf(db, userId)).toEqual([
      { tenantId, role: 'owner', tenantName: `Shop ${people}` },
    ]);
    expect(
      await authenticate(db, { email: `owner${people}@shop.example`, password: 'wrong horse' }),
    ).toBeNull();
    expect(await authenticate(db, { email: 'nobody@shop.example', password: 'correct horse' })).toBeNull();
    expect(await db.auditEntry.count({ where: { tenantId } })).toBe(1);
  });

  test.each([
    [{ name: ' ' }, 'invalid_name'],
    [{ email: 'owner' }, 'invalid_email'],
    [{ password: 'short' }, 'weak_password'],
    [{ email: 'taken@shop.example' }, 'email_taken'],
  ])('with %j are refused: %s', async (wrong, code) => {
    const good = { name: 'Shop', email: 'taken@shop.example', password: 'correct horse' };
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
    for (const reference of [site.id, site.siteKey, 'Shop.Example']) {
      expect((await inTenant(db, own.tenantId).sites.find(reference))?.id).toBe(site.id);
      expect(await inTenant(db, other.tenantId).sites.find(reference)).toBeNull();
      expect(await siteExists(db, reference)).toBe(true);
    }
    expect(await siteExists(db, 'nowhere.example')).toBe(false);
    expect(await inTenant(db, other.tenantId).sites.list()).toEqual([]);
  });

  test.each([
    [{ domain: 'not a domain' }, 'invalid_domain'],
    [{ domain: '' }, 'invalid_domain'],
    [{ timezone: 'Europe/Atlantis' }, 'invalid_timezone'],
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

  test('are remembered by the directory, which hears of changes at once', async () => {
    const { tenantId } = await newTenant();
    const site = await inTenant(db, tenantId).sites.create({ domain: 'cached.example', actor: 'cli' });
    const directory = new SiteDirectory(pool);
    await directory.listen();
    expect((await directory.find(site.siteKey))?.id).toBe(site.id);
    expect((await directory.find(site.id))?.siteKey).toBe(site.siteKey);
    expect(await directory.find('ff_unknown')).toBeNull();
    await db.site.update({ where: { id: site.id }, data: { enabled: false } });
    await expect.poll(async () => (await directory.find(site.siteKey))?.enabled).toBe(false);
    directory.close();
  });
});

describe('API keys', () => {
  test('are found by the secret, belong to their tenant, and end when revoked', async () => {
    const { tenantId } = await newTenant();
    const { apiKeys } = inTenant(db, tenantId);
    const { id, apiKey } = await apiKeys.create({ scopes: ['stats', 'ingest', 'stats'], actor: 'cli' });
    expect(await findApiKey(db, apiKey)).toEqual({ id, tenantId, scopes: ['stats', 'ingest'] });
    expect(await findApiKey(db, `${apiKey}x`)).toBeNull();
    expect(JSON.stringify(await db.apiKey.findMany())).not.toContain(apiKey);
    expect(await inTenant(db, (await newTenant()).tenantId).apiKeys.revoke(id, 'cli')).toBe(false);
    expect(await apiKeys.revoke(id, 'cli')).toBe(true);
    expect(await findApiKey(db, apiKey)).toBeNull();
    await expect(apiKeys.create({ scopes: ['admin'], actor: 'cli' })).rejects.toMatchObject({
      code: 'unknown_scope',
    });
  });
});

describe('salts', () => {
  test('are the same for all who ask, another each day, and destroyed in time', async () => {
    const salts = await Promise.all(Array.from({ length: 8 }, () => saltOf(pool, '2026-01-07')));
    expect(new Set(salts.map((salt) => Buffer.from(salt).toString('hex'))).size).toBe(1);
    expect(salts[0]).toHaveLength(32);
    expect(await saltOf(pool, '2026-01-08')).not.toEqual(salts[0]);
    expect(await destroyOldSalts(pool, Date.parse('2026-01-10T13:59:00Z'))).toBe(0);
    expect(await destroyOldSalts(pool, Date.parse('2026-01-10T14:00:00Z'))).toBe(1);
    expect(await saltOf(pool, '2026-01-07')).not.toEqual(salts[0]);
  });
});

describe('the ledger', () => {
  const total = async (siteId: string) =>
    (await readLedger(pool, { siteId, from: null, to: null })).counts.get('stored') ?? 0;

  test('counts each line once, however stretches of the log are cut and redelivered', async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(30), fc.nat(10)), { minLength: 1, maxLength: 8 }),
        async (stretches) => {
          run += 1;
          const siteId = `site_${run}`;
          const line = (offset: number) => ({ offset, siteId, day: '2026-01-07', outcome: 'stored' });
          // Delivery is in order with repeats: each stretch begins at or before the end of what was delivered.
          let end = 0;
          for (const [back, length] of stretches) {
            const start = Math.max(0, end - back);
            const offsets = Array.from({ length: length + 1 }, (_, n) => start + n);
            await applyLedger(pool, {
              topic: `t${run}`,
              partition: 0,
              lines: offsets.map(line),
              lastOffset: start + length,
            });
            end = Math.max(end, start + length + 1);
          }
          expect(await total(siteId)).toBe(end);
        },
      ),
      { numRuns: 20 },
    );
  });

  test('partitions that count for the same sites at once neither block nor lose', async () => {
    const lines = (partition: number, offset: number) =>
      ['site_p', 'site_q'].map((siteId) => ({
        offset,
        siteId,
        day: `2026-01-0${(partition % 3) + 1}`,
        outcome: 'stored',
      }));
    await Promise.all(
      Array.from({ length: 4 }, async (_, partition) => {
        for (let offset = 0; offset < 20; offset += 1) {
          await applyLedger(pool, {
            topic: 'parallel',
            partition,
            lines: lines(partition, offset),
            lastOffset: offset,
          });
        }
      }),
    );
    expect([await total('site_p'), await total('site_q')]).toEqual([80, 80]);
    const { counts } = await readLedger(pool, { siteId: 'site_p', from: '2026-01-02', to: '2026-01-02' });
    expect(counts.get('stored')).toBe(20);
  });
});
