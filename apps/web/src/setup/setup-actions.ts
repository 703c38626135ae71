'use server';

import { isPlatform, isSetupStep } from '@footfall/core/platform';
import type { TenantScope } from '@footfall/db/tenant/scope';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import { buttonAction } from '#access/action.ts';
import { text } from '#access/form.ts';

/** Whether the site is the tenant's; of another the page that the action leads to says that there is none. */
const isOwn = async ({ sites }: TenantScope, site: string) => (await sites.find(site)) !== null;

const installPage = (site: string) => `/sites/${encodeURIComponent(site)}/install`;

/** Keeps which shop system a site is made with, and goes on to its steps. */
export const choosePlatform = buttonAction('setup/setup-actions.choosePlatform', {
  schema: z.strictObject({ site: text(), platform: text().refine(isPlatform) }),
  run: async ({ input: { site, platform }, member: { tenant }, actor }) => {
    if (isPlatform(platform) && (await isOwn(tenant, site)))
      await tenant.sites.setUp(site, { platform, step: 'snippet', actor });
    redirect(installPage(site));
  },
});

/** Keeps which step of setting up a site is next, and goes there; to the overview when none is. */
export const goToStep = buttonAction('setup/setup-actions.goToStep', {
  schema: z.strictObject({ site: text(), step: text().refine(isSetupStep) }),
  run: async ({ input: { site, step }, member: { tenant }, actor }) => {
    if (isSetupStep(step) && (await isOwn(tenant, site))) await tenant.sites.setUp(site, { step, actor });
    redirect(step === 'done' ? `/sites/${encodeURIComponent(site)}` : installPage(site));
  },
});
