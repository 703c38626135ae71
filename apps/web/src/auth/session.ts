import { membershipsOf } from '@footfall/db/account/membership';
import { findUser, type User } from '@footfall/db/account/user';
import { inTenant, type TenantScope } from '@footfall/db/tenant/scope';
import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import { services } from '#runtime/services.ts';
import { openSession, sealSession, sessionCookie } from './token.ts';

/** Who is signed in, and the tenant whose pages they see. */
export type Member = { user: User; tenantName: string; tenant: TenantScope };

/** Who is signed in, or null: once a request. The token is checked against the user, so a raised epoch ends it at once. */
export const currentMember = cache(async (): Promise<Member | null> => {
  const { config, database } = services();
  const token = (await cookies()).get(sessionCookie(config.webUrl).name)?.value;
  const session = await openSession(token, config.secret);
  if (session === null) return null;
  const [user, memberships] = await Promise.all([
    findUser(database, session.userId),
    membershipsOf(database, session.userId),
  ]);
  // Until the portal can switch tenants, a user sees the one they joined first.
  const [membership] = memberships;
  if (user === null || user.sessionEpoch !== session.epoch || membership === undefined) return null;
  return { user, tenantName: membership.tenantName, tenant: inTenant(database, membership.tenantId) };
});

/** Who is signed in; everybody else goes to sign in and comes back to `path`. */
export async function requireMember(path: string): Promise<Member> {
  return (await currentMember()) ?? redirect(`/sign-in?next=${encodeURIComponent(path)}`);
}

/** Begins a session: the answer of this action or handler sets its cookie. */
export async function beginSession(user: User): Promise<void> {
  const { config } = services();
  const { name, options } = sessionCookie(config.webUrl);
  const token = await sealSession({ userId: user.id, epoch: user.sessionEpoch }, config.secret);
  (await cookies()).set(name, token, options);
}

/** Ends the session of this browser. */
export async function endSession(): Promise<void> {
  const { name, options } = sessionCookie(services().config.webUrl);
  (await cookies()).set(name, '', { ...options, maxAge: 0 });
}
