import { hasSecondFactor } from '@footfall/db/account/second-factor';
import { readSignInLink, takeSignInLink } from '@footfall/db/account/sign-in-link';
import type { User } from '@footfall/db/account/user';
import { redirect } from 'next/navigation';
import { type Asker, provePassword } from '#auth/credentials.ts';
import { authFailure, tooManyAttempts } from '#auth/errors.ts';
import { noteAttempt } from '#auth/sign-in-audit.ts';
import type { Services } from '#runtime/services.ts';
import { currentLinkBrowser, endLinkBrowser } from './link-browser.ts';
import { askSecondStep } from './second-step.ts';
import { beginSession } from './session.ts';

type Opened = { token: string; password?: string | undefined };
type Entry = { services: Services; asker: Asker };

const linkExpired = () => authFailure('link_expired', 'this link is not valid any more. Ask for a new one');

/**
 * What else is asked of whoever has a link: `nothing` in the browser that asked for it, and where a second factor follows anyway; in any
 * other browser the `password`, and of an account without one that the link is opened where it was asked for.
 */
type Besides = 'nothing' | 'password' | 'own browser';

type ReadLink = { user: User; needsCode: boolean; besides: Besides; next: string };

/** What a link opens for this browser, without using it up; null when it is not valid any more. */
export async function readLink(
  token: string,
  { database }: Pick<Services, 'database'>,
): Promise<ReadLink | null> {
  const browser = await currentLinkBrowser();
  const link = await readSignInLink(database, { token, browser: browser?.secret });
  if (link === null) return null;
  const { user, isSameBrowser, hasPassword } = link;
  const needsCode = await hasSecondFactor(database, user.id);
  const elsewhere = hasPassword ? 'password' : 'own browser';
  return {
    user,
    needsCode,
    besides: isSameBrowser || needsCode ? 'nothing' : elsewhere,
    next: isSameBrowser ? (browser?.next ?? '/') : '/',
  };
}

/**
 * Signs in whoever has a link from a mail, or leads them to the second step. The link is used up once all else is right.
 * @throws Failure `link_expired`, `other_browser`, `wrong_password` at the field `password`, `too_many_attempts`, `too_busy`
 */
export async function openLink({ token, password = '' }: Opened, { services, asker }: Entry): Promise<never> {
  const { attempts, database } = services;
  const { client } = asker;
  const seconds = await attempts.countEntry(client);
  if (seconds > 0) throw tooManyAttempts(seconds);
  const link = await readLink(token, services);
  if (link === null) throw linkExpired();
  const { user, needsCode, besides, next } = link;
  if (besides === 'own browser')
    throw authFailure('other_browser', 'open this link in the browser in which you asked for it');
  if (besides === 'password')
    await provePassword({ email: user.email, password }, asker, services, 'password');
  if (!(await takeSignInLink(database, { token, user }))) throw linkExpired();
  await attempts.forgiveEntry(client);
  await endLinkBrowser();
  if (needsCode) return askSecondStep(user, next);
  noteAttempt(services, { email: user.email, client, action: 'user.sign_in' });
  await beginSession(user);
  return redirect(next);
}
