'use server';

import { redirect } from 'next/navigation';
import { z } from 'zod';
import { publicAction, publicFormAction } from '#access/action.ts';
import { text } from '#access/form.ts';
import { beginSession, endSession } from '#access/session.ts';
import { readerLocale } from '#words/reader.ts';
import { checkCredentials } from './credentials.ts';
import { authFailure, tooManyAttempts } from './errors.ts';
import { nextPath } from './next-path.ts';
import { createAccount } from './sign-up.ts';

/** Signs in and goes where the form's `next` says. */
export const signIn = publicFormAction('auth/actions.signIn', {
  schema: z.strictObject({ email: text(), password: text(), next: text().optional() }),
  secrets: ['password'],
  run: async ({ input: { next, ...credentials }, services, asker }): Promise<object> => {
    const result = await checkCredentials(credentials, asker, services);
    if ('user' in result) {
      await beginSession(result.user);
      redirect(nextPath(next));
    }
    if (result.refused === 'wait') throw tooManyAttempts(result.seconds);
    throw authFailure('wrong_credentials', 'this email address and password do not belong together');
  },
});

/** Creates an account with its first user, who is signed in and goes on to add a site. */
export const signUp = publicFormAction('auth/actions.signUp', {
  schema: z.strictObject({ name: text(), email: text(), password: text() }),
  secrets: ['password'],
  run: async ({ input, services, asker }): Promise<object> => {
    const locale = await readerLocale();
    const { user, isNew } = await createAccount({ ...input, locale }, asker, services);
    await beginSession(user);
    redirect(isNew ? '/sites/new' : '/');
  },
});

/** Ends the session of this browser. */
export const signOut = publicAction('auth/actions.signOut', async () => {
  await endSession();
  redirect('/');
});
