import {
  createLinkedUser,
  findLinkedUser,
  type LinkedSubject,
  linkAccount,
  noteLinkedUse,
} from '@footfall/db/account/linked-account';
import { findUser, findUserByEmail, type User } from '@footfall/db/account/user';
import { recordOfUser } from '@footfall/db/account/user-audit';
import { findInvitation } from '@footfall/db/tenant/invitation';
import { checkTenantName, createTenant } from '@footfall/db/tenant/tenant';
import { asFailure } from '#runtime/failure.ts';
import type { Services } from '#runtime/services.ts';
import type { Asker, SignInServices } from '../credentials.ts';
import { authFailure, tooManyAttempts } from '../errors.ts';
import { checkOpen, readSignUp } from '../sign-up.ts';
import type { SignInProvider } from './client.ts';
import type { Profile } from './profile.ts';
import { providerKey } from './providers.ts';

type Arrival = {
  provider: SignInProvider;
  profile: Profile;
  asker: Asker;
  /** The invitation whose page they came from; null: none. */
  invitationToken: string | null;
  services: SignInServices & Pick<Services, 'billing'>;
};

type Vouched = LinkedSubject & { email: string };

const unverified = (provider: string) =>
  authFailure('provider_unverified', `${provider} has not confirmed your email address`, {
    values: { provider },
  });

const linkFirst = (provider: string) =>
  authFailure(
    'provider_link_first',
    `there is an account with your address already. Sign in with your password, and link ${provider} on your account page`,
    { values: { provider } },
  );

/** The name of somebody who said none that can be kept. */
export function nameFor({ name }: Profile, email: string): string {
  try {
    return checkTenantName(name ?? '');
  } catch {
    // What a provider calls people is not theirs to mend here.
    return email.split('@')[0] ?? email;
  }
}

/** Links an account that is there: both sides must have seen that mail to the address reaches them. Staff links by hand alone. */
async function joinAccount(
  user: User,
  account: Vouched,
  { asker, provider, services: { database } }: Arrival,
): Promise<User> {
  if (!user.isVerified || user.staffRole !== null) throw linkFirst(provider.name);
  await linkAccount(database, user.id, account).catch((error: unknown) => {
    // They have linked another account of this provider: that one is theirs.
    throw asFailure(error)?.code === 'link_taken' ? linkFirst(provider.name) : error;
  });
  await recordOfUser(database, { id: user.id }, { action: 'user.link_provider', address: asker.client });
  return user;
}

/** Makes an account for whoever has none, if accounts are made here: of a team of its own, or for an invitation to this address. */
async function makeAccount(
  account: Vouched,
  { profile, asker, invitationToken, services }: Arrival,
): Promise<User> {
  const { database, attempts } = services;
  const { email } = account;
  const invitation = invitationToken === null ? null : await findInvitation(database, invitationToken);
  const isInvited = invitation !== null && invitation.email === email.toLowerCase();
  if (!isInvited) checkOpen(await readSignUp(services));
  const wait = await attempts.countSignUp(asker.client);
  if (wait > 0) throw tooManyAttempts(wait);
  const name = nameFor(profile, email);
  if (isInvited) return createLinkedUser(database, { name, account });
  const isSoldTo = services.billing !== null;
  const { userId } = await createTenant(database, {
    name,
    email,
    password: account,
    isVerified: true,
    isSoldTo,
  });
  return (await findUser(database, userId)) as User;
}

/**
 * The account that somebody whom a provider vouches for comes in with: the one that is linked, else the one of their address, else a new
 * one. An address counts when the provider has confirmed it.
 * @throws Failure `provider_unverified`, `provider_link_first`, `sign_up_invited`, `sign_up_closed`, `too_many_attempts`, `email_taken`
 */
export async function admitProfile(arrival: Arrival): Promise<{ user: User; isNew: boolean }> {
  const { provider, profile, services } = arrival;
  const { database } = services;
  const subject = { provider: providerKey(provider), subject: profile.subject };
  const linked = await findLinkedUser(database, subject);
  if (linked !== null) {
    await noteLinkedUse(database, subject);
    return { user: linked, isNew: false };
  }
  const { email } = profile;
  if (email === null || profile.isVerified !== true) throw unverified(provider.name);
  const account = { ...subject, email };
  const known = await findUserByEmail(database, email);
  return known === null
    ? { user: await makeAccount(account, arrival), isNew: true }
    : { user: await joinAccount(known, account, arrival), isNew: false };
}
