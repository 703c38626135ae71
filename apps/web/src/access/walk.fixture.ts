import { createHash } from 'node:crypto';
import { STAFF_ROLES, TENANT_ROLES, type TenantRole } from '@footfall/core/access/role';
import { hashPassword } from '@footfall/db/account/password';
import { beginTotp, removeSecondFactor } from '@footfall/db/account/second-factor';
import { sessionStore } from '@footfall/db/account/session';
import { codeAt } from '@footfall/db/account/totp.fixture';
import { connectControlPlane, type Database } from '@footfall/db/prisma';
import { seal } from '@footfall/db/sealed';
import type { Goal } from '@footfall/db/tenant/goal';
import { inTenant, type TenantScope } from '@footfall/db/tenant/scope';
import type { Site } from '@footfall/db/tenant/site';
import { createTenant } from '@footfall/db/tenant/tenant';
import { type Session, sealSession, sessionCookie } from '#auth/token.ts';
import { type BuiltAction, findAction } from './built-action.fixture.ts';
import { type PortalProcess, startPortal } from './portal-process.fixture.ts';
import type { ServerActionName } from './server-actions.ts';

/**
 * Who walks: nobody, each role of the tenant whose site it is, an admin there who is limited to another site, the owner of another tenant,
 * and the platform's staff.
 */
export const WALKERS = ['nobody', ...TENANT_ROLES, 'limited', 'stranger', ...STAFF_ROLES] as const;
export type Walker = (typeof WALKERS)[number];

/** The password of every walker who is of a team. */
export const WALK_PASSWORD = 'correct horse battery';

export type Walk = {
  portal: PortalProcess;
  database: Database;
  tenantId: string;
  site: Site;
  /** The one site of the member who is limited. */
  otherSiteId: string;
  goals: { create(): Promise<Goal> };
  /** A funnel of the site that is there to be removed. */
  newFunnelId(): Promise<string>;
  /** A segment of the site that is there to be removed. */
  newSegmentId(): Promise<string>;
  keys: Readonly<Record<'stats' | 'ingest' | 'sites' | 'stranger', string>>;
  /** A mail that is kept for the operator; its text is {@link KEPT_TEXT}. */
  keptMail: { id: string };
  /** A key that is there to be revoked. */
  newKeyId(): Promise<string>;
  /** An invitation that is there to be withdrawn. */
  newInvitationId(): Promise<string>;
  /** A member who is there to be changed. */
  newGuestId(): Promise<string>;
  /** A site of the other tenant. */
  newStrangersSite(): Promise<string>;
  /** A removal of the site's events that waits to be confirmed. */
  newCountedRemoval(): Promise<string>;
  findAction(name: ServerActionName): BuiltAction;
  /** Asks as a walker, with the session of their browser. Redirects are answers. */
  ask(walker: Walker, path: string, init?: RequestInit): Promise<Response>;
  /** Begins a second factor of a walker's; answers a code that confirms it. */
  beginSecondFactor(walker: Walker): Promise<string>;
  removeSecondFactor(walker: Walker): Promise<void>;
  /** From here on a walker asks with a new session, whose user proved at this time who they are. */
  beginAnew(walker: Walker, provenAt: Date): void;
  close(): Promise<void>;
};

type Tenant = { tenantId: string; userId: string };

async function newMember(database: Database, { tenantId, role }: { tenantId: string; role: TenantRole }) {
  const userId = `user_${role}`;
  const email = `${role}@shop.example`;
  await database.user.create({
    data: { id: userId, email, name: role, passwordHash: await hashPassword(WALK_PASSWORD) },
  });
  await database.membership.create({ data: { tenantId, userId, role } });
  return userId;
}

const LIMITED = 'user_limited';

