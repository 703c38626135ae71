'use server';

import { findUser } from '@footfall/db/account/user';
import { createTenant } from '@footfall/db/tenant/tenant';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { type FormState, failedForm, fieldOf } from '#runtime/form.ts';
import { services } from '#runtime/services.ts';
import { CLIENT_HEADER } from './client-header.ts';
import { checkCredentials } from './credentials.ts';
import { nextPath } from './next-path.ts';
import { beginSession, endSession } from './session.ts';

const minutes = (seconds: number) => Math.max(1, Math.ceil(seconds / 60));

/** Signs in and goes where the form's `next` says. */
export async function signIn(_: FormState, form: FormData): Promise<FormState> {
  const [email, password] = [fieldOf(form, 'email'), fieldOf(form, 'password')];
  try {
    const client = (await headers()).get(CLIENT_HEADER) ?? '';
    const result = await checkCredentials({ email, password }, client);
    if ('refused' in result) {
      const message =
        result.refused === 'wrong'
          ? 'This email address and password do not belong together.'
          : `Too many attempts. Try again in ${minutes(result.seconds)} min.`;
      return { error: { message }, values: { email } };
    }
    await beginSession(result.user);
  } catch (error) {
    return failedForm(error, { email });
  }
  redirect(nextPath(form.get('next')));
}

/** Creates an account with its first user, who is signed in and goes on to add a site. */
export async function signUp(_: FormState, form: FormData): Promise<FormState> {
  const [name, email, password] = [fieldOf(form, 'name'), fieldOf(form, 'email'), fieldOf(form, 'password')];
  try {
    const { database } = services();
    const { userId } = await createTenant(database, { name, email, password });
    const user = await findUser(database, userId);
    if (user !== null) await beginSession(user);
  } catch (error) {
    return failedForm(error, { name, email });
  }
  redirect('/sites/new');
}

/** Ends the session of this browser. */
export async function signOut(): Promise<void> {
  await endSession();
  redirect('/');
}
