import { decode, encode } from 'next-auth/jwt';
import { deriveKey } from './token.ts';

/** How long an answer to a challenge is taken, seconds: browsers wait for somebody's finger or phone. */
const CHALLENGE_SECONDS = 5 * 60;

/** What reading a token allows of clocks that differ, and more, seconds: what was used up is remembered for as long as it could be read. */
const SKEW_SECONDS = 60;

/** What a passkey is asked for. An answer to one is none to another. */
export type PasskeyPurpose = 'sign_in' | 'second_factor' | 'add' | 'prove';

/** What this browser was asked: `userId` is whose passkey, null where that is what is asked. */
export type PasskeyChallenge = { challenge: string; purpose: PasskeyPurpose; userId: string | null };

/** The cookie of a browser that was asked for a passkey. */
export function challengeCookie(webUrl: string) {
  const secure = webUrl.startsWith('https:');
  return {
    name: `${secure ? '__Host-' : ''}footfall-passkey`,
    options: { httpOnly: true, sameSite: 'strict', path: '/', secure, maxAge: CHALLENGE_SECONDS } as const,
  };
}

const keyFor = (secret: string) => deriveKey(secret, 'passkey');

/** A challenge as what its cookie says: encrypted, with a key that is for nothing else. */
export function sealChallenge(
  { challenge, purpose, userId }: PasskeyChallenge,
  secret: string,
): Promise<string> {
  const token = { challenge, purpose, ...(userId === null ? {} : { sub: userId }) };
  return encode({ token, secret: keyFor(secret), maxAge: CHALLENGE_SECONDS });
}

/** The challenge that a cookie tells of, and when it is over; null when it is, or is not ours. */
export async function openChallenge(
  sealed: string | undefined,
  secret: string,
): Promise<(PasskeyChallenge & { expiresAt: Date }) | null> {
  if (sealed === undefined || sealed === '') return null;
  const claims = await decode({ token: sealed, secret: keyFor(secret) }).catch(() => null);
  const { challenge, purpose, sub = null, exp } = claims ?? {};
  if (typeof challenge !== 'string' || typeof purpose !== 'string' || typeof exp !== 'number') return null;
  return {
    challenge,
    purpose: purpose as PasskeyPurpose,
    userId: sub,
    expiresAt: new Date((exp + SKEW_SECONDS) * 1000),
  };
}
