'use server';

import { revalidatePath } from 'next/cache';
import { requireMember } from '#auth/session.ts';
import { type FormState, failedForm, fieldOf } from '#runtime/form.ts';

export type SiteDetailsState = FormState & { saved?: boolean };

/** Changes time zone and currency of one of the tenant's sites; all of its reports follow. */
export async function updateSite(_: SiteDetailsState, form: FormData): Promise<SiteDetailsState> {
  const { tenant, user } = await requireMember('/');
  const values = { timezone: fieldOf(form, 'timezone'), currency: fieldOf(form, 'currency') };
  try {
    await tenant.sites.update(fieldOf(form, 'site'), { ...values, actor: user.id });
  } catch (error) {
    return failedForm(error, values);
  }
  revalidatePath('/sites/[id]/settings', 'page');
  return { saved: true };
}
