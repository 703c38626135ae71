import { encode } from 'next-auth/jwt';
import { describe, expect, it } from 'vitest';
import { openSession, sealSession, sessionCookie, sessionSecret, TOKEN_SECONDS } from './token.ts';

const SECRET = 'a-long-random-text-of-32-characters-or-more';
const session = { id: 'session-1', userId: 'user_a', epoch: 3 };

/** A token that is ours by its key, with claims of another kind. */
const tokenWith = (token: Record<string, unknown>, maxAge = TOKEN_SECONDS) =>
  encode({ token, secret: sessionSecret(SECRET), maxAge });

describe('a token that was made with our key', () => {
  it.each([
    ['no user', { epoch: 1, sid: 'a' }],
    ['no session, as one of an older release', { sub: 'user_a', epoch: 1 }],
    ['no epoch, as one of an older release', { sub: 'user_a', sid: 'a' }],
    ['an epoch that is not a number', { sub: 'user_a', epoch: '3', sid: 'a' }],
    ['nothing', {}],
  ])('is refused with %s', async (_, claims) => {
    expect(await openSession(await tokenWith(claims), SECRET)).toBeNull();
  });

  it('is over after its time', async () => {
    // Beyond the seconds that clocks may differ by.
    const token = await tokenWith({ sub: 'user_a', epoch: 3, sid: 'a' }, -60);
    expect(await openSession(token, SECRET)).toBeNull();
  });

  it('has an epoch of zero as well as any', async () => {
    const first = { id: 'session-1', userId: 'user_a', epoch: 0 };
    expect(await openSession(await sealSession(first, SECRET), SECRET)).toEqual(first);
  });

  it('is another each time, so that two browsers cannot be told to be one user’s', async () => {
    expect(await sealSession(session, SECRET)).not.toBe(await sealSession(session, SECRET));
  });

  it('does not show whose it is', async () => {
    const token = await sealSession(session, SECRET);
    const readable = token.split('.').map((part) => Buffer.from(part, 'base64url').toString('latin1'));
    expect(readable.join(' ')).not.toContain('user_a');
  });
});

describe('a token that was changed', () => {
  it('in any of its parts is refused', async () => {
    const parts = (await sealSession(session, SECRET)).split('.');
    for (const [index, part] of parts.entries()) {
      const other = part.startsWith('A') ? `B${part.slice(1)}` : `A${part.slice(1)}`;
      const changed = parts.with(index, part === '' ? 'A' : other).join('.');
      expect([index, await openSession(changed, SECRET)]).toEqual([index, null]);
    }
  });

  it('by leaving off its end is refused', async () => {
    const token = await sealSession(session, SECRET);
    for (const length of [1, token.length >> 1, token.length - 1]) {
      expect(await openSession(token.slice(0, length), SECRET)).toBeNull();
    }
  });
});

it.each([
  ['https://stats.example', '__Host-next-auth.session-token', true],
  ['https://stats.example/portal', '__Host-next-auth.session-token', true],
  ['http://127.0.0.1:3000', 'next-auth.session-token', false],
])('the cookie of a portal at %s is %s', (webUrl, name, secure) => {
  expect(sessionCookie({ webUrl, sessionMaxMs: 3_600_000 })).toEqual({
    name,
    options: { httpOnly: true, sameSite: 'lax', path: '/', secure, maxAge: 3600 },
  });
});
