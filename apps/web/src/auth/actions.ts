'use server';

import { redirect } from 'next/navigation';
import { z } from 'zod';
import { publicAction, publicFormAction } from '#access/action.ts';
import { text } from '#access/form.ts';
import { goToProvider } from '#access/provider-flow.ts';
import { askSecondStep, currentSecondStep, endSecondStep } from '#access/second-step.ts';
import { beginSession, endSession } from '#access/session.ts';
import { readerLocale } from '#words/reader.ts';
import { checkCredentials } from './credentials.ts';
import { authFailure, tooManyAttempts } from './errors.ts';
import { nextPath } from './next-path.ts';
import { providerOfAddress } from './provider/team-provider.ts';
import { checkCode } from './second-factor.ts';
import { createAccount } from './sign-up.ts';

/**
 * Signs in and goes where the form's `next` says; who asks for it goes to the provider that the domain of their address has.
 */
export const signIn = publicFormAction('auth/actions.signIn', {
  schema: z.strictObject({
    email: text(),
    password: text(),
    next: text().optional(),
    way: z.literal('team').optional(),
  }),
  secrets: ['password'],
  run: async ({ input: { next, way, ...credentials }, services, asker }): Promise<object> => {
    if (way === 'team') {
      const provider = await providerOfAddress(services, credentials.email);
      return goToProvider({ provider, purpose: 'sign-in', next: nextPath(next), userId: null });
    }
    const result = await checkCredentials(credentials, asker, services);
    if ('user' in result) {
      await beginSession(result.user);
      redirect(nextPath(next));
    }
    if ('needsCode' in result) return askSecondStep(result.needsCode, nextPath(next));
    if (result.refused === 'wait') throw tooManyAttempts(result.seconds);
    throw authFailure('wrong_credentials', 'this email address and password do not belong together');
  },
});

/** The second step of signing in, by a code of the app or a recovery code. Who took too long begins anew. */
export const signInWithCode = publicFormAction('auth/actions.signInWithCode', {
  schema: z.strictObject({ code: text() }),
  secrets: ['code'],
  run: async ({ input: { code }, services, asker }): Promise<object> => {
    const step = await currentSecondStep();
    if (step === null) redirect('/sign-in');
    const result = await checkCode({ user: step.user, code }, asker, services);
    if (result === 'right') {
      await endSecondStep();
      await beginSession(step.user, { voucher: step });
      redirect(nextPath(step.next));
    }
    if (result.refused === 'wait') throw tooManyAttempts(result.seconds);
    throw authFailure('wrong_code', 'this code is not right', { where: 'code' });
  },
});

/** Creates an account with its first user, who is signed in and goes on to add a site. */
export const signUp = publicFormAction('auth/actions.signUp', {
  schema: z.strictObject({ name: text(), email: text(), password: text() }),
  secrets: ['password'],
  run: async ({ input, services, asker }): Promise<object> => {
    const locale = await readerLocale();
    const made = await createAccount({ ...input, locale }, asker, services);
    if ('needsCode' in made) return askSecondStep(made.needsCode, '/');
    const { user, isNew } = made;
    await beginSession(user, { isNewAccount: isNew });
    redirect(isNew ? '/sites/new' : '/');
  },
});

/** Ends the session of this browser. */
export const signOut = publicAction('auth/actions.signOut', async () => {
  await endSession();
  redirect('/');
});
