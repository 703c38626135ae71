'use server';

import { controlFailure } from '@footfall/db/errors';
import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import { formAction } from '#access/action.ts';
import { text } from '#access/form.ts';
import { otherTeams } from '#access/other-teams.ts';

/** Moves a site to another team of whoever asks, once its domain was typed, and goes on to it there. */
export const moveSite = formAction('settings/move-actions.moveSite', {
  schema: z.strictObject({ site: text(), team: text(), domain: text() }),
  run: async ({ input: { site, team, domain }, member, actor }): Promise<object> => {
    const teams = await otherTeams(member, 'site.create');
    if (!teams.some(({ id }) => id === team))
      throw controlFailure('move_refused', 'this is not a team that you may add sites to', { where: 'team' });
    const { user, tenant } = member;
    await tenant.moveSite({ siteId: site, domain, toTenant: team, userId: user.id, actor });
    // The bar lists the sites, and stays while pages change.
    revalidatePath('/', 'layout');
    redirect(`/sites/${encodeURIComponent(site)}`);
  },
});
