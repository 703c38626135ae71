import { type LinkedAccount, listLinkedAccounts } from '@footfall/db/account/linked-account';
import { listOwnedAlone, type OwnedAlone } from '@footfall/db/account/own-data';
import { findProofWays, hasPassword } from '@footfall/db/account/own-password';
import { findSecondFactor, type SecondFactor } from '@footfall/db/account/second-factor';
import { services } from '#runtime/services.ts';
import { takesPasskeys } from './passkeys.ts';
import type { Account } from './session.ts';

/** Whether whoever is signed in has a password: who never set one comes in by other ways. */
export const hasOwnPassword = ({ user }: Account): Promise<boolean> =>
  hasPassword(services().database, user.id);

/** The second factor of whoever is signed in; null when none is in force. */
export const findOwnSecondFactor = ({ user }: Account): Promise<SecondFactor | null> =>
  findSecondFactor(services().database, user.id);

/** By what whoever is signed in can prove who they are, at this portal's address. */
export async function findOwnProofWays({ user }: Account): Promise<{ password: boolean; passkey: boolean }> {
  const { password, passkey } = await findProofWays(services().database, user.id);
  return { password, passkey: passkey && takesPasskeys() };
}

/** The teams that whoever is signed in owns alone, and that are not being deleted: they have to be settled before the account can go. */
export const listTeamsOwnedAlone = ({ user }: Account): Promise<OwnedAlone[]> =>
  listOwnedAlone(services().database, user.id);

/** The accounts at providers that whoever is signed in comes in with. */
export const listOwnLinks = ({ user }: Account): Promise<LinkedAccount[]> =>
  listLinkedAccounts(services().database, user.id);
