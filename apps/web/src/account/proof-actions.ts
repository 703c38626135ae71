'use server';

import { z } from 'zod';
import { accountAction } from '#access/action.ts';
import { text } from '#access/form.ts';
import { provePassword } from '#auth/credentials.ts';

/** Proves with the password who is in front of this session: what needs a fresh proof is open for a while from here on. */
export const proveSelf = accountAction('account/proof-actions.proveSelf', {
  schema: z.strictObject({ currentPassword: text() }),
  secrets: ['currentPassword'],
  run: async ({ input, account: { user, session }, services, asker }) => {
    await provePassword({ email: user.email, password: input.currentPassword }, asker, services);
    await services.sessions.prove(session.id);
    return { proven: true };
  },
});
