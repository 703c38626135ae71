import { describe, expect, it } from 'vitest';
import { useFakeServices } from '#runtime/services.fixture.ts';
import type { Caller } from './caller.ts';
import { readSiteId, requireSite } from './site.ts';

let isElsewhere = false;
useFakeServices(() => ({ database: { $queryRaw: async () => [{ exists: isElsewhere }] } }));

const SITE = { id: 'site_a', domain: 'kiln.example' };

/** A caller with one site, who may (or not) do at it what the route does. */
const caller = (mayAt = true) =>
  ({
    apiKeyId: 'key_a',
    mayAt: () => mayAt,
    tenant: { sites: { find: async (reference: string) => (reference === 'unknown' ? null : SITE) } },
  }) as unknown as Caller;

describe('the site that a caller asks for', () => {
  it.each(['site_a', 'kiln.example', 'sk_123'])('is theirs by %s', async (reference) => {
    expect(await requireSite(caller(), reference)).toBe(SITE);
  });

  it.each([undefined, null, '', 7, ['site_a'], { id: 'site_a' }, true])('is not %j', async (reference) => {
    await expect(requireSite(caller(), reference)).rejects.toMatchObject({
      code: 'invalid_site_id',
      status: 400,
      where: 'site_id',
    });
  });

  it.each([
    { why: 'nobody has it', elsewhere: false, code: 'unknown_site', status: 404 },
    { why: 'another tenant has it', elsewhere: true, code: 'forbidden', status: 403 },
  ])('is refused as $code where $why', async ({ elsewhere, code, status }) => {
    isElsewhere = elsewhere;
    await expect(requireSite(caller(), 'unknown')).rejects.toMatchObject({ code, status, where: 'site_id' });
  });

  it('is refused where the caller is limited to others', async () => {
    isElsewhere = true;
    await expect(requireSite(caller(false), 'site_a')).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('is refused to a key that is limited to others by its domain, too', async () => {
    isElsewhere = false;
    await expect(requireSite(caller(false), 'kiln.example')).rejects.toMatchObject({
      code: 'forbidden',
      message: 'this API key is limited to other sites',
    });
  });

  it('is quoted in what is said of it, so that it cannot be taken for our words', async () => {
    isElsewhere = false;
    await expect(requireSite(caller(), 'unknown')).rejects.toMatchObject({
      message: '"unknown" is none of your sites',
    });
  });
});

describe('the site of a body', () => {
  it.each([
    [{ site_id: 'site_a' }, 'site_a'],
    [{}, undefined],
    [null, undefined],
    ['text', undefined],
    [7, undefined],
    [[], undefined],
  ])('of %j is %j', (body, siteId) => expect(readSiteId(body)).toBe(siteId));
});
