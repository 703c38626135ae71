import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { deriveKey } from './token.ts';

/** How long a browser is known after it signed in, seconds. */
const KNOWN_SECONDS = 180 * 24 * 60 * 60;

/** The cookie of a browser that has signed in: nobody is signed in by it, it only tells the owner's attempts from strangers'. */
export function browserCookie(webUrl: string) {
  const secure = webUrl.startsWith('https:');
  return {
    name: `${secure ? '__Host-' : ''}footfall-browser`,
    options: { httpOnly: true, sameSite: 'lax', path: '/', secure, maxAge: KNOWN_SECONDS } as const,
  };
}

const sign = (text: string, secret: string) =>
  createHmac('sha256', deriveKey(secret, 'browser')).update(text).digest();

const signed = (id: string, email: string) => `${id} ${email.trim().toLowerCase().toWellFormed()}`;

/** What the cookie of a browser says after somebody signed in with this address there. */
export function sealBrowser(email: string, secret: string): string {
  const id = randomBytes(16).toString('base64url');
  return `${id}.${sign(signed(id, email), secret).toString('base64url')}`;
}

/** The id of a browser that has signed in with this address; null for any other. */
export function openBrowser(
  cookie: string | undefined,
  { email, secret }: { email: string; secret: string },
): string | null {
  const [, id, signature] = /^([\w-]{22})\.([\w-]{43})$/.exec(cookie ?? '') ?? [];
  if (id === undefined || signature === undefined) return null;
  const isOurs = timingSafeEqual(Buffer.from(signature, 'base64url'), sign(signed(id, email), secret));
  return isOurs ? id : null;
}
