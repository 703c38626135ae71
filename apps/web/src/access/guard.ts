import { openSession, sessionCookie } from '#auth/token.ts';
import { services } from '#runtime/services.ts';
import { screenAt } from './screens.ts';

/** What the proxy needs of a request: its path, and a cookie by name. */
export type GuardedRequest = { pathname: string; cookie: (name: string) => string | undefined };

/**
 * Whether a request for a page has to sign in first. This saves a page the work; the right to see it is asked again where it is
 * made (page.ts), since a proxy can be bypassed. What is not a page of the table answers for itself.
 */
export async function mustSignIn({ pathname, cookie }: GuardedRequest): Promise<boolean> {
  const screen = screenAt(pathname);
  if (screen === null || screen.admission === 'everyone') return false;
  const { config } = services();
  const { secret, internalPages } = config;
  // What is not there has no use for signing in.
  if (screen.internal && !internalPages) return false;
  return (await openSession(cookie(sessionCookie(config).name), secret)) === null;
}

/** Whether browsers reach the portal by TLS. */
export const isServedByTls = (): boolean => services().config.webUrl.startsWith('https:');
