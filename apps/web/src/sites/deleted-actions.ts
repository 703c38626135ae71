'use server';

import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import { formAction } from '#access/action.ts';
import { text } from '#access/form.ts';

/** Brings a deleted site back. */
export const undoDeletion = formAction('sites/deleted-actions.undoDeletion', {
  schema: z.strictObject({ site: text() }),
  run: async ({ input: { site }, member: { tenant }, actor }) => {
    await tenant.deletions.undo({ siteId: site, actor });
    // The bar lists the sites, and stays while pages change.
    revalidatePath('/', 'layout');
    return {};
  },
});
