'use server';

import { checkPasskeyName, removePasskey as forget, addPasskey as store } from '@footfall/db/account/passkey';
import { z } from 'zod';
import { accountAction } from '#access/action.ts';
import { text } from '#access/form.ts';
import { newChallenge, takeChallenge } from '#access/passkey-challenge.ts';
import { listUsablePasskeys, requireParty } from '#access/passkeys.ts';
import { authFailure } from '#auth/errors.ts';
import { checkNewPasskey, newPasskeyOptions } from '#auth/passkey.ts';
import { readerLocale } from '#words/reader.ts';
import { tellOwner } from './mails.ts';

/** Asks this browser to make a passkey, once its name can be kept. */
export const beginPasskey = accountAction('account/passkey-actions.beginPasskey', {
  schema: z.strictObject({ name: text() }),
  run: async ({ input: { name }, account: { user } }) => {
    const party = requireParty();
    checkPasskeyName(name);
    const challenge = await newChallenge({ purpose: 'add', userId: user.id });
    const passkeys = await listUsablePasskeys(user);
    return { options: await newPasskeyOptions(user, { party, challenge, passkeys }) };
  },
});

/** Adds the passkey that this browser has made; all other sessions end. The first second factor comes with recovery codes, shown here and never again. */
export const addPasskey = accountAction('account/passkey-actions.addPasskey', {
  schema: z.strictObject({ name: text(), response: text() }),
  secrets: ['response'],
  run: async ({ input: { name, response }, account: { user, session }, services }) => {
    const party = requireParty();
    const { database, sessions } = services;
    const challenge = await takeChallenge({ purpose: 'add', userId: user.id });
    const passkey = challenge === null ? null : await checkNewPasskey(response, { party, challenge });
    if (passkey === null) throw authFailure('passkey_refused', 'this passkey could not be used. Try again');
    const codes = await store(database, { ...passkey, userId: user.id, name });
    await sessions.endOthers(user.id, session.id);
    await tellOwner(
      services,
      { user, locale: await readerLocale() },
      { template: 'passkey_added', facts: { passkey: name } },
    );
    return { isAdded: true, ...(codes === null ? {} : { codes }), madeAt: Date.now() };
  },
});

/** Removes a passkey; all other sessions end. */
export const removePasskey = accountAction('account/passkey-actions.removePasskey', {
  schema: z.strictObject({ id: text() }),
  run: async ({ input: { id }, account: { user, session }, services }) => {
    const { database, sessions } = services;
    const name = await forget(database, { userId: user.id, id });
    if (name !== null) {
      await sessions.endOthers(user.id, session.id);
      await tellOwner(
        services,
        { user, locale: await readerLocale() },
        { template: 'passkey_removed', facts: { passkey: name } },
      );
    }
    return { madeAt: Date.now() };
  },
});
