'use server';

import { z } from 'zod';
import { formAction } from '#access/action.ts';
import { lookAtDomain } from '#access/domain-check.ts';
import { text } from '#access/form.ts';

/** How often a site's domain is looked at when somebody asks again and again, milliseconds. */
const EVERY_MS = 15_000;

/** Looks now whether the site's domain says that it is the tenant's. */
export const checkDomain = formAction('settings/domain-actions.checkDomain', {
  schema: z.strictObject({ site: text() }),
  run: async ({ input: { site }, member: { tenant }, actor }) => {
    const { checkedAt, ...named } = await tenant.sites.beginDomainCheck(site, actor);
    if (checkedAt === null || Date.now() - checkedAt.getTime() > EVERY_MS)
      await tenant.sites.recordDomainCheck(site, await lookAtDomain(named));
    return { saved: true };
  },
});
