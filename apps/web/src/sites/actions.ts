'use server';

import { redirect } from 'next/navigation';
import { requireMember } from '#auth/session.ts';
import { type FormState, failedForm, fieldOf } from '#runtime/form.ts';

/** Adds a site and goes on to its snippet. */
export async function addSite(_: FormState, form: FormData): Promise<FormState> {
  const { tenant, user } = await requireMember('/sites/new');
  const [domain, timezone, currency] = ['domain', 'timezone', 'currency'].map((name) => fieldOf(form, name));
  let id: string;
  try {
    const site = await tenant.sites.create({ domain: domain ?? '', timezone, currency, actor: user.id });
    id = site.id;
  } catch (error) {
    return failedForm(error, { domain: domain ?? '', timezone: timezone ?? '', currency: currency ?? '' });
  }
  redirect(`/sites/${id}/install`);
}
