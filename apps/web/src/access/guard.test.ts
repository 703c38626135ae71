import { beforeEach, describe, expect, it } from 'vitest';
import { sealSession } from '#auth/token.ts';
import { useFakeServices } from '#runtime/services.fixture.ts';
import { isServedByTls, mustSignIn } from './guard.ts';

const SECRET = 'a-long-random-text-of-32-characters-or-more';
let config = {
  webUrl: 'http://127.0.0.1:3000',
  secret: SECRET,
  internalPages: false,
  sessionMaxMs: 3_600_000,
};

beforeEach(() => {
  config = { webUrl: 'http://127.0.0.1:3000', secret: SECRET, internalPages: false, sessionMaxMs: 3_600_000 };
});
useFakeServices(() => ({
  get config() {
    return config;
  },
}));

const asks = (pathname: string, cookies: Record<string, string> = {}) =>
  mustSignIn({ pathname, cookie: (name) => cookies[name] });

const session = () => sealSession({ id: 'session-1', userId: 'user_a', epoch: 1 }, SECRET);

describe('who is not signed in', () => {
  it.each([
    ['/sites/new', true],
    ['/sites/site_a', true],
    ['/sites/site_a/settings', true],
    ['/sites/site_a/install', true],
    ['/', false],
    ['/sign-in', false],
    ['/sign-up', false],
    // Routes and what is not there answer for themselves.
    ['/sites/site_a/pulse', false],
    ['/nowhere', false],
    ['/sites/site_a/settings/more', false],
  ])('at %s has to sign in first: %s', async (pathname, must) => {
    expect(await asks(pathname)).toBe(must);
  });

  it.each([
    // A page that is not served is not there: signing in would not help.
    [false, false],
    [true, true],
  ])('at an internal page, where these are served: %s, has to: %s', async (internalPages, must) => {
    config = { ...config, internalPages };
    expect(await asks('/internal/components')).toBe(must);
  });
});

describe('who is signed in', () => {
  it('need not do it again', async () => {
    expect(await asks('/sites/new', { 'next-auth.session-token': await session() })).toBe(false);
  });

  it.each([
    [
      'is of another installation',
      async () => sealSession({ id: 'session-1', userId: 'user_a', epoch: 1 }, `${SECRET}!`),
    ],
    ['was changed', async () => `${await session()}x`],
    ['is empty', async () => ''],
  ])('has to where the session %s', async (_, token) => {
    expect(await asks('/sites/new', { 'next-auth.session-token': await token() })).toBe(true);
  });

  it('has to where the session came without TLS to a portal that has it', async () => {
    config = { ...config, webUrl: 'https://stats.example' };
    expect(await asks('/sites/new', { 'next-auth.session-token': await session() })).toBe(true);
    expect(await asks('/sites/new', { '__Host-next-auth.session-token': await session() })).toBe(false);
  });
});

it.each([
  ['https://stats.example', true],
  ['http://127.0.0.1:3000', false],
  ['http://https.example', false],
])('a portal at %s is reached by TLS: %s', (webUrl, byTls) => {
  config = { ...config, webUrl };
  expect(isServedByTls()).toBe(byTls);
});
