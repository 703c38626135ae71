'use server';

import { deleteAccount as deleteAccountOf } from '@footfall/db/account/own-data';
import { normaliseEmail } from '@footfall/db/account/user';
import { recordOfUser } from '@footfall/db/account/user-audit';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import { accountAction } from '#access/action.ts';
import { text } from '#access/form.ts';
import { endSession } from '#access/session.ts';
import { authFailure } from '#auth/errors.ts';
import { parseLocale } from '#words/locale.ts';
import { readerLocale } from '#words/reader.ts';

/** Deletes the reader's account, once its address was typed. Teams that nobody else owns have to be settled first. */
export const deleteAccount = accountAction('account/deletion-actions.deleteAccount', {
  schema: z.strictObject({ email: text() }),
  run: async ({ input, account, services: { database, queueMail }, asker }): Promise<object> => {
    const { id, email, locale } = account.user;
    if (normaliseEmail(input.email) !== email)
      throw authFailure('unconfirmed_email', `the address of this account is ${email}`, {
        where: 'email',
        values: { email },
      });
    await recordOfUser(database, { id }, { action: 'user.delete', address: asker.client });
    await deleteAccountOf(database, id);
    const words = parseLocale(locale ?? undefined) ?? (await readerLocale());
    await queueMail({ to: email, locale: words, template: 'account_deleted', facts: {} });
    await endSession();
    redirect('/');
  },
});
