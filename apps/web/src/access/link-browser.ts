import { isSecretToken, newSecretToken } from '@footfall/db/account/secret-token';
import { cookies } from 'next/headers';
import { nextPath } from '#auth/next-path.ts';
import { services } from '#runtime/services.ts';

/** As long as a link is valid, and until it is in the mailbox, seconds. */
const COOKIE_SECONDS = 60 * 60;

/** What a browser that asked for a link keeps: a secret that only it has, and where it wanted to go. */
type LinkBrowser = { secret: string; next: string };

function linkCookie(webUrl: string) {
  const secure = webUrl.startsWith('https:');
  return {
    name: `${secure ? '__Host-' : ''}footfall-link`,
    options: { httpOnly: true, sameSite: 'lax', path: '/', secure, maxAge: COOKIE_SECONDS } as const,
  };
}

/** What this browser kept when it asked for a link; null when it asked for none. */
export async function currentLinkBrowser(): Promise<LinkBrowser | null> {
  const value = (await cookies()).get(linkCookie(services().config.webUrl).name)?.value ?? '';
  const [secret = '', next = ''] = value.split(' ');
  return isSecretToken(secret) ? { secret, next: nextPath(next) } : null;
}

/** Has this browser keep a secret for the link that it asks for; the links that it asked for before are still its own. */
export async function keepLinkBrowser(next: string): Promise<string> {
  const secret = (await currentLinkBrowser())?.secret ?? newSecretToken();
  const { name, options } = linkCookie(services().config.webUrl);
  (await cookies()).set(name, `${secret} ${next}`, options);
  return secret;
}

/** Forgets it: the link was used. */
export async function endLinkBrowser(): Promise<void> {
  const { name, options } = linkCookie(services().config.webUrl);
  (await cookies()).set(name, '', { ...options, maxAge: 0 });
}
