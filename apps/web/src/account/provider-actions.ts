'use server';

import { unlinkAccount } from '@footfall/db/account/linked-account';
import { z } from 'zod';
import { accountAction } from '#access/action.ts';
import { text } from '#access/form.ts';
import { goToProvider } from '#access/provider-flow.ts';
import { authFailure } from '#auth/errors.ts';
import { findProvider, providerKey } from '#auth/provider/providers.ts';

/** Goes to a provider, whose account there signs this one in from then on; it is linked, and audited, on the way back. */
export const linkProvider = accountAction('account/provider-actions.linkProvider', {
  schema: z.strictObject({ provider: text() }),
  run: async ({ input: { provider }, account }): Promise<object> =>
    goToProvider({ provider, purpose: 'link', next: '/account', userId: account.user.id }),
});

/** Goes to a provider, to show there who is in front of this session: for whoever has no password. */
export const proveWithProvider = accountAction('account/provider-actions.proveWithProvider', {
  schema: z.strictObject({ provider: text() }),
  run: async ({ input: { provider }, account }): Promise<object> =>
    goToProvider({ provider, purpose: 'prove', next: '/account', userId: account.user.id }),
});

/** Takes back a link, unless it is the last way in. */
export const unlinkProvider = accountAction('account/provider-actions.unlinkProvider', {
  schema: z.strictObject({ provider: text() }),
  run: async ({ input, account: { user }, services: { config, database } }): Promise<object> => {
    const provider = findProvider(config, input.provider);
    if (provider === null)
      throw authFailure('provider_refused', 'this way to sign in is not set up', {
        values: { provider: '' },
      });
    const others = config.providers.map(providerKey);
    await unlinkAccount(database, user.id, { provider: providerKey(provider), others });
    return {};
  },
});
