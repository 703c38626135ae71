import { NextRequest } from 'next/server.js';
import { beforeEach, describe, expect, it } from 'vitest';
import { sealSession } from '#auth/token.ts';
import { useFakeServices } from '#runtime/services.fixture.ts';
import { proxy, config as proxyConfig } from './proxy.ts';

const SECRET = 'a-long-random-text-of-32-characters-or-more';
let webUrl = 'http://127.0.0.1:3000';
beforeEach(() => {
  webUrl = 'http://127.0.0.1:3000';
});
useFakeServices(() => ({
  get config() {
    return { webUrl, secret: SECRET, internalPages: false, sessionMaxMs: 3_600_000 };
  },
}));

const ask = (path: string, cookie = '') =>
  proxy(new NextRequest(new URL(path, 'http://127.0.0.1:3000'), { headers: { cookie } }));

const nonceIn = (response: Response) =>
  /'nonce-([^']+)'/.exec(response.headers.get('content-security-policy') ?? '')?.[1];

describe('a page that wants a session', () => {
  it.each([
    ['/sites/new', '/sites/new'],
    ['/sites/site_a?period=7d&country=DE', '/sites/site_a?period=7d&country=DE'],
  ])('%s is come back to after signing in', async (path, next) => {
    const response = await ask(path);
    const location = new URL(response.headers.get('location') ?? '');
    expect([response.status, location.pathname]).toEqual([307, '/sign-in']);
    expect(location.searchParams.get('next')).toBe(next);
  });

  it('is let through with one', async () => {
    const token = await sealSession({ id: 'session-1', userId: 'user_a', epoch: 1 }, SECRET);
    const response = await ask('/sites/new', `next-auth.session-token=${token}`);
    expect([response.status, response.headers.get('location')]).toEqual([200, null]);
  });
});

describe('an answer', () => {
  it('has a policy with a nonce of its own', async () => {
    const [one, other] = [nonceIn(await ask('/')), nonceIn(await ask('/'))];
    expect(one).toMatch(/^[0-9a-f-]{36}$/);
    expect(one).not.toBe(other);
  });

  it('has the nonce in the request that pages are made from, too, whatever the asker sent', async () => {
    const request = new NextRequest('http://127.0.0.1:3000/', {
      headers: { 'content-security-policy': "script-src 'nonce-mine'" },
    });
    const response = await proxy(request);
    const passed = response.headers.get('x-middleware-request-content-security-policy');
    expect(passed).toBe(response.headers.get('content-security-policy'));
    expect(passed).not.toContain('mine');
  });
});

describe('the addresses that pass the proxy', () => {
  const [matcher = ''] = proxyConfig.matcher;
  it.each([
    ['/', true],
    ['/sites/site_a', true],
    // Begins as the API does, and is not of it.
    ['/apiary', true],
    ['/api/v1/query', false],
    ['/api/auth/session', false],
    ['/_next/static/chunk.js', false],
    ['/icon.svg', false],
    ['/favicon.ico', false],
  ])('%s: %s', (path, passes) => expect(new RegExp(`^${matcher}$`).test(path)).toBe(passes));
});
