'use server';

import { z } from 'zod';
import { formAction } from '#access/action.ts';
import { text } from '#access/form.ts';

/** One entry a line, or after a comma. */
const lines = () => text().transform((all) => all.split(/[\n,]/).map((line) => line.trim()));

/** Changes what is counted of one of the tenant's sites, from the next event on. */
export const updateIntake = formAction('settings/intake-actions.updateIntake', {
  schema: z.strictObject({
    site: text(),
    allowedOrigins: lines(),
    blockedIps: lines(),
    blockedCountries: lines(),
    blockedPages: lines(),
    excludedHostnames: lines(),
    keptParams: lines(),
  }),
  run: async ({ input: { site, ...intake }, member: { tenant }, actor }) => {
    await tenant.sites.update(site, { intake, actor });
    return { saved: true };
  },
});
