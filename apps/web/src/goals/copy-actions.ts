'use server';

import { forbidden } from 'next/navigation';
import { z } from 'zod';
import { formAction } from '#access/action.ts';
import { text, tick } from '#access/form.ts';
import { memberMay } from '#access/session.ts';

/** Copies what is kept of a site to another one that the member may edit as well. */
export const copyToSite = formAction('goals/copy-actions.copyToSite', {
  schema: z.strictObject({ site: text(), to: text(), goals: tick(), funnels: tick(), segments: tick() }),
  run: async ({ input: { site, to, ...chosen }, member, actor }) => {
    if (!memberMay(member, 'analysis.edit', to)) forbidden();
    const things = (['goals', 'funnels', 'segments'] as const).filter((thing) => chosen[thing]);
    return { copied: await member.tenant.copyAnalysis({ from: site, to, things, actor }) };
  },
});
