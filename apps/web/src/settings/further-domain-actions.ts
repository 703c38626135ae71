'use server';

import { z } from 'zod';
import { formAction } from '#access/action.ts';
import { text } from '#access/form.ts';

/** Makes another domain the site's own. */
export const addDomain = formAction('settings/further-domain-actions.addDomain', {
  schema: z.strictObject({ site: text(), domain: text() }),
  run: async ({ input: { site, domain }, member: { tenant }, actor }) => {
    await tenant.furtherDomains.add({ siteId: site, domain, actor });
    return {};
  },
});

/** Takes a further domain from the site. */
export const removeDomain = formAction('settings/further-domain-actions.removeDomain', {
  schema: z.strictObject({ site: text(), domain: text() }),
  run: async ({ input: { site, domain }, member: { tenant }, actor }) => {
    await tenant.furtherDomains.remove({ siteId: site, domain, actor });
    return {};
  },
});
