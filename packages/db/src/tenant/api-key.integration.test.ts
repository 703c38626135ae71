import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ControlPlane, freshControlPlane } from '../control-plane.fixture.ts';
import { ApiKeyDirectory } from '../directory/api-key-directory.ts';
import { recordApiKeyUse } from '../directory/api-key-use.ts';
import { findApiKey } from './api-key.ts';
import type { NewApiKey } from './api-key-store.ts';
import { inTenant, type TenantScope } from './scope.ts';

let plane: ControlPlane;
let tenant: TenantScope;
let ownerId: string;
/** As collectors look keys up, by their own role in the database. */
let directory: ApiKeyDirectory;
let now = Date.now();

beforeAll(async () => {
  plane = await freshControlPlane();
  const made = await plane.newTenant();
  tenant = inTenant(plane.db, made.tenantId);
  ownerId = made.userId;
  directory = new ApiKeyDirectory(plane.as('collector').pool, undefined, () => now);
  await directory.listen();
});
afterAll(async () => {
  directory.close();
  await plane.drop();
});

const newKey = (request: Partial<NewApiKey> = {}) =>
  tenant.apiKeys.create({ scopes: ['stats', 'ingest'], actor: 'cli', ...request });

/** What the portal and a collector find of a secret. */
const found = async (apiKey: string) => [
  await findApiKey(plane.as('web').db, apiKey),
  await directory.find(apiKey),
];

/** Waits until both find a key, or neither does. */
const becomes = (apiKey: string, isThere: boolean) =>
  expect.poll(async () => (await found(apiKey)).map((key) => key !== null)).toEqual([isThere, isThere]);

const MINUTE_MS = 60_000;
const inMinutes = (minutes: number) => new Date(Date.now() + minutes * MINUTE_MS);

test('what a key opens is the same for the portal and a collector', async () => {
  const { id: siteId } = await tenant.sites.create({ domain: 'own.example', actor: 'cli' });
  const expiresAt = inMinutes(60);
  const { id, apiKey } = await newKey({ sites: [siteId, siteId], expiresAt, name: ' Shop server ' });
  const key = {
    id,
    tenantId: tenant.tenantId,
    scopes: ['stats', 'ingest'],
    sites: [siteId],
    endsAt: expiresAt.getTime(),
  };
  expect(await found(apiKey)).toEqual([key, key]);
  expect((await tenant.apiKeys.list())[0]).toEqual({
    id,
    hint: apiKey.slice(0, 8),
    name: 'Shop server',
    scopes: ['stats', 'ingest'],
    sites: [siteId],
    userId: null,
    createdAt: expect.any(Date),
    expiresAt,
    lastUsedOn: null,
    previousUntil: null,
  });
});

describe('a key is not made', () => {
  test.each([
    ['with an end in the past', { expiresAt: inMinutes(-1) }, 'invalid_expiry'],
    ['with an end in a hundred years', { expiresAt: new Date('2126-01-01') }, 'invalid_expiry'],
    ['with an end that is not a time', { expiresAt: new Date('x') }, 'invalid_expiry'],
    ['with a name that cannot be printed', { name: 'a\0b' }, 'invalid_key_name'],
    ['for a site that is not there', { sites: ['site_none'] }, 'unknown_site'],
    ['for no site at all', { sites: [] }, 'unknown_site'],
    ['for somebody who is not of the team', { userId: 'user_none' }, 'unknown_member'],
  ])('%s', async (_, request, code) => {
    await expect(newKey(request)).rejects.toMatchObject({ code });
  });

  test('for the site of another tenant', async () => {
    const other = inTenant(plane.db, (await plane.newTenant()).tenantId);
    const { id } = await other.sites.create({ domain: 'other.example', actor: 'cli' });
    await expect(newKey({ sites: [id] })).rejects.toMatchObject({ code: 'unknown_site' });
  });
});

describe('the end of a key', () => {
  test('holds for the portal, and for a collector that knew it', async () => {
    const { id, apiKey } = await newKey({ expiresAt: inMinutes(60) });
    await becomes(apiKey, true);
    // The database's clock has not come to it, the collector's has.
    now = inMinutes(61).getTime();
    expect((await found(apiKey)).map((key) => key !== null)).toEqual([true, false]);
    now = Date.now();
    await plane.db.apiKey.update({ where: { id }, data: { expiresAt: inMinutes(-1) } });
    await becomes(apiKey, false);
  });
});