/** The users of every walker beside the two owners. */
async function newPeople(database: Database, tenantId: string): Promise<Partial<Record<Walker, string>>> {
  const others = TENANT_ROLES.filter((role) => role !== 'owner');
  const members = await Promise.all(
    others.map(async (role) => [role, await newMember(database, { tenantId, role })] as const),
  );
  const staff = await Promise.all(
    STAFF_ROLES.map(async (role) => [role, await newStaff(database, role)] as const),
  );
  const passwordHash = await hashPassword(WALK_PASSWORD);
  const limited = { id: LIMITED, email: 'limited@shop.example', name: 'limited', passwordHash };
  await database.user.create({ data: limited });
  return { ...Object.fromEntries([...members, ...staff]), limited: LIMITED };
}

async function newStaff(database: Database, role: string): Promise<string> {
  const id = `user_${role}`;
  const email = `${role}@footfall.example`;
  await database.user.create({ data: { id, email, name: role, staffRole: role } });
  return id;
}

/** What the kept mail says: a stranger's words, which nobody may run. */
export const KEPT_TEXT = 'Come and join <b>us</b>: https://shop.example/invitations/canary';

/** A mail about a tenant that waits for the operator, sealed as the portal seals it. */
async function newKeptMail(database: Database, aboutTenant: string, secret: string) {
  const body = seal(
    JSON.stringify({ html: `<script>${KEPT_TEXT}</script>`, text: KEPT_TEXT }),
    'mail',
    secret,
  );
  const told = {
    recipient: 'guest@shop.example',
    locale: 'en',
    template: 'invitation',
    subject: 'An invitation',
  };
  const data = { id: 'mail_kept', aboutTenant, ...told, body, state: 'kept' };
  return database.mail.create({ data });
}

const newTenant = (database: Database, name: string): Promise<Tenant> =>
  createTenant(database, { name, email: `${name}@shop.example`, password: WALK_PASSWORD });

type Setting = { database: Database; scope: TenantScope; siteId: string; actor: string };

/** Makes what actions are about, each time anew. */
function newThings({
  database,
  scope,
  siteId,
  actor,
}: Setting): Pick<
  Walk,
  | 'goals'
  | 'newFunnelId'
  | 'newSegmentId'
  | 'newCountedRemoval'
  | 'newKeyId'
  | 'newInvitationId'
  | 'newGuestId'
> {
  let made = 0;
  return {
    goals: {
      create: () => {
        made += 1;
        return scope.goals.create({ siteId: siteId, name: `goal ${made}`, event: 'Signup', actor });
      },
    },
    newFunnelId: async () => {
      made += 1;
      const steps = [{ page: '/a' }, { page: '/b' }];
      return (await scope.funnels.create({ siteId, name: `funnel ${made}`, steps, actor })).id;
    },
    newSegmentId: async () => {
      made += 1;
      const filters = [['is', 'visit:country', ['DE']]];
      return (await scope.segments.create({ siteId, name: `segment ${made}`, filters, actor })).id;
    },
    newCountedRemoval: async () => {
      made += 1;
      const [receivedFrom, receivedTo] = [new Date('2026-01-01'), new Date('2026-01-02')];
      const span = { siteId: siteId, receivedFrom, receivedTo, requestedBy: actor };
      const data = { id: `removal_${made}`, state: 'counted', ...span };
      return (await database.eventRemoval.create({ data })).id;
    },
    newKeyId: async () => (await scope.apiKeys.create({ scopes: ['ingest'], actor })).id,
    newInvitationId: async () => {
      made += 1;
      const email = `guest${made}@invited.example`;
      return (await scope.invitations.create({ email, role: 'viewer', sites: 'all', actor })).id;
    },
    newGuestId: async () => {
      made += 1;
      const userId = `user_guest${made}`;
      await database.user.create({ data: { id: userId, email: `${userId}@shop.example`, name: 'Guest' } });
      await scope.members.add({ userId, role: 'viewer', sites: 'all', actor });
      return userId;
    },
  };
}

type People = { database: Database; secret: string; userIds: Readonly<Partial<Record<Walker, string>>> };

