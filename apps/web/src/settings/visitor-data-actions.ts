'use server';

import { checkStatedId } from '@footfall/db/tenant/removal';
import { z } from 'zod';
import { formAction } from '#access/action.ts';
import { text } from '#access/form.ts';
import { sealVisitor } from '#access/visitor-secret.ts';

/** Has looked for what a site has of one visitor, by the id that the shop calls them: the first half of deleting it. */
export const findVisitor = formAction('settings/visitor-data-actions.findVisitor', {
  schema: z.strictObject({ site: text(), visitor: text() }),
  run: async ({ input: { site, visitor: typed }, member: { tenant }, actor }) => {
    const visitor = checkStatedId(typed);
    const span = { receivedFrom: new Date(0), receivedTo: new Date(), sender: null };
    await tenant.removals.request({ siteId: site, ...span, visitor: sealVisitor(site, visitor), actor });
    return {};
  },
});
