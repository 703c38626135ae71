import { decide, type Person } from '@footfall/core/access/decide';
import type { Action } from '@footfall/core/access/permission';
import { type TenantRole, tenantRole } from '@footfall/core/access/role';
import { listMemberships } from '@footfall/db/account/membership';
import { findUser, type User } from '@footfall/db/account/user';
import { inTenant, type TenantScope } from '@footfall/db/tenant/scope';
import { cookies, headers } from 'next/headers';
import { cache } from 'react';
import { CLIENT_HEADER } from '#auth/client-header.ts';
import type { Asker } from '#auth/credentials.ts';
import { browserCookie, sealBrowser } from '#auth/known-browser.ts';
import { openSession, type Session, sealSession, sessionCookie } from '#auth/token.ts';
import { services } from '#runtime/services.ts';

/** Who is signed in, what they are there, and the tenant whose pages they see. */
export type Member = {
  user: User;
  tenantName: string;
  tenant: TenantScope;
  role: TenantRole;
  /** The sites that they are limited to. Limits come with teams; until then a member has all. */
  sites: Person['sites'];
};

/** The session of this browser; null when it has none, or it has ended. */
async function currentSession(): Promise<Session | null> {
  const { config, sessions } = services();
  const session = await openSession((await cookies()).get(sessionCookie(config).name)?.value, config.secret);
  if (session === null) return null;
  return (await sessions.find(session.id)) === session.userId ? session : null;
}

/** Who is signed in, or null: once a request. A session that was revoked, or whose user's epoch was raised, is over at once. */
export const currentMember = cache(async (): Promise<Member | null> => {
  const { database } = services();
  const session = await currentSession();
  if (session === null) return null;
  const [user, memberships] = await Promise.all([
    findUser(database, session.userId),
    listMemberships(database, session.userId),
  ]);
  // Until the portal can switch tenants, a user sees the one they joined first.
  const [membership] = memberships;
  if (user === null || user.sessionEpoch !== session.epoch || membership === undefined) return null;
  const { tenantId, tenantName } = membership;
  const role = tenantRole(membership.role);
  if (role === null) return null;
  return { user, tenantName, tenant: inTenant(database, tenantId), role, sites: 'all' };
});

/** Whether a member may do this: at this site, or without one anywhere at all. */
export function memberMay(member: Pick<Member, 'role' | 'sites'>, action: Action, siteId?: string): boolean {
  return decide({ who: member, action, siteId }) === 'allowed';
}

/** The address of whoever sent this request. */
export const clientOfRequest = async (): Promise<string> => (await headers()).get(CLIENT_HEADER) ?? '';

/** Who tries to sign in with this request. */
export async function currentAsker(): Promise<Asker> {
  const known = (await cookies()).get(browserCookie(services().config.webUrl).name)?.value;
  return { client: await clientOfRequest(), browserCookie: known };
}

/** Begins a session: the answer of this action or handler sets its cookie, and the one that tells this browser from strangers'. */
export async function beginSession(user: User): Promise<void> {
  const { config, sessions } = services();
  const { secret, webUrl } = config;
  const id = await sessions.begin(user.id);
  const token = await sealSession({ id, userId: user.id, epoch: user.sessionEpoch }, secret);
  const [session, browser] = [sessionCookie(config), browserCookie(webUrl)];
  const set = await cookies();
  set.set(session.name, token, session.options);
  set.set(browser.name, sealBrowser(user.email, secret), browser.options);
}

/** Ends the session of this browser, here and for whoever has a copy of its cookie. */
export async function endSession(): Promise<void> {
  const { config, sessions } = services();
  const { name, options } = sessionCookie(config);
  const session = await currentSession();
  if (session !== null) await sessions.end(session.id);
  (await cookies()).set(name, '', { ...options, maxAge: 0 });
}
