'use server';

import { z } from 'zod';
import { buttonAction, formAction } from '#access/action.ts';
import { text } from '#access/form.ts';
import { readSteps } from './steps-text.ts';

/** Keeps a funnel of one of the tenant's sites. */
export const createFunnel = formAction('goals/funnel-actions.createFunnel', {
  schema: z.strictObject({ site: text(), name: text(), steps: text() }),
  run: async ({ input: { site, name, steps }, member: { tenant }, actor }) => {
    const goals = await tenant.goals.list(site);
    await tenant.funnels.create({ siteId: site, name, steps: readSteps(steps, goals), actor });
    return {};
  },
});

/** Forgets a funnel; nothing that was counted depends on it. */
export const removeFunnel = buttonAction('goals/funnel-actions.removeFunnel', {
  schema: z.strictObject({ site: text(), id: text() }),
  run: async ({ input: { site, id }, member: { tenant }, actor }) => {
    await tenant.funnels.remove({ siteId: site, id, actor });
  },
});