function secondFactors({
  database,
  secret,
  userIds,
}: People): Pick<Walk, 'beginSecondFactor' | 'removeSecondFactor'> {
  const remove = async (walker: Walker) => {
    const userId = userIds[walker];
    if (userId !== undefined) await removeSecondFactor(database, userId);
  };
  return {
    removeSecondFactor: remove,
    beginSecondFactor: async (walker) => {
      const userId = userIds[walker];
      if (userId === undefined) return '000000';
      await remove(walker);
      return codeAt((await beginTotp(database, { userId, secret })) ?? '', Date.now());
    },
  };
}

type ProvenSession = {
  database: Database;
  begin: (userId: string) => Promise<Session>;
  userId: string;
  provenAt: Date;
};

async function beginProven({ database, begin, userId, provenAt }: ProvenSession): Promise<Session> {
  const session = await begin(userId);
  // This one alone: another that begins at the same time has a proof of its own.
  const hash = new Uint8Array(createHash('sha256').update(session.id).digest());
  await database.session.update({ where: { hash }, data: { provenAt } });
  return session;
}

/** Starts the portal with a tenant that has a member of every role, and another tenant. */
export async function startWalk(): Promise<Walk> {
  const portal = await startPortal();
  const { db: database, close: closeDatabase } = connectControlPlane(portal.databaseUrl, { name: 'test' });
  const own = await newTenant(database, 'kiln');
  const other = await newTenant(database, 'loom');
  const userIds: Readonly<Partial<Record<Walker, string>>> = {
    ...(await newPeople(database, own.tenantId)),
    owner: own.userId,
    stranger: other.userId,
  };
  const { name: cookie } = sessionCookie({ webUrl: portal.url, sessionMaxMs: 3_600_000 });
  const sessions = sessionStore(database, { afterMs: 3_600_000, idleMs: 3_600_000 });
  const begin = async (userId: string) => ({ id: await sessions.begin(userId), userId, epoch: 0 });
  const begun = new Map<string, Promise<Session>>();
  const scope = inTenant(database, own.tenantId);
  const actor = own.userId;
  const site = await scope.sites.create({ domain: 'kiln.example', actor });
  const elsewhere = await scope.sites.create({ domain: 'kilns.example', actor });
  await scope.members.add({ userId: LIMITED, role: 'admin', sites: [elsewhere.id], actor });
  const createKey = ({ tenantId }: Tenant, scopes: readonly string[]) =>
    inTenant(database, tenantId).apiKeys.create({ scopes, actor });
  return {
    portal,
    database,
    tenantId: own.tenantId,
    site,
    otherSiteId: elsewhere.id,
    keptMail: await newKeptMail(database, own.tenantId, portal.secret),
    keys: {
      stats: (await createKey(own, ['stats'])).apiKey,
      ingest: (await createKey(own, ['ingest'])).apiKey,
      sites: (await createKey(own, ['sites'])).apiKey,
      stranger: (await createKey(other, ['stats', 'ingest', 'sites'])).apiKey,
    },
    ...secondFactors({ database, secret: portal.secret, userIds }),
    ...newThings({ database, scope, siteId: site.id, actor }),
    newStrangersSite: async () => {
      const domain = `${crypto.randomUUID()}.example`;
      return (await inTenant(database, other.tenantId).sites.create({ domain, actor: other.userId })).id;
    },
    findAction,
    ask: async (walker, path, init = {}) => {
      const userId = userIds[walker];
      const headers = new Headers(init.headers);
      if (!headers.has('origin')) headers.set('origin', portal.url);
      if (userId !== undefined) {
        const session = begun.get(userId) ?? begin(userId);
        begun.set(userId, session);
        headers.set('cookie', `${cookie}=${await sealSession(await session, portal.secret)}`);
      }
      return fetch(portal.url + path, { ...init, headers, redirect: 'manual' });
    },
    beginAnew: (walker, provenAt) => {
      const userId = userIds[walker] ?? '';
      begun.set(userId, beginProven({ database, begin, userId, provenAt }));
    },
    close: async () => {
      await portal.stop().finally(() => closeDatabase());
    },
  };
}
