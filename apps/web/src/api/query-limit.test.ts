import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { allowanceHeaders, createQueryLimiter } from './query-limit.ts';

const HOUR = 3_600_000;
const key = (id: string) => ({ kind: 'key', id, tenantId: 'tenant' }) as const;

describe('questions of an API key', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: Date.parse('2026-01-07T10:00:00Z') });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('are counted each key for itself, up to the limit, in an hour from the first', async () => {
    const limiter = createQueryLimiter(async () => 2);
    expect(await limiter.count(key('a'))).toEqual({
      limit: 2,
      remaining: 1,
      resetSeconds: 3600,
      exceeded: false,
    });
    vi.advanceTimersByTime(HOUR / 2);
    expect(await limiter.count(key('a'))).toMatchObject({
      remaining: 0,
      resetSeconds: 1800,
      exceeded: false,
    });
    expect(await limiter.count(key('a'))).toMatchObject({ remaining: 0, exceeded: true });
    expect(await limiter.count(key('b'))).toMatchObject({ remaining: 1, exceeded: false });
    vi.advanceTimersByTime(HOUR / 2 + 1);
    expect(await limiter.count(key('a'))).toMatchObject({
      remaining: 1,
      resetSeconds: 3600,
      exceeded: false,
    });
  });

  it('of people and of whole tenants are counted too, with more room', async () => {
    const limiter = createQueryLimiter(async () => 1);
    const person = { kind: 'person', id: 'a', tenantId: 'tenant' } as const;
    const tenant = { kind: 'tenant', id: 'tenant', tenantId: 'tenant' } as const;
    expect(await limiter.count(person)).toMatchObject({ limit: 10, remaining: 9 });
    expect(await limiter.count(tenant)).toMatchObject({ limit: 20, remaining: 19 });
    // A key of the same name has its own.
    expect(await limiter.count(key('a'))).toMatchObject({ remaining: 0, exceeded: false });
  });

  it('have no allowance on a plan without a limit', async () => {
    expect(await createQueryLimiter(async () => null).count(key('a'))).toBeNull();
  });

  it('follow a plan that changes within the hour', async () => {
    let limit = 1;
    const limiter = createQueryLimiter(async () => limit);
    await limiter.count(key('a'));
    expect(await limiter.count(key('a'))).toMatchObject({ exceeded: true });
    limit = 600;
    expect(await limiter.count(key('a'))).toMatchObject({ limit: 600, remaining: 597, exceeded: false });
  });
});

describe('the headers of an allowance', () => {
  const left = { limit: 600, remaining: 12, resetSeconds: 99, exceeded: false };

  it('say what is left', () => {
    expect(allowanceHeaders(left)).toEqual({
      'ratelimit-limit': '600',
      'ratelimit-remaining': '12',
      'ratelimit-reset': '99',
      'ratelimit-policy': '600;w=3600',
    });
  });

  it('say when to come again, to those that must', () => {
    expect(allowanceHeaders({ ...left, remaining: 0, exceeded: true })).toMatchObject({
      'retry-after': '99',
    });
  });

  it('are absent without a limit', () => {
    expect(allowanceHeaders(null)).toEqual({});
  });
});
