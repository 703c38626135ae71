import { findInvitation, hasAccount, type PresentedInvitation } from '@footfall/db/tenant/invitation';
import { services } from '#runtime/services.ts';

/** An invitation as its page shows it, and whether the invited address has an account. */
export type ShownInvitation = PresentedInvitation & { hasAccount: boolean };

/** The invitation of a token; null when there is none such, or it has expired. */
export async function readInvitation(token: string): Promise<ShownInvitation | null> {
  const { database } = services();
  const invitation = await findInvitation(database, token);
  if (invitation === null) return null;
  return { ...invitation, hasAccount: await hasAccount(database, invitation) };
}
