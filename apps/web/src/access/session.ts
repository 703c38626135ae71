import { decide, type Person } from '@footfall/core/access/decide';
import type { Action } from '@footfall/core/access/permission';
import { type TenantRole, tenantRole } from '@footfall/core/access/role';
import { listMemberships } from '@footfall/db/account/membership';
import { findUser, type User } from '@footfall/db/account/user';
import { inTenant, type TenantScope } from '@footfall/db/tenant/scope';
import { cookies } from 'next/headers';
import { cache } from 'react';
import { openSession, sealSession, sessionCookie } from '#auth/token.ts';
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

/** Who is signed in, or null: once a request. The token is checked against the user, so a raised epoch ends it at once. */
export const currentMember = cache(async (): Promise<Member | null> => {
  const { config, database } = services();
  const token = (await cookies()).get(sessionCookie(config.webUrl).name)?.value;
  const session = await openSession(token, config.secret);
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
