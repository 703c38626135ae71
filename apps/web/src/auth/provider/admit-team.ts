import {
  createLinkedUser,
  findLinkedUser,
  type LinkedSubject,
  linkAccount,
  noteLinkedUse,
  undoLink,
} from '@footfall/db/account/linked-account';
import { listMemberships } from '@footfall/db/account/membership';
import { findUserByEmail, type User } from '@footfall/db/account/user';
import { recordOfUser } from '@footfall/db/account/user-audit';
import { inTenant } from '@footfall/db/tenant/scope';
import { domainOfAddress, findSignOnTenant } from '@footfall/db/tenant/sign-on';
import type { Asker, SignInServices } from '../credentials.ts';
import { authFailure, tooManyAttempts } from '../errors.ts';
import { checkOpen, readSignUp } from '../sign-up.ts';
import { nameFor } from './admit.ts';
import type { SignInProvider } from './client.ts';
import type { Profile } from './profile.ts';
import { providerKey } from './providers.ts';

type Arrival = {
  provider: SignInProvider;
  tenantId: string;
  profile: Profile;
  asker: Asker;
  services: SignInServices;
};

type Vouched = LinkedSubject & { email: string };

/** The address of somebody whom a tenant vouches for: its provider may say what it likes, of addresses of the tenant's own domains. */
async function requireOwnDomain({ profile, tenantId, services }: Arrival): Promise<string> {
  const { email, isVerified } = profile;
  const domain = email === null ? null : domainOfAddress(email);
  const holder = domain === null ? null : await findSignOnTenant(services.database, domain);
  if (email !== null && holder === tenantId && isVerified !== false) return email;
  throw authFailure('sign_on_domain', 'your team signs in with addresses of its own domains alone');
}

/** Somebody who came by this before; whom the team has taken out since does not come back by themselves. */
async function admitKnown(user: User, { tenantId, services: { database } }: Arrival): Promise<User> {
  const memberships = await listMemberships(database, user.id);
  if (memberships.some((one) => one.tenantId === tenantId)) return user;
  throw authFailure('sign_on_removed', 'you are not in this team any more. Ask somebody there to invite you');
}

/** The account of an address, or a new one. An account whose address nobody has confirmed may be anybody's. */
async function findOrMake(account: Vouched, { profile, asker, services }: Arrival): Promise<User> {
  const { database, attempts } = services;
  const { email } = account;
  const known = await findUserByEmail(database, email);
  if (known !== null) {
    if (!known.isVerified || known.staffRole !== null)
      throw authFailure(
        'sign_on_confirm_first',
        'there is an account with your address that was never confirmed',
      );
    await linkAccount(database, known.id, account);
    return known;
  }
  // The team has asked them in: that is an invitation.
  const signUp = await readSignUp(services);
  if (signUp === 'closed') checkOpen(signUp);
  const wait = await attempts.countSignUp(asker.client);
  if (wait > 0) throw tooManyAttempts(wait);
  return createLinkedUser(database, { name: nameFor(profile, email), account });
}

/**
 * The account that somebody comes in with whom a tenant's own provider vouches for; who comes first becomes a member of that tenant.
 * @throws Failure `sign_on_domain`, `sign_on_removed`, `sign_on_confirm_first`, `sign_up_closed`, `too_many`, `too_many_attempts`, `link_taken`
 */
export async function admitByTeam(arrival: Arrival): Promise<User> {
  const { provider, tenantId, profile, asker, services } = arrival;
  const { database } = services;
  const email = await requireOwnDomain(arrival);
  const subject = { provider: providerKey(provider), subject: profile.subject };
  const linked = await findLinkedUser(database, subject);
  if (linked !== null) {
    await noteLinkedUse(database, subject);
    return admitKnown(linked, arrival);
  }
  const user = await findOrMake({ ...subject, email }, arrival);
  try {
    await inTenant(database, tenantId).signOn.admit(user.id, asker.client);
  } catch (error) {
    // Else they would be taken for somebody whom the team has taken out.
    await undoLink(database, user.id, subject);
    throw error;
  }
  await recordOfUser(database, { id: user.id }, { action: 'user.link_provider', address: asker.client });
  return user;
}
