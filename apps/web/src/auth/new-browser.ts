import type { User } from '@footfall/db/account/user';
import { cookies, headers } from 'next/headers';
import { type MailServices, noteMail, tellOwner } from '#account/mails.ts';
import type { Services } from '#runtime/services.ts';
import { readerLocale } from '#words/reader.ts';
import { browserCookie, openBrowser } from './known-browser.ts';

type Needs = MailServices & Pick<Services, 'config' | 'describeBrowser'>;

/** Tells somebody who signs in with a browser that their account does not know. Nobody waits for it. */
export async function tellOfNewBrowser(user: User, needs: Needs): Promise<void> {
  const { secret, webUrl } = needs.config;
  const cookie = (await cookies()).get(browserCookie(webUrl).name)?.value;
  if (openBrowser(cookie, { email: user.email, secret }) !== null) return;
  const browser = needs.describeBrowser((await headers()).get('user-agent') ?? '') || '?';
  const told = { template: 'new_sign_in', facts: { browser } } as const;
  noteMail(needs, tellOwner(needs, { user, locale: await readerLocale() }, told));
}
