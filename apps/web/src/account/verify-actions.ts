'use server';

import { recordOfUser } from '@footfall/db/account/user-audit';
import { verifyEmail } from '@footfall/db/account/verify-email';
import { z } from 'zod';
import { accountAction, publicFormAction } from '#access/action.ts';
import { text } from '#access/form.ts';
import { authFailure, tooManyAttempts } from '#auth/errors.ts';
import { readerLocale } from '#words/reader.ts';
import { sendVerification as mailVerification } from './mails.ts';

/** Confirms an address with the link of a mail. */
export const confirmEmail = publicFormAction('account/verify-actions.confirmEmail', {
  schema: z.strictObject({ token: text() }),
  secrets: ['token'],
  run: async ({ input, services: { database }, asker: { client } }) => {
    const verified = await verifyEmail(database, input.token);
    if (verified === null)
      throw authFailure('link_expired', 'this link is not valid any more. Ask for a new one');
    await recordOfUser(database, { id: verified.userId }, { action: 'user.verify_email', address: client });
    return { isConfirmed: true };
  },
});

/** Mails the link that confirms an address once more. */
export const sendVerification = accountAction('account/verify-actions.sendVerification', {
  schema: z.strictObject({}),
  run: async ({ account: { user }, services, asker: { client } }) => {
    const wait = await services.attempts.countMail({ email: user.email, client });
    if (wait > 0) throw tooManyAttempts(wait);
    if (!user.isVerified) await mailVerification(services, { user, locale: await readerLocale() });
    return { isSent: true };
  },
});
