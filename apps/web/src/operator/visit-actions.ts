'use server';

import { inTenant } from '@footfall/db/tenant/scope';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import { staffAction } from '#access/action.ts';
import { text } from '#access/form.ts';

/** From now on this session sees what a tenant sees, and changes none of it, until the time is up. */
export const beginVisit = staffAction('operator/visit-actions.beginVisit', {
  schema: z.strictObject({ tenant: text(), reason: text(), minutes: text() }),
  run: async ({ input: { tenant, reason, minutes }, account, services: { database, sessions }, actor }) => {
    const visit = { staff: actor, reason, minutes: Number(minutes) };
    const id = await inTenant(database, tenant).support.begin(visit);
    // One at a time: who goes on to another tenant has left the first.
    const { visit: before, id: session } = account.session;
    if (before !== null) await inTenant(database, before.tenantId).support.end(before.id, actor);
    await sessions.visit(session, { tenantId: tenant, id });
    redirect('/');
  },
});
