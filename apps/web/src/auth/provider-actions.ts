'use server';

import { z } from 'zod';
import { publicFormAction } from '#access/action.ts';
import { text } from '#access/form.ts';
import { goToProvider } from '#access/provider-flow.ts';
import { nextPath } from './next-path.ts';

/** Goes to a provider, to sign in there, or to sign up; the way goes on in access/provider-arrival.ts. */
export const signInWithProvider = publicFormAction('auth/provider-actions.signInWithProvider', {
  schema: z.strictObject({ provider: text(), next: text().optional() }),
  secrets: [],
  run: async ({ input: { provider, next } }): Promise<object> =>
    goToProvider({ provider, purpose: 'sign-in', next: nextPath(next), userId: null }),
});
