import type { TenantState } from '@footfall/core/billing/entitlement';
import { OPEN_STANDING } from '@footfall/db/billing/entitlement';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeLog, useFakeServices } from '#runtime/services.fixture.ts';
import { apiFailure } from './errors.ts';
import { guardedRoute } from './guarded-route.ts';
import { createQueryLimiter } from './query-limit.ts';
import { json } from './respond.ts';

let limit: number | null = null;
let scopes = ['stats'];
let keyId = 'key_a';
let state: TenantState = 'free';

beforeEach(() => {
  state = 'free';
  limit = null;
  scopes = ['stats'];
  keyId = 'key_a';
});

useFakeServices(() => ({
  log: fakeLog(),
  database: {
    $queryRawUnsafe: async () => [
      { id: keyId, tenantId: 'tenant_a', scopes, isLimited: false, siteIds: [], endsAt: null, userId: null },
    ],
  },
  refusedKeys: { refuse: async () => undefined, accept: () => undefined },
  noteKeyUse: () => undefined,
  queryLimiter: createQueryLimiter(async () => limit),
  findEntitlement: async () => ({ ...OPEN_STANDING, state, dashboards: state !== 'restricted' }),
}));

const request = () =>
  new Request('http://portal.example/api', { method: 'POST', headers: { authorization: 'Bearer ff_x' } });

const LIMITS = ['ratelimit-limit', 'ratelimit-remaining', 'ratelimit-reset', 'retry-after'];
const limitsOn = ({ headers }: Response) => LIMITS.map((name) => headers.get(name));

describe('a route whose caller is known', () => {
  it('gives its handler the caller, the request and the rest', async () => {
    const handle = vi.fn(async () => json({}));
    const asked = request();
    await guardedRoute('/api/v1/query', handle)(asked, ...([{ params: 'x' }] as unknown as []));
    expect(handle).toHaveBeenCalledWith(expect.objectContaining({ apiKeyId: 'key_a' }), asked, {
      params: 'x',
    });
  });

  it('does not run for a caller who may not', async () => {
    scopes = ['ingest'];
    const handle = vi.fn(async () => json({}));
    const response = await guardedRoute('/api/v1/query', handle)(request());
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ error: { code: 'forbidden' } });
    expect(handle).not.toHaveBeenCalled();
  });

  it('answers 402 where the reports of the tenant are locked', async () => {
    state = 'restricted';
    const handle = vi.fn(async () => json({}));
    const response = await guardedRoute('/api/v1/query', handle)(request());
    expect(response.status).toBe(402);
    expect(await response.json()).toMatchObject({ error: { code: 'payment_required' } });
    expect(handle).not.toHaveBeenCalled();
  });

  it('answers what its handler throws, and what its handler answers, each as it is', async () => {
    const fails = guardedRoute('/api/v1/query', async () => {
      throw apiFailure('unknown_site', 'none of yours', { where: 'site_id' });
    });
    expect((await fails(request())).status).toBe(404);
    const unchanged = guardedRoute('/api/v1/query', async () => new Response(null, { status: 304 }));
    expect((await unchanged(request())).status).toBe(304);
  });
});

describe('the limit of a plan', () => {
  it('is on every answer, and counts down', async () => {
    limit = 3;
    const route = guardedRoute('/api/v1/query', async () => json({}));
    expect(limitsOn(await route(request())).slice(0, 2)).toEqual(['3', '2']);
    expect(limitsOn(await route(request())).slice(0, 2)).toEqual(['3', '1']);
  });

  it('is on answers that refuse a question, too: those cost as much', async () => {
    limit = 3;
    const route = guardedRoute('/api/v1/query', async () => {
      throw apiFailure('invalid_json', 'no');
    });
    const response = await route(request());
    expect([response.status, ...limitsOn(response).slice(0, 2)]).toEqual([400, '3', '2']);
  });

  it('ends in a refusal that says when to come again, and the handler does not run', async () => {
    limit = 1;
    const handle = vi.fn(async () => json({}));
    const route = guardedRoute('/api/v1/query', handle);
    await route(request());
    const response = await route(request());
    expect(response.status).toBe(429);
    expect(await response.json()).toMatchObject({ error: { code: 'rate_limited' } });
    const [, remaining, reset, retry] = limitsOn(response);
    expect([remaining, retry]).toEqual(['0', reset]);
    expect(handle).toHaveBeenCalledTimes(1);
  });

  it('is one for all keys of a tenant together, twenty times that of one', async () => {
    limit = 1;
    const route = guardedRoute('/api/v1/query', async () => json({}));
    const statuses: number[] = [];
    for (let n = 0; n < 21; n += 1) {
      keyId = `key_${n}`;
      statuses.push((await route(request())).status);
    }
    expect(statuses).toEqual([...Array.from({ length: 20 }, () => 200), 429]);
  });

  it('has no headers where there is none', async () => {
    const route = guardedRoute('/api/v1/query', async () => json({}));
    expect(limitsOn(await route(request()))).toEqual([null, null, null, null]);
  });
});
