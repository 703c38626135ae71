import { decode, encode } from 'next-auth/jwt';
import { deriveKey } from './token.ts';

/** How long somebody whose password was right has for the second step, seconds. */
const STEP_SECONDS = 10 * 60;

/** Who is between the two steps of signing in, and where they go after it. It opens nothing: no session is in it. */
export type SecondStep = {
  userId: string;
  epoch: number;
  next: string;
  /** The tenant whose provider vouched for them in the first step; null: they did it themselves. */
  onlyTenant: string | null;
  /** That provider, or the installation's; null: they did it themselves. */
  provider: string | null;
};

/** The cookie of a browser between the two steps. */
export function secondStepCookie(webUrl: string) {
  const secure = webUrl.startsWith('https:');
  return {
    name: `${secure ? '__Host-' : ''}footfall-second-step`,
    options: { httpOnly: true, sameSite: 'lax', path: '/', secure, maxAge: STEP_SECONDS } as const,
  };
}

const keyFor = (secret: string) => deriveKey(secret, 'second-step');

/** A second step as what its cookie says: encrypted, with a key that is for nothing else. */
export function sealSecondStep(
  { userId, epoch, next, onlyTenant, provider }: SecondStep,
  secret: string,
): Promise<string> {
  return encode({
    token: { sub: userId, epoch, next, onlyTenant, provider },
    secret: keyFor(secret),
    maxAge: STEP_SECONDS,
  });
}

/** The second step that a cookie tells of; null when it is over, or not ours. */
export async function openSecondStep(sealed: string | undefined, secret: string): Promise<SecondStep | null> {
  if (sealed === undefined || sealed === '') return null;
  const claims = await decode({ token: sealed, secret: keyFor(secret) }).catch(() => null);
  const { sub, epoch, next, onlyTenant, provider } = claims ?? {};
  if (typeof sub !== 'string' || typeof epoch !== 'number' || typeof next !== 'string') return null;
  // Who it was begun for in a way that cannot be read is nobody.
  if (onlyTenant !== null && typeof onlyTenant !== 'string') return null;
  if (provider !== null && typeof provider !== 'string') return null;
  return { userId: sub, epoch, next, onlyTenant, provider };
}
