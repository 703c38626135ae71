import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ControlPlane, freshControlPlane } from '../control-plane.fixture.ts';
import { EmbedUse, recordEmbedUse } from '../directory/embed-use.ts';
import { findEmbedKey, isEmbedOrigin, type NewEmbedKey } from './embed-key.ts';
import { inTenant, type TenantScope } from './scope.ts';

const installationSecret = 'a-long-random-text-of-32-characters-or-more';
const origins = ['https://market.example'];

let plane: ControlPlane;
let tenant: TenantScope;
let other: TenantScope;

beforeAll(async () => {
  plane = await freshControlPlane();
  tenant = inTenant(plane.as('web').db, (await plane.newTenant()).tenantId);
  other = inTenant(plane.as('web').db, (await plane.newTenant()).tenantId);
});
afterAll(() => plane.drop());

const create = (request: Partial<NewEmbedKey> = {}) =>
  tenant.embedKeys.create({ origins, installationSecret, actor: 'cli', ...request });

/** As the portal looks keys up, by its own role in the database. */
const find = (kid: string) => findEmbedKey(plane.as('web').db, kid, installationSecret);

test('a key is found by its id with what it allows and the secret that was shown once', async () => {
  const { id } = await tenant.sites.create({ domain: 'own.example', actor: 'cli' });
  const { kid, secret } = await create({
    sites: [id],
    reports: ['overview', 'overview'],
    origins: [...origins, 'https://Market.example/', 'http://localhost:3000'],
    name: ' Marketplace ',
  });
  expect(secret).toMatch(/^ffe_[\w-]{43}$/);
  expect(await find(kid)).toEqual({
    kid,
    tenantId: tenant.tenantId,
    sites: [id],
    origins: ['https://market.example', 'http://localhost:3000'],
    reports: ['overview'],
    secrets: [secret],
  });
  const [listed] = await tenant.embedKeys.list();
  expect(listed).toMatchObject({ kid, name: 'Marketplace', uses: [], previousUntil: null });
  expect(JSON.stringify(await tenant.embedKeys.list())).not.toContain(secret);
  const { rows } = await plane.pool.query(
    'SELECT encode(sealed_secret, $2) AS sealed FROM embed_key WHERE kid = $1',
    [kid, 'escape'],
  );
  expect(rows[0].sealed).not.toContain(secret);
});

test.each([
  ['no origin', { origins: [] }, 'invalid_origin'],
  ['a wildcard', { origins: ['https://*.example'] }, 'invalid_origin'],
  ['a path', { origins: ['https://market.example/admin'] }, 'invalid_origin'],
  [
    'too many origins',
    { origins: Array.from({ length: 21 }, (_, n) => `https://${n}.example`) },
    'invalid_origin',
  ],
  ['an unknown report', { reports: ['weather'] }, 'unknown_report'],
  ['no site', { sites: [] }, 'unknown_site'],
  ['a name that is too long', { name: 'x'.repeat(101) }, 'invalid_key_name'],
])('a key with %s is refused', async (_, wrong, code) => {
  await expect(create(wrong)).rejects.toMatchObject({ code });
});

test('a site of another tenant is refused', async () => {
  const { id } = await other.sites.create({ domain: 'foreign.example', actor: 'cli' });
  await expect(create({ sites: [id] })).rejects.toMatchObject({ code: 'unknown_site' });
});

describe('a rotated key', () => {
  const rotate = (kid: string, graceHours: number) =>
    tenant.embedKeys.rotate(kid, { graceHours, installationSecret, actor: 'cli' });

  test('has two secrets for a while, and not three', async () => {
    const { kid, secret } = await create();
    const second = await rotate(kid, 24);
    expect((await find(kid))?.secrets).toEqual([second.secret, secret]);
    const third = await rotate(kid, 24);
    expect((await find(kid))?.secrets).toEqual([third.secret, second.secret]);
    await plane.pool.query(`UPDATE embed_key SET previous_until = now() - interval '1 s' WHERE kid = $1`, [
      kid,
    ]);
    expect((await find(kid))?.secrets).toEqual([third.secret]);
  });

  test('has one at once where no grace is given', async () => {
    const { kid } = await create();
    const { secret } = await rotate(kid, 0);
    expect((await find(kid))?.secrets).toEqual([secret]);
  });

  test.each([-1, 0.5, 169, Number.NaN])('has no grace of %d hours', async (hours) => {
    const { kid } = await create();
    await expect(rotate(kid, hours)).rejects.toMatchObject({ code: 'invalid_grace' });
  });
});

