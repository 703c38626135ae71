'use server';

import { z } from 'zod';
import { staffAction } from '#access/action.ts';
import { text } from '#access/form.ts';
import { saveSuspension } from './suspend.ts';

/** Stops a tenant: no events are taken, and its reports are locked. */
export const suspend = staffAction('operator/suspend-actions.suspend', {
  schema: z.strictObject({ tenant: text(), reason: text() }),
  run: async ({ input: { tenant, reason }, actor }) => {
    await saveSuspension({ tenantId: tenant, reason, actor });
    return { saved: true };
  },
});

/** Lets a tenant go on that was stopped. */
export const liftSuspension = staffAction('operator/suspend-actions.liftSuspension', {
  schema: z.strictObject({ tenant: text() }),
  run: async ({ input: { tenant }, actor }) => {
    await saveSuspension({ tenantId: tenant, reason: null, actor });
    return { saved: true };
  },
});
