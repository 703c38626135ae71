'use server';

import { resetPassword } from '@footfall/db/account/reset-password';
import { normaliseEmail } from '@footfall/db/account/user';
import { recordOfUser } from '@footfall/db/account/user-audit';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import { publicFormAction } from '#access/action.ts';
import { text } from '#access/form.ts';
import { authFailure, tooManyAttempts } from '#auth/errors.ts';
import { readerLocale } from '#words/reader.ts';
import { noteMail, PASSWORD_CHANGED, sendReset, tellOwner } from './mails.ts';

/** Mails a link that sets a new password. The answer is the same, and as late, whether there is an account or not. */
export const requestReset = publicFormAction('account/password-actions.requestReset', {
  schema: z.strictObject({ email: text() }),
  secrets: [],
  run: async ({ input, services, asker: { client } }) => {
    const email = normaliseEmail(input.email);
    const wait = await services.attempts.countMail({ email, client });
    if (wait > 0) throw tooManyAttempts(wait);
    noteMail(services, sendReset(services, { email, client, locale: await readerLocale() }));
    return { isSent: true };
  },
});

/** Sets a password with the link of a mail, and ends every session; whoever did it signs in with it. */
export const saveNewPassword = publicFormAction('account/password-actions.saveNewPassword', {
  schema: z.strictObject({ token: text(), password: text() }),
  secrets: ['token', 'password'],
  run: async ({ input, services, asker: { client } }): Promise<object> => {
    const { database, passwords, sessions } = services;
    const user = await resetPassword(database, input, (work) => passwords.run(work));
    if (user === null)
      throw authFailure('link_expired', 'this link is not valid any more. Ask for a new one');
    await sessions.endOthers(user.id, null);
    await recordOfUser(database, { id: user.id }, { action: 'user.reset_password', address: client });
    await tellOwner(services, { user, locale: await readerLocale() }, PASSWORD_CHANGED);
    redirect('/sign-in?reset=1');
  },
});
