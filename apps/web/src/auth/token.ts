import { hkdfSync } from 'node:crypto';
import { decode, encode } from 'next-auth/jwt';

/** Who a session belongs to; `epoch` ends it when the user's own has moved on. */
export type Session = { userId: string; epoch: number };

/** How long a session lasts, seconds. */
export const SESSION_SECONDS = 30 * 24 * 60 * 60;

/** The key of sessions, derived from the installation's secret, so that no other use of that secret can be confused with it. */
export function sessionSecret(secret: string): string {
  return Buffer.from(hkdfSync('sha256', secret, '', 'session', 32)).toString('hex');
}

/** The session cookie as next-auth names and sets it, for a portal at this address. */
export function sessionCookie(webUrl: string) {
  const secure = webUrl.startsWith('https:');
  return {
    name: `${secure ? '__Secure-' : ''}next-auth.session-token`,
    options: { httpOnly: true, sameSite: 'lax', path: '/', secure, maxAge: SESSION_SECONDS } as const,
  };
}

/** A session as the encrypted token that next-auth reads. */
export function sealSession({ userId, epoch }: Session, secret: string): Promise<string> {
  return encode({ token: { sub: userId, epoch }, secret: sessionSecret(secret), maxAge: SESSION_SECONDS });
}

/** The session in a token; null when there is none or it is not ours or over. */
export async function openSession(token: string | undefined, secret: string): Promise<Session | null> {
  if (token === undefined || token === '') return null;
  // A token that cannot be decrypted, or is over, is a visitor who is not signed in.
  const claims = await decode({ token, secret: sessionSecret(secret) }).catch(() => null);
  const epoch = claims?.epoch;
  return typeof claims?.sub === 'string' && typeof epoch === 'number' ? { userId: claims.sub, epoch } : null;
}
