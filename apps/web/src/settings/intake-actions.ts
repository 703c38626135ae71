'use server';

import { revalidatePath } from 'next/cache';
import { requireMember } from '#auth/session.ts';
import { type FormState, failedForm, fieldOf } from '#runtime/form.ts';
import { INTAKE_FIELDS } from './intake-fields.ts';

export type IntakeState = FormState & { saved?: boolean };

const linesOf = (text: string) => text.split(/[\n,]/).map((line) => line.trim());

/** Changes what is counted of one of the tenant's sites, from the next event on. */
export async function updateIntake(_: IntakeState, form: FormData): Promise<IntakeState> {
  const { tenant, user } = await requireMember('/');
  const values = Object.fromEntries(INTAKE_FIELDS.map(({ name }) => [name, fieldOf(form, name)]));
  const intake = Object.fromEntries(Object.entries(values).map(([name, text]) => [name, linesOf(text)]));
  try {
    await tenant.sites.update(fieldOf(form, 'site'), { intake, actor: user.id });
  } catch (error) {
    return failedForm(error, values);
  }
  revalidatePath('/sites/[id]/settings', 'page');
  return { saved: true };
}
