'use server';

import { trimBlanks } from '@footfall/core/blank';
import { z } from 'zod';
import { buttonAction, formAction } from '#access/action.ts';
import { text } from '#access/form.ts';

/** Names a goal of one of the tenant's sites. */
export const createGoal = formAction('settings/goal-actions.createGoal', {
  schema: z.strictObject({
    site: text(),
    name: text(),
    kind: z.enum(['event', 'page']),
    what: text().transform((what) => trimBlanks(what)),
  }),
  run: async ({ input: { site, name, kind, what }, member: { tenant }, actor }) => {
    const reachedBy = kind === 'page' ? { page: what } : { event: what };
    await tenant.goals.create({ siteId: site, name, ...reachedBy, actor });
    return {};
  },
});

/** Removes a goal; what was counted for it stays in the events. */
export const removeGoal = buttonAction('settings/goal-actions.removeGoal', {
  schema: z.strictObject({ site: text(), id: text() }),
  run: async ({ input: { site, id }, member: { tenant }, actor }) => {
    // The right was asked for at this site, so the goal has to be one of it.
    const isOfSite = (await tenant.goals.list(site)).some((goal) => goal.id === id);
    if (isOfSite) await tenant.goals.remove(id, actor);
  },
});
