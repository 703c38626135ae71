'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import { formAction } from '#access/action.ts';
import { text } from '#access/form.ts';

/** Adds a site and goes on to its snippet. */
export const addSite = formAction('sites/actions.addSite', {
  schema: z.strictObject({ domain: text(), timezone: text(), currency: text() }),
  run: async ({ input, member: { tenant }, actor }): Promise<object> => {
    const { id } = await tenant.sites.create({ ...input, actor });
    // The bar lists the sites, and stays while pages change.
    revalidatePath('/', 'layout');
    redirect(`/sites/${id}/install`);
  },
});
