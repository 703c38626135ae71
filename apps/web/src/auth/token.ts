import { hkdfSync } from 'node:crypto';
import { decode, encode } from 'next-auth/jwt';

/** Who a session belongs to. `id` names its row (account/session.ts), which says when it ends; `epoch` ends it when the user's own has moved on. */
export type Session = { id: string; userId: string; epoch: number };

/** How long a token may be read at most, seconds; the session's row ends it earlier. */
export const TOKEN_SECONDS = 365 * 24 * 60 * 60;

/** A key for one use of the installation's secret, so that no other use of that secret can be confused with it. */
export function deriveKey(
  secret: string,
  use: 'session' | 'browser' | 'second-step' | 'passkey' | 'provider',
): string {
  return Buffer.from(hkdfSync('sha256', secret, '', use, 32)).toString('hex');
}

/** The key of sessions. */
export const sessionSecret = (secret: string): string => deriveKey(secret, 'session');

/**
 * The session cookie as next-auth sets it, for a portal at this address. `__Host-`: no other host, not even a subdomain, can set it.
 * It lives as long as a session at most; without TLS, on loopback, browsers would refuse such a name.
 */
export function sessionCookie({ webUrl, sessionMaxMs }: { webUrl: string; sessionMaxMs: number }) {
  const secure = webUrl.startsWith('https:');
  const maxAge = Math.ceil(sessionMaxMs / 1000);
  return {
    name: `${secure ? '__Host-' : ''}next-auth.session-token`,
    options: { httpOnly: true, sameSite: 'lax', path: '/', secure, maxAge } as const,
  };
}

/** A session as the encrypted token that next-auth reads. */
export function sealSession({ id, userId, epoch }: Session, secret: string): Promise<string> {
  const token = { sub: userId, epoch, sid: id };
  return encode({ token, secret: sessionSecret(secret), maxAge: TOKEN_SECONDS });
}

/** The session that a token's claims name; null when they name none. */
export function readClaims(claims: Readonly<Record<string, unknown>> | null | undefined): Session | null {
  const { sub, epoch, sid } = claims ?? {};
  if (typeof sub !== 'string' || typeof epoch !== 'number' || typeof sid !== 'string') return null;
  return { id: sid, userId: sub, epoch };
}

/** The session in a token; null when there is none or it is not ours. Whether it goes on is its row's to say. */
export async function openSession(token: string | undefined, secret: string): Promise<Session | null> {
  if (token === undefined || token === '') return null;
  // A token that cannot be decrypted is a visitor who is not signed in.
  return readClaims(await decode({ token, secret: sessionSecret(secret) }).catch(() => null));
}
