'use server';

import { z } from 'zod';
import { formAction } from '#access/action.ts';
import { text } from '#access/form.ts';

/** Changes time zone, currency and the first day of weeks of one of the tenant's sites; all of its reports follow. */
export const updateSite = formAction('settings/site-actions.updateSite', {
  schema: z.strictObject({ site: text(), timezone: text(), currency: text(), weekStart: text() }),
  run: async ({ input: { site, timezone, currency, weekStart }, member: { tenant }, actor }) => {
    await tenant.sites.update(site, { timezone, currency, weekStart, actor });
    return { saved: true };
  },
});
