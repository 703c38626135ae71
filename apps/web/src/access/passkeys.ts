import {
  type ListedPasskey,
  listPasskeys,
  listStoredPasskeys,
  type StoredPasskey,
} from '@footfall/db/account/passkey';
import type { User } from '@footfall/db/account/user';
import { authFailure } from '#auth/errors.ts';
import { type RelyingParty, relyingParty } from '#auth/relying-party.ts';
import { services } from '#runtime/services.ts';

/** Whether browsers take passkeys at this portal's address at all. */
export const takesPasskeys = (): boolean => relyingParty(services().config.webUrl) !== null;

/**
 * Whom passkeys of this portal are for.
 * @throws Failure `no_passkeys_here`: no page of ours asks where it has none
 */
export function requireParty(): RelyingParty {
  const party = relyingParty(services().config.webUrl);
  if (party === null) throw authFailure('no_passkeys_here', 'there are no passkeys at this address');
  return party;
}

/** The passkeys of somebody, as they see them. */
export const listOwnPasskeys = ({ user }: { user: User }): Promise<ListedPasskey[]> =>
  listPasskeys(services().database, user.id);

/** The passkeys of somebody that a browser may be asked for; none where browsers take none. */
export async function listUsablePasskeys(user: User): Promise<StoredPasskey[]> {
  return takesPasskeys() ? listStoredPasskeys(services().database, user.id) : [];
}
