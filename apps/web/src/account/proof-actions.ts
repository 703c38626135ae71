'use server';

import { z } from 'zod';
import { accountAction } from '#access/action.ts';
import { text } from '#access/form.ts';
import { proveByPassword } from '#access/prove.ts';

/** Proves with the password who is in front of this session: what needs a fresh proof is open for a while from here on. */
export const proveSelf = accountAction('account/proof-actions.proveSelf', {
  schema: z.strictObject({ currentPassword: text() }),
  secrets: ['currentPassword'],
  run: async ({ input, account, services, asker }) => {
    await proveByPassword(account, input.currentPassword, { services, asker });
    return { proven: true };
  },
});
