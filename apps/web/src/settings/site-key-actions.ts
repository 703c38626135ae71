'use server';

import { z } from 'zod';
import { formAction } from '#access/action.ts';
import { text } from '#access/form.ts';

/** Gives a site another key; the one before goes on for as many days as were asked for. */
export const rotateSiteKey = formAction('settings/site-key-actions.rotateSiteKey', {
  schema: z.strictObject({ site: text(), graceDays: text() }),
  run: async ({ input: { site, graceDays }, member: { tenant }, actor }) => {
    const days = /^\d{1,4}$/.test(graceDays.trim()) ? Number(graceDays) : Number.NaN;
    await tenant.siteKeys.rotate({ siteId: site, graceDays: days, actor });
    return { saved: true };
  },
});

/** Ends a former key of a site now. */
export const endSiteKey = formAction('settings/site-key-actions.endSiteKey', {
  schema: z.strictObject({ site: text(), key: text() }),
  run: async ({ input: { site, key }, member: { tenant }, actor }) => {
    await tenant.siteKeys.end({ siteId: site, siteKey: key, actor });
    return {};
  },
});
