'use server';

import { z } from 'zod';
import { formAction } from '#access/action.ts';
import { tick } from '#access/form.ts';

/** Whether the platform's staff may look at what the tenant sees. */
export const ruleSupport = formAction('team/support-actions.ruleSupport', {
  schema: z.strictObject({ allowed: tick() }),
  run: async ({ input: { allowed }, member: { tenant }, actor }) => {
    await tenant.support.allow(allowed, actor);
    return { saved: true };
  },
});
