'use server';

import { hasPassword, setPassword } from '@footfall/db/account/own-password';
import { checkPassword } from '@footfall/db/account/password';
import { z } from 'zod';
import { accountAction } from '#access/action.ts';
import { text } from '#access/form.ts';
import { requireFreshProof } from '#access/fresh-proof.ts';
import { proveByPassword } from '#access/prove.ts';
import { readerLocale } from '#words/reader.ts';
import { PASSWORD_CHANGED, tellOwner } from './mails.ts';

/**
 * Changes the password, or sets the first one; all other sessions end. Who has a password says it here, whenever they signed in; who
 * has none has signed in just now.
 */
export const changePassword = accountAction('account/own-password-actions.changePassword', {
  schema: z.strictObject({ currentPassword: text().optional(), password: text() }),
  secrets: ['currentPassword', 'password'],
  run: async ({ input: { currentPassword = '', password }, account, services, asker }) => {
    const { user, session } = account;
    const { database, sessions, passwords } = services;
    checkPassword(password, user);
    if (await hasPassword(database, user.id))
      await proveByPassword(account, currentPassword, { services, asker });
    else requireFreshProof(session);
    await setPassword(database, { user, password }, (work) => passwords.run(work));
    await sessions.endOthers(user.id, session.id);
    await tellOwner(services, { user, locale: await readerLocale() }, PASSWORD_CHANGED);
    return { saved: true };
  },
});
