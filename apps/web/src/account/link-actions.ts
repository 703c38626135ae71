'use server';

import { normaliseEmail } from '@footfall/db/account/user';
import { z } from 'zod';
import { publicFormAction } from '#access/action.ts';
import { text } from '#access/form.ts';
import { keepLinkBrowser } from '#access/link-browser.ts';
import { openLink } from '#access/open-link.ts';
import { tooManyAttempts } from '#auth/errors.ts';
import { nextPath } from '#auth/next-path.ts';
import { readerLocale } from '#words/reader.ts';
import { noteMail, sendSignInLink } from './mails.ts';

/** Mails a link that signs in. The answer is the same, and as late, whether there is an account or not. */
export const requestLink = publicFormAction('account/link-actions.requestLink', {
  schema: z.strictObject({ email: text(), next: text().optional() }),
  secrets: [],
  run: async ({ input, services, asker: { client } }) => {
    const email = normaliseEmail(input.email);
    const wait = await services.attempts.countMail({ email, client });
    if (wait > 0) throw tooManyAttempts(wait);
    const browser = await keepLinkBrowser(nextPath(input.next));
    noteMail(services, sendSignInLink(services, { email, client, browser, locale: await readerLocale() }));
    return { isSent: true };
  },
});

/** Signs in with the link of a mail: in the browser that asked for it, or with a second proof in any. */
export const signInWithLink = publicFormAction('account/link-actions.signInWithLink', {
  schema: z.strictObject({ token: text(), password: text().optional() }),
  secrets: ['token', 'password'],
  run: ({ input, services, asker }): Promise<object> => openLink(input, { services, asker }),
});
