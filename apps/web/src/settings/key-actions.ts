'use server';

import { SCOPES } from '@footfall/db/tenant/api-key';
import { revalidatePath } from 'next/cache';
import { requireMember } from '#auth/session.ts';
import { type FormState, failedForm, fieldOf } from '#runtime/form.ts';

/** The key itself stands in the answer to its making, and never again. */
export type NewKeyState = FormState & { apiKey?: string };

/** Makes an API key of the tenant with the scopes that the form ticks. */
export async function createApiKey(_: NewKeyState, form: FormData): Promise<NewKeyState> {
  const { tenant, user } = await requireMember('/');
  try {
    const scopes = SCOPES.filter((scope) => form.get(scope) === 'on');
    const { apiKey } = await tenant.apiKeys.create({ scopes, actor: user.id });
    revalidatePath('/sites/[id]/settings', 'page');
    return { apiKey };
  } catch (error) {
    return failedForm(error, {});
  }
}

/** Ends an API key at once. */
export async function revokeApiKey(form: FormData): Promise<void> {
  const { tenant, user } = await requireMember('/');
  await tenant.apiKeys.revoke(fieldOf(form, 'id'), user.id);
  revalidatePath('/sites/[id]/settings', 'page');
}
