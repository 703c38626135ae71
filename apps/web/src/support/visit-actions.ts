'use server';

import { inTenant } from '@footfall/db/tenant/scope';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import { accountAction } from '#access/action.ts';

/** Ends the visit that this session is at. */
export const endVisit = accountAction('support/visit-actions.endVisit', {
  schema: z.strictObject({}),
  run: async ({ account: { user, session }, services: { database, sessions }, asker }) => {
    const { visit } = session;
    if (visit === null) return {};
    const staff = { id: user.id, email: user.email, address: asker.client };
    await inTenant(database, visit.tenantId).support.end(visit.id, staff);
    await sessions.visit(session.id, null);
    redirect(`/operator/tenants/${encodeURIComponent(visit.tenantId)}`);
  },
});
