import { describe, expect, it, vi } from 'vitest';
import type { GuardedApiAddress } from '#access/api-routes.ts';
import { useFakeServices } from '#runtime/services.fixture.ts';
import { requireCaller } from './caller.ts';

/** Keys that the database knows, each by its one scope or several; what is asked is a hash, so the latest key is the one. */
let stored: object | null = null;
const refusedKeys = { refuse: vi.fn(), accept: vi.fn() };
const noteKeyUse = vi.fn();
let asked = 0;

useFakeServices(() => {
  asked = 0;
  const $queryRaw = async () => {
    asked += 1;
    return stored === null ? [] : [stored];
  };
  return { database: { $queryRawUnsafe: $queryRaw }, refusedKeys, noteKeyUse };
});

const call = (authorization: string, address: GuardedApiAddress = '/api/v1/query') =>
  requireCaller(
    address,
    new Request('http://portal.example/api', { method: 'POST', headers: { authorization } }),
  );

const KEY = {
  id: 'key_a',
  tenantId: 'tenant_a',
  isLimited: false,
  siteIds: [],
  endsAt: null,
  userId: null,
  ownerRole: null,
  ownerIsLimited: null,
};
const keyWith = (...scopes: string[]) => ({ ...KEY, scopes });

describe('a caller with an API key', () => {
  it.each(['Bearer ff_x', 'bearer ff_x', 'BEARER   ff_x'])('is known by %j', async (authorization) => {
    stored = keyWith('stats');
    const caller = await call(authorization);
    expect([caller.apiKeyId, caller.tenant.tenantId]).toEqual(['key_a', 'tenant_a']);
  });

  it('may ask at the sites that it is limited to, and at no other', async () => {
    stored = { ...keyWith('stats'), isLimited: true, siteIds: ['site_a'] };
    const caller = await call('Bearer ff_x');
    expect([caller.mayAt('site_a'), caller.mayAt('site_b')]).toEqual([true, false]);
    stored = { ...keyWith('stats'), isLimited: true, siteIds: [] };
    await expect(call('Bearer ff_x')).rejects.toMatchObject({ code: 'forbidden' });
  });

  it.each([
    { ownerRole: 'admin', ownerIsLimited: false, may: true },
    { ownerRole: 'admin', ownerIsLimited: true, may: false },
    { ownerRole: 'viewer', ownerIsLimited: false, may: false },
    { ownerRole: 'root', ownerIsLimited: false, may: false },
    { ownerRole: null, ownerIsLimited: null, may: false },
  ])(
    'of a member with the role $ownerRole (limited: $ownerIsLimited) works: $may',
    async ({ may, ...owner }) => {
      stored = { ...keyWith('stats'), userId: 'user_a', ...owner };
      const called = call('Bearer ff_x');
      if (may) expect((await called).apiKeyId).toBe('key_a');
      else await expect(called).rejects.toMatchObject({ code: 'unauthorized' });
    },
  );

  it('is noted as used, and counts for its network where it is not known', async () => {
    vi.clearAllMocks();
    stored = keyWith('stats');
    await call('Bearer ff_x');
    expect([noteKeyUse.mock.calls, refusedKeys.accept.mock.calls]).toEqual([[['key_a']], [['ff_x']]]);
    expect(refusedKeys.refuse).not.toHaveBeenCalled();
    stored = null;
    await expect(call('Bearer ff_y')).rejects.toMatchObject({ status: 401 });
    expect(refusedKeys.refuse).toHaveBeenCalledTimes(1);
  });

  it('may ask at all sites of its tenant unless it is limited', async () => {
    stored = keyWith('stats');
    const caller = await call('Bearer ff_x');
    expect([caller.mayAt('site_a'), caller.mayAt('site_b')]).toEqual([true, true]);
  });

  it.each([
    { why: 'it was revoked, or never was', authorization: 'Bearer ff_x', queries: 1 },
    // None of these is a key, so the database is not asked.
    { why: 'there is none', authorization: 'Bearer', queries: 0 },
    { why: 'there is another scheme', authorization: 'Basic dXNlcjpwYXNz', queries: 0 },
    { why: 'there are two', authorization: 'Bearer ff_x ff_y', queries: 0 },
    { why: 'the scheme is missing', authorization: 'ff_x', queries: 0 },
    { why: 'it is empty', authorization: '', queries: 0 },
  ])('is unauthorized where $why', async ({ authorization, queries }) => {
    stored = null;
    await expect(call(authorization)).rejects.toMatchObject({ code: 'unauthorized', status: 401 });
    expect(asked).toBe(queries);
  });

  it.each([
    { scopes: ['stats'], may: true },
    { scopes: ['ingest', 'stats'], may: true },
    { scopes: ['ingest'], may: false },
    { scopes: [], may: false },
    // A scope that a later release brought, or a typing mistake in the database: it allows nothing.
    { scopes: ['admin', 'STATS'], may: false },
  ])('with the scopes $scopes may read reports: $may', async ({ scopes, may }) => {
    stored = keyWith(...scopes);
    if (may) expect((await call('Bearer ff_x')).apiKeyId).toBe('key_a');
    else {
      await expect(call('Bearer ff_x')).rejects.toMatchObject({
        code: 'forbidden',
        message: 'this API key does not have the scope stats',
      });
    }
  });

  it.each([
    '/api/v1/query',
    '/api/v2/query',
    '/api/v1/funnel',
    '/api/v1/retention',
    '/api/v1/flow',
    '/api/v1/sites/[id]/export',
    '/api/v1/sites/[id]/ledger',
    '/api/v1/sites/[id]/realtime',
  ] as const)('may call %s', async (address) => {
    stored = keyWith('stats');
    expect((await call('Bearer ff_x', address)).apiKeyId).toBe('key_a');
  });

  it('may not call what is there for pages of the portal, whatever its scopes', async () => {
    stored = keyWith('ingest', 'stats');
    await expect(call('Bearer ff_x', '/sites/[id]/pulse')).rejects.toMatchObject({ code: 'forbidden' });
    expect(asked).toBe(0);
  });
});
