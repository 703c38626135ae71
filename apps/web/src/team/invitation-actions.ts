'use server';

import { acceptInvitation as accept, createInvitedAccount } from '@footfall/db/tenant/invitation';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import { accountAction, publicFormAction } from '#access/action.ts';
import { text } from '#access/form.ts';
import { beginSession } from '#access/session.ts';
import { tooManyAttempts } from '#auth/errors.ts';

/** Joins the team of an invitation to the address that the reader is signed in with. */
export const acceptInvitation = accountAction('team/invitation-actions.acceptInvitation', {
  schema: z.strictObject({ token: text() }),
  run: async ({ input: { token }, account, asker, services: { database, sessions } }): Promise<object> => {
    const { tenantId } = await accept(database, token, { user: account.user, address: asker.client });
    await sessions.chooseTenant(account.session.id, tenantId);
    redirect('/');
  },
});

/** Joins the team of an invitation with a new account, whose address the invitation's token proves. */
export const joinTeam = publicFormAction('team/invitation-actions.joinTeam', {
  schema: z.strictObject({ token: text(), name: text(), password: text() }),
  secrets: ['token', 'password'],
  run: async ({ input: { token, name, password }, services, asker }) => {
    const { database, attempts, passwords } = services;
    const wait = await attempts.countSignUp(asker.client);
    if (wait > 0) throw tooManyAttempts(wait);
    const user = await createInvitedAccount(database, token, { name, password, turns: passwords });
    await accept(database, token, { user, address: asker.client });
    await beginSession(user, { isNewAccount: true });
    redirect('/');
  },
});
