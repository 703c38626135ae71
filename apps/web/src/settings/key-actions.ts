'use server';

import { SCOPES } from '@footfall/db/tenant/api-key';
import { z } from 'zod';
import { buttonAction, formAction } from '#access/action.ts';
import { text, tick } from '#access/form.ts';

/** Makes an API key of the tenant with the scopes that the form ticks. The key stands in this answer, and never again. */
export const createApiKey = formAction('settings/key-actions.createApiKey', {
  schema: z.strictObject({ ingest: tick(), stats: tick() }),
  run: async ({ input, member: { tenant }, actor }) => {
    const { apiKey } = await tenant.apiKeys.create({ scopes: SCOPES.filter((scope) => input[scope]), actor });
    return { apiKey };
  },
});

/** Ends an API key at once. */
export const revokeApiKey = buttonAction('settings/key-actions.revokeApiKey', {
  schema: z.strictObject({ id: text() }),
  run: async ({ input: { id }, member: { tenant }, actor }) => {
    await tenant.apiKeys.revoke(id, actor);
  },
});
