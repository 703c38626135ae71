'use server';

import { findUser } from '@footfall/db/account/user';
import { createTenant } from '@footfall/db/tenant/tenant';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import { publicAction, publicFormAction } from '#access/action.ts';
import { text } from '#access/form.ts';
import { beginSession, endSession } from '#access/session.ts';
import { checkCredentials } from './credentials.ts';
import { authFailure } from './errors.ts';
import { nextPath } from './next-path.ts';

const minutes = (seconds: number) => Math.max(1, Math.ceil(seconds / 60));

/** Signs in and goes where the form's `next` says. */
export const signIn = publicFormAction('auth/actions.signIn', {
  schema: z.strictObject({ email: text(), password: text(), next: text().optional() }),
  secrets: ['password'],
  run: async ({ input: { next, ...credentials }, services: { database }, client }) => {
    const result = await checkCredentials(credentials, { database, client });
    if ('user' in result) {
      await beginSession(result.user);
      redirect(nextPath(next));
    }
    if (result.refused === 'wrong')
      throw authFailure('wrong_credentials', 'this email address and password do not belong together');
    const wait = minutes(result.seconds);
    throw authFailure('too_many_attempts', `too many attempts. Try again in ${wait} min`, {
      values: { minutes: wait },
    });
  },
});

/** Creates an account with its first user, who is signed in and goes on to add a site. */
export const signUp = publicFormAction('auth/actions.signUp', {
  schema: z.strictObject({ name: text(), email: text(), password: text() }),
  secrets: ['password'],
  run: async ({ input, services: { database } }) => {
    const { userId } = await createTenant(database, input);
    const user = await findUser(database, userId);
    if (user !== null) await beginSession(user);
    redirect('/sites/new');
  },
});

/** Ends the session of this browser. */
export const signOut = publicAction('auth/actions.signOut', async () => {
  await endSession();
  redirect('/');
});
