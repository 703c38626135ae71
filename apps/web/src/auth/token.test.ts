import { describe, expect, it } from 'vitest';
import { openSession, sealSession, sessionCookie, sessionSecret } from './token.ts';

const SECRET = 'a-long-random-text-of-32-characters-or-more';
const session = { id: 'session-1', userId: 'user_1', epoch: 3 };

describe('a session', () => {
  it('comes back from its token', async () => {
    expect(await openSession(await sealSession(session, SECRET), SECRET)).toEqual(session);
  });

  it('cannot be read or made with another secret', async () => {
    expect(await openSession(await sealSession(session, `${SECRET}!`), SECRET)).toBeNull();
  });

  it.each([undefined, '', 'x', 'a.b.c.d.e'])('is absent from %j', async (token) => {
    expect(await openSession(token, SECRET)).toBeNull();
  });

  it('has a key that does not show the secret', () => {
    expect(sessionSecret(SECRET)).toMatch(/^[0-9a-f]{64}$/);
    expect(sessionSecret(SECRET)).not.toBe(sessionSecret(`${SECRET}!`));
  });

  it('travels in a cookie that scripts cannot read and that needs TLS where there is TLS', () => {
    expect(sessionCookie({ webUrl: 'https://stats.example', sessionMaxMs: 3_600_000 }).name).toBe(
      '__Host-next-auth.session-token',
    );
    expect(sessionCookie({ webUrl: 'https://stats.example', sessionMaxMs: 3_600_000 }).options).toMatchObject(
      { secure: true, httpOnly: true },
    );
    expect(sessionCookie({ webUrl: 'http://127.0.0.1:3000', sessionMaxMs: 3_600_000 }).options.secure).toBe(
      false,
    );
  });
});