describe('another secret', () => {
  test('opens the same, and the former one goes on for a while', async () => {
    const { id, apiKey: former } = await newKey();
    const { apiKey: next } = await tenant.apiKeys.rotate(id, { graceHours: 24, actor: 'cli' });
    await becomes(next, true);
    await becomes(former, true);
    const [before, after] = [await findApiKey(plane.db, former), await findApiKey(plane.db, next)];
    expect([before?.id, after?.id, after?.endsAt]).toEqual([id, id, null]);
    const hours = ((before?.endsAt ?? 0) - Date.now()) / (60 * MINUTE_MS);
    expect(hours).toBeGreaterThan(23.9);
    expect(hours).toBeLessThanOrEqual(24.1);
    await plane.db.apiKey.update({ where: { id }, data: { previousUntil: inMinutes(-1) } });
    await becomes(former, false);
    await becomes(next, true);
  });

  test('ends the former one at once where that is wanted, and one that was former before', async () => {
    const { id, apiKey: first } = await newKey();
    const { apiKey: second } = await tenant.apiKeys.rotate(id, { graceHours: 1, actor: 'cli' });
    const { apiKey: third } = await tenant.apiKeys.rotate(id, { graceHours: 0, actor: 'cli' });
    for (const former of [first, second]) await becomes(former, false);
    await becomes(third, true);
    expect(await tenant.apiKeys.revoke(id, 'cli')).toBe(true);
    await becomes(third, false);
    await expect(tenant.apiKeys.rotate(id, { graceHours: 0, actor: 'cli' })).rejects.toMatchObject({
      code: 'unknown_key',
    });
  });

  test('does not make a key last longer than its end', async () => {
    const expiresAt = inMinutes(10);
    const { id, apiKey } = await newKey({ expiresAt });
    await tenant.apiKeys.rotate(id, { graceHours: 24, actor: 'cli' });
    expect((await findApiKey(plane.db, apiKey))?.endsAt).toBe(expiresAt.getTime());
  });

  test('is not given to the key of another tenant', async () => {
    const { id, apiKey } = await newKey();
    const other = inTenant(plane.db, (await plane.newTenant()).tenantId);
    await expect(other.apiKeys.rotate(id, { graceHours: 0, actor: 'cli' })).rejects.toMatchObject({
      code: 'unknown_key',
    });
    expect(await findApiKey(plane.db, apiKey)).not.toBeNull();
  });
});

describe('a personal key', () => {
  let people = 0;
  const newMember = async () => {
    people += 1;
    const userId = `user_member${people}`;
    await plane.db.user.create({ data: { id: userId, email: `${userId}@shop.example`, name: 'Member' } });
    await tenant.members.add({ userId, role: 'admin', sites: 'all', actor: 'cli' });
    return userId;
  };

  test('ends with the membership', async () => {
    const userId = await newMember();
    const { id, apiKey } = await newKey({ userId });
    await becomes(apiKey, true);
    await tenant.members.remove(userId, { actor: ownerId });
    await becomes(apiKey, false);
    expect((await tenant.apiKeys.list()).map((key) => key.id)).not.toContain(id);
  });

  test('rests while the role does not allow keys, and a limit to some sites neither', async () => {
    const userId = await newMember();
    const { apiKey } = await newKey({ userId });
    const { apiKey: ofTenant } = await newKey();
    const change = (role: string, sites: 'all' | string[]) =>
      tenant.members.change(userId, { role, sites, actor: ownerId });
    const [site] = await tenant.sites.list();
    for (const [role, sites] of [
      ['viewer', 'all'],
      ['admin', [site?.id ?? '']],
    ] as const) {
      await becomes(apiKey, true);
      await change(role, typeof sites === 'string' ? sites : [...sites]);
      await becomes(apiKey, false);
      await becomes(ofTenant, true);
      await change('admin', 'all');
    }
    await becomes(apiKey, true);
  });
});

test('the day on which a key was used last is noted, whosever it is, and that wakes no collector', async () => {
  const { id } = await newKey();
  const client = await plane.pool.connect();
  const heard: (string | undefined)[] = [];
  client.on('notification', ({ payload }) => heard.push(payload));
  await client.query('LISTEN api_key_changed');
  const today = new Date(new Date().toISOString().slice(0, 10));
  for (const service of ['collector', 'web'] as const) {
    await plane.db.apiKey.update({ where: { id }, data: { lastUsedOn: new Date('2026-01-01') } });
    await recordApiKeyUse(plane.as(service).pool)([id, 'key_none']);
    expect((await tenant.apiKeys.list()).find((key) => key.id === id)?.lastUsedOn).toEqual(today);
  }
  await client.query('SELECT 1');
  expect(heard).toEqual([]);
  client.release(true);
});
