'use server';

import { z } from 'zod';
import { buttonAction, formAction } from '#access/action.ts';
import { text, texts } from '#access/form.ts';
import { chosenSites, SITE_CHOICE } from '#team/site-choice.ts';

/** Makes an API key of the tenant, or of whoever sends the form. The key stands in this answer, and never again. */
export const createApiKey = formAction('keys/key-actions.createApiKey', {
  schema: z.strictObject({
    name: text(),
    scopes: texts(),
    expires: text(),
    of: z.enum(['tenant', 'member']),
    ...SITE_CHOICE,
  }),
  run: async ({ input: { name, scopes, expires, of, ...choice }, member: { tenant, user }, actor }) => {
    const { apiKey } = await tenant.apiKeys.create({
      name,
      scopes,
      sites: chosenSites(choice),
      expiresAt: expires,
      userId: of === 'member' ? user.id : undefined,
      actor,
    });
    return { apiKey };
  },
});

/** Gives an API key another secret, which stands in this answer and never again. */
export const rotateApiKey = formAction('keys/key-actions.rotateApiKey', {
  schema: z.strictObject({ id: text(), grace: z.coerce.number() }),
  run: async ({ input: { id, grace }, member: { tenant }, actor }) =>
    tenant.apiKeys.rotate(id, { graceHours: grace, actor }),
});

/** Ends an API key at once. */
export const revokeApiKey = buttonAction('keys/key-actions.revokeApiKey', {
  schema: z.strictObject({ id: text() }),
  run: async ({ input: { id }, member: { tenant }, actor }) => {
    await tenant.apiKeys.revoke(id, actor);
  },
});
