'use server';

import { revalidatePath } from 'next/cache';
import { requireMember } from '#auth/session.ts';
import { type FormState, failedForm, fieldOf } from '#runtime/form.ts';

/** Names a goal of one of the tenant's sites. */
export async function createGoal(_: FormState, form: FormData): Promise<FormState> {
  const { tenant, user } = await requireMember('/');
  const values = {
    name: fieldOf(form, 'name'),
    kind: fieldOf(form, 'kind'),
    what: fieldOf(form, 'what').trim(),
  };
  const of = values.kind === 'page' ? { page: values.what } : { event: values.what };
  try {
    await tenant.goals.create({ siteId: fieldOf(form, 'site'), name: values.name, ...of, actor: user.id });
  } catch (error) {
    return failedForm(error, values);
  }
  revalidatePath('/sites/[id]/settings', 'page');
  return {};
}

/** Removes a goal; what was counted for it stays in the events. */
export async function removeGoal(form: FormData): Promise<void> {
  const { tenant, user } = await requireMember('/');
  await tenant.goals.remove(fieldOf(form, 'id'), user.id);
  revalidatePath('/sites/[id]/settings', 'page');
}
