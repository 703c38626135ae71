'use server';

import { changeEmail, changeProfile as store } from '@footfall/db/account/profile';
import { normaliseEmail } from '@footfall/db/account/user';
import { recordOfUser } from '@footfall/db/account/user-audit';
import { z } from 'zod';
import { accountAction, publicFormAction } from '#access/action.ts';
import { text } from '#access/form.ts';
import { authFailure, tooManyAttempts } from '#auth/errors.ts';
import { parseLocale } from '#words/locale.ts';
import { readerLocale } from '#words/reader.ts';
import { noteMail, sendChangeOfEmail } from './mails.ts';

/** Changes what somebody is called, and the language of their mails. */
export const changeProfile = accountAction('account/profile-actions.changeProfile', {
  schema: z.strictObject({ name: text(), locale: text() }),
  run: async ({ input: { name, locale }, account: { user }, services: { database } }) => {
    await store(database, user.id, { name, locale: parseLocale(locale) ?? null });
    return { saved: true };
  },
});

/** Mails a link to a new address, which it gives to the account, and a notice to the one of now. It does not tell whether somebody has it. */
export const requestEmail = accountAction('account/profile-actions.requestEmail', {
  schema: z.strictObject({ email: text() }),
  run: async ({ input, account: { user }, services, asker: { client } }) => {
    const email = normaliseEmail(input.email);
    const wait = await services.attempts.countMail({ email, client });
    if (wait > 0) throw tooManyAttempts(wait);
    noteMail(services, sendChangeOfEmail(services, { user, email, locale: await readerLocale() }));
    return { isSent: true };
  },
});

/** Gives an account the address that the link of a mail was sent to. */
export const confirmNewEmail = publicFormAction('account/profile-actions.confirmNewEmail', {
  schema: z.strictObject({ token: text() }),
  secrets: ['token'],
  run: async ({ input: { token }, services: { database }, asker: { client } }) => {
    const changed = await changeEmail(database, token);
    if (changed === null)
      throw authFailure('link_expired', 'this link is not valid any more. Ask for a new one');
    await recordOfUser(database, { id: changed.userId }, { action: 'user.change_email', address: client });
    return { isConfirmed: true };
  },
});
