'use server';

import { trimBlanks } from '@footfall/core/blank';
import { z } from 'zod';
import { buttonAction, formAction } from '#access/action.ts';
import { text } from '#access/form.ts';
import { readProps } from './props-text.ts';

/** Names a goal of one of the tenant's sites. */
export const createGoal = formAction('goals/goal-actions.createGoal', {
  schema: z.strictObject({
    site: text(),
    name: text(),
    kind: z.enum(['event', 'page']),
    what: text().transform((what) => trimBlanks(what)),
    props: text().default(''),
  }),
  run: async ({ input: { site, name, kind, what, props }, member: { tenant }, actor }) => {
    const reachedBy = kind === 'page' ? { page: what } : { event: what };
    await tenant.goals.create({ siteId: site, name, ...reachedBy, props: readProps(props), actor });
    return {};
  },
});

/** Gives a goal another name; what was counted for it is under the new one. */
export const renameGoal = formAction('goals/goal-actions.renameGoal', {
  schema: z.strictObject({ site: text(), id: text(), name: text() }),
  run: async ({ input: { site, id, name }, member: { tenant }, actor }) => {
    await tenant.goals.rename({ siteId: site, id, name, actor });
    return { renamed: true };
  },
});

/** Removes a goal; what was counted for it stays in the events. */
export const removeGoal = buttonAction('goals/goal-actions.removeGoal', {
  schema: z.strictObject({ site: text(), id: text() }),
  run: async ({ input: { site, id }, member: { tenant }, actor }) => {
    // The right was asked for at this site, so the goal has to be one of it.
    const isOfSite = (await tenant.goals.list(site)).some((goal) => goal.id === id);
    if (isOfSite) await tenant.goals.remove(id, actor);
  },
});