test('what a key allows can be changed, and holds at once', async () => {
  const { kid } = await create();
  await tenant.embedKeys.update(kid, { origins: ['https://b.example'], reports: ['chart'], actor: 'cli' });
  expect(await find(kid)).toMatchObject({ origins: ['https://b.example'], reports: ['chart'] });
});

test('a revoked key is found no more, and cannot be changed', async () => {
  const { kid } = await create();
  expect(await tenant.embedKeys.revoke(kid, 'cli')).toBe(true);
  expect(await find(kid)).toBeNull();
  expect(await tenant.embedKeys.revoke(kid, 'cli')).toBe(false);
  await expect(
    tenant.embedKeys.rotate(kid, { graceHours: 1, installationSecret, actor: 'cli' }),
  ).rejects.toMatchObject({ code: 'unknown_key' });
});

test('another tenant changes nothing of a key', async () => {
  const { kid, secret } = await create();
  expect(await other.embedKeys.revoke(kid, 'cli')).toBe(false);
  const request = { graceHours: 1, installationSecret, actor: 'cli' };
  await expect(other.embedKeys.rotate(kid, request)).rejects.toMatchObject({ code: 'unknown_key' });
  await expect(other.embedKeys.update(kid, { origins, actor: 'cli' })).rejects.toMatchObject({
    code: 'unknown_key',
  });
  expect((await find(kid))?.secrets).toEqual([secret]);
  expect(await other.embedKeys.list()).toEqual([]);
});

test('a key of a tenant that is being deleted is found no more', async () => {
  const gone = inTenant(plane.db, (await plane.newTenant()).tenantId);
  const { kid } = await gone.embedKeys.create({ origins, installationSecret, actor: 'cli' });
  await plane.pool.query('UPDATE tenant SET deletion_asked_at = now() WHERE id = $1', [gone.tenantId]);
  expect(await find(kid)).toBeNull();
});

test.each(['', 'embed_nobody', "'; DROP TABLE embed_key; --", 'x'.repeat(1_000), 'a\0b'])(
  'there is no key %j',
  async (kid) => {
    expect(await find(kid)).toBeNull();
  },
);

test('an origin is known while a key names it', async () => {
  const { kid } = await create({ origins: ['https://once.example'] });
  const known = () => isEmbedOrigin(plane.as('web').db, 'https://once.example');
  expect(await known()).toBe(true);
  await tenant.embedKeys.revoke(kid, 'cli');
  expect(await known()).toBe(false);
  expect(await isEmbedOrigin(plane.as('web').db, 'https://ever.example')).toBe(false);
});

test('what became of questions is counted by key, and days of long ago are forgotten', async () => {
  const { kid } = await create();
  const before = `INSERT INTO embed_use (kid, tenant_id, day, outcome, count) VALUES ($1, $2, now() - interval '91 days', 'answered', 5)`;
  await plane.pool.query(before, [kid, tenant.tenantId]);
  const use = new EmbedUse({ record: recordEmbedUse(plane.as('web').pool), everyMs: 3_600_000 });
  for (const outcome of ['answered', 'token_expired', 'answered']) use.note(kid, outcome);
  use.note('embed_nobody', 'answered');
  await use.tell();
  use.note(kid, 'answered');
  await use.stop();
  const listed = (await tenant.embedKeys.list()).find((key) => key.kid === kid);
  expect(listed?.uses).toEqual([
    { outcome: 'answered', count: 3, lastAt: expect.any(Date) },
    { outcome: 'token_expired', count: 1, lastAt: expect.any(Date) },
  ]);
  const { rows } = await plane.pool.query('SELECT count(*)::int AS days FROM embed_use WHERE kid = $1', [
    kid,
  ]);
  expect(rows[0].days).toBe(2);
});

test('each change is in the audit, without a secret', async () => {
  const { kid } = await create({ name: 'Audited' });
  const { secret } = await tenant.embedKeys.rotate(kid, { graceHours: 2, installationSecret, actor: 'cli' });
  await tenant.embedKeys.update(kid, { origins, actor: 'cli' });
  await tenant.embedKeys.revoke(kid, 'cli');
  const entries = await plane.db.auditEntry.findMany({
    where: { subject: kid },
    orderBy: { createdAt: 'asc' },
  });
  expect(entries.map(({ action }) => action)).toEqual([
    'embed_key.create',
    'embed_key.rotate',
    'embed_key.update',
    'embed_key.revoke',
  ]);
  expect(JSON.stringify(entries)).not.toContain(secret);
});
