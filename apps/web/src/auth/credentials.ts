import { hasSecondFactor } from '@footfall/db/account/second-factor';
import { authenticate, type User } from '@footfall/db/account/user';
import { isDemoLogin } from '@footfall/demo/login';
import type { Services } from '#runtime/services.ts';
import { authFailure, tooManyAttempts } from './errors.ts';
import { openBrowser } from './known-browser.ts';
import { noteAttempt } from './sign-in-audit.ts';

/** Who asks: their address, and what their browser's cookie says of earlier sign-ins. */
export type Asker = { client: string; browserCookie: string | undefined };

type Refused = { refused: 'wrong' } | { refused: 'wait'; seconds: number };

/** What a right password comes to: signed in, or asked for a code of the second factor. */
export type SignInResult = { user: User } | { needsCode: User } | Refused;

export type SignInServices = Pick<
  Services,
  'config' | 'settings' | 'database' | 'attempts' | 'passwords' | 'log'
>;

/** An account that everybody knows the password of opens on a portal of this machine alone. */
const isOnLoopback = ({ listenHost, webUrl }: Services['config']): boolean => {
  const { hostname } = new URL(webUrl);
  const loopback = /^(127\.\d+\.\d+\.\d+|\[?::1\]?|localhost)$/;
  return loopback.test(listenHost) && loopback.test(hostname);
};

type Credentials = { email: string; password: string };

/** Compares a password. The attempt is counted before the password is looked at; what was right is given back. */
async function comparePassword(
  credentials: Credentials,
  { client, browserCookie }: Asker,
  services: SignInServices,
): Promise<{ user: User } | Refused> {
  const { config, database, attempts, passwords } = services;
  const { email } = credentials;
  const browser = openBrowser(browserCookie, { email, secret: config.secret });
  const attempt = { email, client, browser };
  const seconds = await attempts.countSignIn(attempt);
  if (seconds > 0) return { refused: 'wait', seconds };
  const user = await authenticate(database, credentials, (work) => passwords.run(work));
  const isLetIn = user !== null && (!isDemoLogin(credentials) || isOnLoopback(config));
  if (!isLetIn) return { refused: 'wrong' };
  await attempts.forgive(attempt);
  return { user };
}

/**
 * Checks an e-mail address and a password of somebody who signs in. An account with a second factor is signed in by its code alone
 * (second-factor.ts).
 * @throws Failure `too_busy` when more passwords are being checked than the machine does at a time
 */
export async function checkCredentials(
  credentials: Credentials,
  asker: Asker,
  services: SignInServices,
): Promise<SignInResult> {
  const result = await comparePassword(credentials, asker, services);
  const { email } = credentials;
  const { client } = asker;
  if ('user' in result && (await hasSecondFactor(services.database, result.user.id)))
    return { needsCode: result.user };
  if ('user' in result) noteAttempt(services, { email, client, action: 'user.sign_in' });
  else if (result.refused === 'wrong')
    noteAttempt(services, { email, client, action: 'user.sign_in_failed' });
  return result;
}

/**
 * Has somebody whose account is known prove with their password who they are; counted as an attempt to sign in is.
 * @throws Failure `wrong_password` at the field `where`, `too_many_attempts`, `too_busy`
 */
export async function provePassword(
  credentials: Credentials,
  asker: Asker,
  services: SignInServices,
  where = 'currentPassword',
): Promise<void> {
  const result = await comparePassword(credentials, asker, services);
  if ('user' in result) return;
  if (result.refused === 'wait') throw tooManyAttempts(result.seconds);
  const { email } = credentials;
  noteAttempt(services, { email, client: asker.client, action: 'user.proof_failed' });
  throw authFailure('wrong_password', 'this is not your password', { where });
}
