import { decide, type Person } from '@footfall/core/access/decide';
import type { Action } from '@footfall/core/access/permission';
import { type Role, tenantRole } from '@footfall/core/access/role';
import { listMemberships, type TenantOfUser } from '@footfall/db/account/membership';
import { hasSecondFactor } from '@footfall/db/account/second-factor';
import type { OpenSession } from '@footfall/db/account/session';
import { findUser, type User } from '@footfall/db/account/user';
import { inTenant, type TenantScope } from '@footfall/db/tenant/scope';
import type { OpenVisit } from '@footfall/db/tenant/support';
import { cookies, headers } from 'next/headers';
import { cache } from 'react';
import { CLIENT_HEADER } from '#auth/client-header.ts';
import type { Asker } from '#auth/credentials.ts';
import { browserCookie, sealBrowser } from '#auth/known-browser.ts';
import { tellOfNewBrowser } from '#auth/new-browser.ts';
import { openSession, type Session, sealSession, sessionCookie } from '#auth/token.ts';
import { services } from '#runtime/services.ts';
import type { Voucher } from './second-step.ts';

/** Whoever is signed in: of some tenants' teams, or of the platform's staff. */
export type Account = {
  user: User;
  /** The tenants that they belong to, oldest membership first. */
  memberships: readonly TenantOfUser[];
  /** Tenants that they belong to as well, and see nothing of until they have a second factor, or come by the tenant's own provider. */
  locked: readonly TenantOfUser[];
  /** Tenants that they belong to as well, which are being deleted: that is all there is to see of them. */
  deleting: readonly TenantOfUser[];
  session: Session & OpenSession;
};

/** Who is signed in, what they are there, and the tenant whose pages they see. */
export type Member = {
  user: User;
  tenantName: string;
  tenant: TenantScope;
  role: Role;
  /** The sites that they are limited to. */
  sites: Person['sites'];
  /** Of the platform's staff, who look and change nothing; null: they are of the team. */
  visit: OpenVisit | null;
};

/** The session of this browser; null when it has none, or it has ended. */
async function currentSession(): Promise<(Session & OpenSession) | null> {
  const { config, sessions } = services();
  const session = await openSession((await cookies()).get(sessionCookie(config).name)?.value, config.secret);
  if (session === null) return null;
  const open = await sessions.find(session.id);
  return open?.userId === session.userId ? { ...session, ...open } : null;
}

/**
 * The tenants whose pages somebody may see, those that want a second factor which they do not have, or another way in, and those that
 * are being deleted.
 */
async function sortTeams(
  { id }: User,
  all: readonly TenantOfUser[],
): Promise<Pick<Account, 'memberships' | 'locked' | 'deleting'>> {
  const deleting = all.filter(({ deletion }) => deletion !== null);
  const kept = all.filter(({ deletion }) => deletion === null);
  const wantsFactor = kept.some(({ requiresSecondFactor }) => requiresSecondFactor);
  const lacksFactor = wantsFactor && !(await hasSecondFactor(services().database, id));
  const isLocked = ({ requiresSecondFactor, requiresSignOn }: TenantOfUser) =>
    requiresSignOn || (requiresSecondFactor && lacksFactor);
  return { memberships: kept.filter((one) => !isLocked(one)), locked: kept.filter(isLocked), deleting };
}

/** Who is signed in, or null: once a request. A session that was revoked, or whose user's epoch was raised, is over at once. */
export const currentAccount = cache(async (): Promise<Account | null> => {
  const { database } = services();
  const session = await currentSession();
  if (session === null) return null;
  const [user, all] = await Promise.all([
    findUser(database, session.userId),
    listMemberships(database, session.userId),
  ]);
  if (user === null || user.sessionEpoch !== session.epoch) return null;
  const { onlyTenant } = session;
  if (onlyTenant === null) return { user, session, ...(await sortTeams(user, all)) };
  // Whom a tenant vouches for has what that tenant gives, nothing of others or of the platform; its provider is its rule.
  const own = all.filter(({ tenantId }) => tenantId === onlyTenant);
  return {
    user: { ...user, staffRole: null },
    session,
    memberships: own.filter(({ deletion }) => deletion === null),
    locked: [],
    deleting: own.filter(({ deletion }) => deletion !== null),
  };
});

/** An account as a member of one of its tenants; null when its role there is not known. */
export function asMember({ user }: Account, membership: TenantOfUser): Member | null {
  const { tenantId, tenantName, sites } = membership;
  const role = tenantRole(membership.role);
  if (role === null) return null;
  return { user, tenantName, tenant: inTenant(services().database, tenantId), role, sites, visit: null };
}

/** Staff at a tenant that they visit; null: they visit none, or that is over. */
async function asVisitor({ user, session }: Account): Promise<Member | null> {
  if (session.visit === null || user.staffRole === null) return null;
  const tenant = inTenant(services().database, session.visit.tenantId);
  const visit = await tenant.support.open(session.visit.id, user.id);
  if (visit === null) return null;
  return { user, tenantName: visit.tenantName, tenant, role: user.staffRole, sites: 'all', visit };
}

/**
 * Who is signed in as a member of the tenant that this session has chosen, else of the one joined first; staff at the tenant that they
 * visit. Null for other staff and whoever has no team.
 */
export const currentMember = cache(async (): Promise<Member | null> => {
  const account = await currentAccount();
  if (account === null) return null;
  const visitor = await asVisitor(account);
  if (visitor !== null) return visitor;
  const { memberships, session } = account;
  const chosen = memberships.find(({ tenantId }) => tenantId === session.tenantId) ?? memberships[0];
  return chosen === undefined ? null : asMember(account, chosen);
});

/** Whether a member may do this: at this site, or without one anywhere at all. */
export function memberMay(
  { role, sites, visit }: Pick<Member, 'role' | 'sites' | 'visit'>,
  action: Action,
  siteId?: string,
): boolean {
  return decide({ who: { role, sites, impersonating: visit !== null }, action, siteId }) === 'allowed';
}

/** Whether somebody is staff whose role includes this. */
export function staffMay({ user }: { user: Pick<User, 'staffRole'> }, action: Action): boolean {
  if (user.staffRole === null) return false;
  return decide({ who: { role: user.staffRole, sites: 'all' }, action }) === 'allowed';
}

/** The address of whoever sent this request. */
export const clientOfRequest = async (): Promise<string> => (await headers()).get(CLIENT_HEADER) ?? '';

/** Who tries to sign in with this request. */
export async function currentAsker(): Promise<Asker> {
  const known = (await cookies()).get(browserCookie(services().config.webUrl).name)?.value;
  return { client: await clientOfRequest(), browserCookie: known };
}

/**
 * Begins a session: the answer of this action or handler sets its cookie, and the one that tells this browser from strangers'. A mail
 * tells of a browser that the account does not know, unless the account is new as well. `voucher` is the provider that vouched for them;
 * of a tenant's own they see that tenant alone.
 */
export async function beginSession(
  user: User,
  { isNewAccount = false, voucher }: { isNewAccount?: boolean; voucher?: Voucher } = {},
): Promise<void> {
  const { config, sessions } = services();
  if (!isNewAccount) await tellOfNewBrowser(user, services());
  const { secret, webUrl } = config;
  const userAgent = (await headers()).get('user-agent') ?? undefined;
  const { onlyTenant = null, provider = null } = voucher ?? {};
  const address = await clientOfRequest();
  const id = await sessions.begin(user.id, { userAgent, address, onlyTenant, provider });
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
