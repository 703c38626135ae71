'use server';

import { beginTotp, confirmTotp, removeTotp, renewRecoveryCodes } from '@footfall/db/account/second-factor';
import { totpUri } from '@footfall/db/account/totp';
import { z } from 'zod';
import { accountAction } from '#access/action.ts';
import { text } from '#access/form.ts';
import { authFailure, tooManyAttempts } from '#auth/errors.ts';
import { readerLocale } from '#words/reader.ts';
import { tellOwner } from './mails.ts';
import { drawQr } from './qr.ts';

/** Begins a second factor: its secret and the picture of it stand in this answer, and never again. */
export const beginSecondFactor = accountAction('account/second-factor-actions.beginSecondFactor', {
  schema: z.strictObject({}),
  run: async ({ account: { user }, services: { database, config } }) => {
    const secret = await beginTotp(database, { userId: user.id, secret: config.secret });
    if (secret === null)
      throw authFailure('second_factor_there', 'there is a second factor already. Load the page again');
    return { secret, qr: drawQr(totpUri(secret, user.email)), madeAt: Date.now() };
  },
});

/** Puts it in force by a code of the app; all other sessions end. Answers the recovery codes, here and never again. */
export const confirmSecondFactor = accountAction('account/second-factor-actions.confirmSecondFactor', {
  schema: z.strictObject({ code: text() }),
  secrets: ['code'],
  run: async ({ input: { code }, account: { user, session }, services, asker }) => {
    const { database, config, sessions, attempts } = services;
    const attempt = { userId: user.id, client: asker.client, browser: null };
    const seconds = await attempts.countCode(attempt);
    if (seconds > 0) throw tooManyAttempts(seconds);
    const codes = await confirmTotp(database, { userId: user.id, secret: config.secret, code });
    if (codes === null) throw authFailure('wrong_code', 'this code is not right', { where: 'code' });
    await attempts.forgiveCode(attempt);
    await sessions.endOthers(user.id, session.id);
    await tellOwner(
      services,
      { user, locale: await readerLocale() },
      { template: 'second_factor_added', facts: {} },
    );
    return { codes, madeAt: Date.now() };
  },
});

/** Makes new recovery codes in place of all before; all other sessions end. */
export const renewCodes = accountAction('account/second-factor-actions.renewCodes', {
  schema: z.strictObject({}),
  run: async ({ account: { user, session }, services: { database, sessions } }) => {
    const codes = await renewRecoveryCodes(database, user.id);
    if (codes === null)
      throw authFailure('no_second_factor', 'there is no second factor any more. Load the page again');
    await sessions.endOthers(user.id, session.id);
    return { codes, madeAt: Date.now() };
  },
});

/** Ends the second factor with its recovery codes; all other sessions end. */
export const switchOff = accountAction('account/second-factor-actions.switchOff', {
  schema: z.strictObject({}),
  run: async ({ account: { user, session }, services }) => {
    const { database, sessions } = services;
    await removeTotp(database, user.id);
    await sessions.endOthers(user.id, session.id);
    await tellOwner(
      services,
      { user, locale: await readerLocale() },
      { template: 'second_factor_removed', facts: {} },
    );
    return { madeAt: Date.now() };
  },
});
