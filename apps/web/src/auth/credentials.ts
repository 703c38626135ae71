import { authenticate, type User } from '@footfall/db/account/user';
import { isDemoLogin } from '@footfall/demo/login';
import type { Services } from '#runtime/services.ts';
import { openBrowser } from './known-browser.ts';
import { noteSignIn } from './sign-in-audit.ts';

/** Who asks: their address, and what their browser's cookie says of earlier sign-ins. */
export type Asker = { client: string; browserCookie: string | undefined };

export type SignInResult = { user: User } | { refused: 'wrong' } | { refused: 'wait'; seconds: number };

export type SignInServices = Pick<Services, 'config' | 'database' | 'attempts' | 'passwords' | 'log'>;

/** An account that everybody knows the password of opens on a portal of this machine alone. */
const isOnLoopback = ({ listenHost, webUrl }: Services['config']): boolean => {
  const { hostname } = new URL(webUrl);
  const loopback = /^(127\.\d+\.\d+\.\d+|\[?::1\]?|localhost)$/;
  return loopback.test(listenHost) && loopback.test(hostname);
};

/**
 * Checks an e-mail address and a password. The attempt is counted before the password is looked at; what was right is given back.
 * @throws Failure `too_busy` when more passwords are being checked than the machine does at a time
 */
export async function checkCredentials(
  credentials: { email: string; password: string },
  { client, browserCookie }: Asker,
  services: SignInServices,
): Promise<SignInResult> {
  const { config, database, attempts, passwords } = services;
  const { email } = credentials;
  const browser = openBrowser(browserCookie, { email, secret: config.secret });
  const attempt = { email, client, browser };
  const seconds = await attempts.countSignIn(attempt);
  if (seconds > 0) return { refused: 'wait', seconds };
  const user = await authenticate(database, credentials, (work) => passwords.run(work));
  const isLetIn = user !== null && (!isDemoLogin(credentials) || isOnLoopback(config));
  noteSignIn(services, { email, client, succeeded: isLetIn });
  if (!isLetIn) return { refused: 'wrong' };
  await attempts.forgive(attempt);
  return { user };
}
