'use server';

import { hasPassword } from '@footfall/db/account/own-password';
import { recordOfUser } from '@footfall/db/account/user-audit';
import { takeToken } from '@footfall/db/account/user-token';
import { z } from 'zod';
import { accountAction } from '#access/action.ts';
import { text } from '#access/form.ts';
import { newChallenge } from '#access/passkey-challenge.ts';
import { listUsablePasskeys, requireParty } from '#access/passkeys.ts';
import { presentPasskey } from '#access/present-passkey.ts';
import { proveByPassword } from '#access/prove.ts';
import { authFailure, tooManyAttempts } from '#auth/errors.ts';
import { signOptions } from '#auth/passkey.ts';
import { readerLocale } from '#words/reader.ts';
import { sendProof } from './mails.ts';

/** Proves with the password who is in front of this session: what needs a fresh proof is open for a while from here on. */
export const proveSelf = accountAction('account/proof-actions.proveSelf', {
  schema: z.strictObject({ currentPassword: text() }),
  secrets: ['currentPassword'],
  run: async ({ input, account, services, asker }) => {
    await proveByPassword(account, input.currentPassword, { services, asker });
    return { proven: true };
  },
});

/** Asks for a passkey of whoever is signed in. */
export const askProofPasskey = accountAction('account/proof-actions.askProofPasskey', {
  schema: z.strictObject({}),
  run: async ({ account: { user } }) => {
    const [party, passkeys] = [requireParty(), await listUsablePasskeys(user)];
    const challenge = await newChallenge({ purpose: 'prove', userId: user.id });
    return { options: await signOptions({ party, challenge, passkeys, needsUser: true }) };
  },
});

/** As {@link proveSelf}, with a passkey. A key that somebody has left in the machine does not do: the device makes sure who holds it. */
export const proveByPasskey = accountAction('account/proof-actions.proveByPasskey', {
  schema: z.strictObject({ response: text() }),
  secrets: ['response'],
  run: async ({ input: { response }, account: { user, session }, services, asker }) => {
    const asked = { purpose: 'prove', userId: user.id, needsUser: true } as const;
    await presentPasskey(response, asked, { services, asker });
    await services.sessions.prove(session.id);
    return { proven: true };
  },
});

/** Mails a link that proves who is in front of this session, to whoever has no password: a mailbox is less than one. */
export const mailProof = accountAction('account/proof-actions.mailProof', {
  schema: z.strictObject({}),
  run: async ({ account: { user, session }, services, asker: { client } }) => {
    const { attempts, database } = services;
    if (await hasPassword(database, user.id))
      throw authFailure('proof_needed', 'your account has a password. Confirm that it is you with it');
    const wait = await attempts.countMail({ email: user.email, client });
    if (wait > 0) throw tooManyAttempts(wait);
    await sendProof(services, { user, browser: session.id, locale: await readerLocale() });
    await recordOfUser(database, { id: user.id }, { action: 'user.mail_proof', address: client });
    return { isSent: true };
  },
});

/** As {@link proveSelf}, with the link of a mail, in the session that asked for it. */
export const proveByLink = accountAction('account/proof-actions.proveByLink', {
  schema: z.strictObject({ token: text() }),
  secrets: ['token'],
  run: async ({ input: { token }, account: { user, session }, services }) => {
    const { database, sessions } = services;
    const proven = await takeToken(database, { token, purpose: 'prove', browser: session.id });
    if (proven === null || !proven.isSameBrowser || proven.email !== user.email)
      throw authFailure('link_expired', 'this link is not valid any more. Ask for a new one');
    await sessions.prove(session.id);
    return { proven: true };
  },
});
