'use server';

import { z } from 'zod';
import { accountAction } from '#access/action.ts';
import { text } from '#access/form.ts';

/** Ends one of the reader's own sessions, by the key that the list names it with. */
export const endSessionOfList = accountAction('account/session-actions.endSessionOfList', {
  schema: z.strictObject({ key: text() }),
  run: async ({ input, account, services: { sessions } }) => {
    await sessions.endListed(account.user.id, input.key);
    return {};
  },
});

/** Signs out everywhere else. */
export const endOtherSessions = accountAction('account/session-actions.endOtherSessions', {
  schema: z.strictObject({}),
  run: async ({ account, services: { sessions } }) => {
    await sessions.endOthers(account.user.id, account.session.id);
    return {};
  },
});
