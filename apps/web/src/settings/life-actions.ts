'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import { formAction } from '#access/action.ts';
import { text } from '#access/form.ts';

/** Switches a site off, so that collectors take nothing of it, or on again. */
export const switchSite = formAction('settings/life-actions.switchSite', {
  schema: z.strictObject({ site: text(), enabled: z.enum(['on', 'off']) }),
  run: async ({ input: { site, enabled }, member: { tenant }, actor }) => {
    await tenant.sites.update(site, { enabled: enabled === 'on', actor });
    return { saved: true };
  },
});

/** Says for how many months events of a site are kept; without a number: as long as the installation keeps them. */
export const setRetention = formAction('settings/life-actions.setRetention', {
  schema: z.strictObject({ site: text(), retentionMonths: text() }),
  run: async ({ input: { site, retentionMonths }, member: { tenant }, actor }) => {
    const typed = retentionMonths.trim();
    const months = /^\d{1,4}$/.test(typed) ? Number(typed) : Number.NaN;
    await tenant.sites.update(site, { retentionMonths: typed === '' ? null : months, actor });
    return { saved: true };
  },
});

/** Has all data of a site removed, once its domain was typed. */
export const resetSite = formAction('settings/life-actions.resetSite', {
  schema: z.strictObject({ site: text(), domain: text() }),
  run: async ({ input: { site, domain }, member: { tenant }, actor }) => {
    await tenant.removals.reset({ siteId: site, domain, actor });
    return { saved: true };
  },
});

/** Deletes a site, once its domain was typed, and goes on to where that can be undone. */
export const deleteSite = formAction('settings/life-actions.deleteSite', {
  schema: z.strictObject({ site: text(), domain: text() }),
  run: async ({ input: { site, domain }, member: { tenant }, actor }): Promise<object> => {
    await tenant.deletions.begin({ siteId: site, domain, actor });
    // The bar lists the sites, and stays while pages change.
    revalidatePath('/', 'layout');
    redirect('/sites');
  },
});
