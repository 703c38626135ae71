'use server';

import { isPlatform, isSetupStep } from '@footfall/core/platform';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import { buttonAction } from '#access/action.ts';
import { text } from '#access/form.ts';

const installPage = (site: string) => `/sites/${encodeURIComponent(site)}/install`;

/** Keeps which shop system a site is made with, and goes on to its steps. */
export const choosePlatform = buttonAction('setup/setup-actions.choosePlatform', {
  schema: z.strictObject({ site: text(), platform: text().refine(isPlatform) }),
  run: async ({ input: { site, platform }, member: { tenant }, actor }) => {
    if (isPlatform(platform)) await tenant.sites.setUp(site, { platform, step: 'snippet', actor });
    redirect(installPage(site));
  },
});

/** Keeps which step of setting up a site is next, and goes there; to the overview when none is. */
export const goToStep = buttonAction('setup/setup-actions.goToStep', {
  schema: z.strictObject({ site: text(), step: text().refine(isSetupStep) }),
  run: async ({ input: { site, step }, member: { tenant }, actor }) => {
    if (isSetupStep(step)) await tenant.sites.setUp(site, { step, actor });
    redirect(step === 'done' ? `/sites/${encodeURIComponent(site)}` : installPage(site));
  },
});
