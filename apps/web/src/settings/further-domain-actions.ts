'use server';

import { z } from 'zod';
import { formAction } from '#access/action.ts';
import { lookAtDomain } from '#access/domain-check.ts';
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

/** How often a domain is looked at when somebody asks again and again, milliseconds. */
const EVERY_MS = 15_000;

/** Looks now whether a further domain says that it is the site's, by a record of its DNS or the snippet on its page. */
export const checkFurtherDomain = formAction('settings/further-domain-actions.checkFurtherDomain', {
  schema: z.strictObject({ site: text(), domain: text() }),
  run: async ({ input: { site, domain }, member: { tenant }, actor }) => {
    const { checkedAt, ...named } = await tenant.furtherDomains.beginCheck({ siteId: site, domain, actor });
    if (checkedAt !== null && Date.now() - checkedAt.getTime() < EVERY_MS) return { saved: true };
    const { dns, snippet } = await lookAtDomain(named);
    // Where nobody could be asked, what was known stays.
    if (dns !== null || snippet !== null)
      await tenant.furtherDomains.recordCheck({
        siteId: site,
        domain: named.domain,
        isProven: dns === true || snippet === true,
      });
    return { saved: true };
  },
});
