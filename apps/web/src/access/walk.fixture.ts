import { createHash } from 'node:crypto';
import { STAFF_ROLES, TENANT_ROLES, type TenantRole } from '@footfall/core/access/role';
import { hashPassword } from '@footfall/db/account/password';
import { beginTotp, removeTotp } from '@footfall/db/account/second-factor';
import { newSecretToken } from '@footfall/db/account/secret-token';
import { sessionStore } from '@footfall/db/account/session';
import { codeAt } from '@footfall/db/account/totp.fixture';
import { issueToken } from '@footfall/db/account/user-token';
import { connectControlPlane, type Database } from '@footfall/db/prisma';
import { seal } from '@footfall/db/sealed';
import type { Goal } from '@footfall/db/tenant/goal';
import { inTenant, type TenantScope } from '@footfall/db/tenant/scope';
import type { Site } from '@footfall/db/tenant/site';
import { createTenant } from '@footfall/db/tenant/tenant';
import { DEMO_DOMAIN, DEMO_LOGIN } from '@footfall/demo/login';
import { newAuthenticator } from '#auth/authenticator.fixture.ts';
import { checkNewPasskey } from '#auth/passkey.ts';
import { challengeCookie, type PasskeyPurpose, sealChallenge } from '#auth/passkey-challenge.ts';
import { startProviderServer } from '#auth/provider/provider-server.fixture.ts';
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

/** A provider of sign-in that is set up; nothing ever goes there. */
export const WALK_PROVIDER = 'oidc';

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
  /** The issuer of a provider that answers. */
  issuer: string;
  /** Sets up a sign-on of the team, which is there to be removed. */
  newSignOn(): Promise<void>;
  /** A domain of the team's sign-on. */
  newSignOnDomain(): Promise<string>;
  /** A webhook that is there to be changed. */
  newWebhookId(): Promise<string>;
  /** A delivery that is there to be sent again. */
  newDeliveryId(): Promise<string>;
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
  /** A site of the tenant that is there to be deleted. */
  newSite(): Promise<Site>;
  /** The form that moves a site of its own to a team in which the walker is an admin. */
  newMove(walker: Walker): Promise<Record<string, string>>;
  /** A site and a key that it had before, which is there to be ended. */
  newFormerKey(): Promise<{ site: string; key: string }>;
  /** A site and a further domain of it, which is there to be removed. */
  newFurtherDomain(): Promise<{ site: string; domain: string }>;
  /** One that is deleted. */
  newDeletedSiteId(): Promise<string>;
  /** The tenant is not to be deleted and its owner its owner again, whoever has changed that. */
  keepTenant(): Promise<void>;
  /** Staff has stopped it, until {@link Walk.keepTenant}. */
  suspendTenant(): Promise<void>;
  userIds: Readonly<Partial<Record<Walker, string>>>;
  findAction(name: ServerActionName): BuiltAction;
  /** Asks as a walker, with the session of their browser. Redirects are answers. */
  ask(walker: Walker, path: string, init?: RequestInit): Promise<Response>;
  /** Begins a second factor of a walker's; answers a code that confirms it. */
  beginSecondFactor(walker: Walker): Promise<string>;
  removeSecondFactor(walker: Walker): Promise<void>;
  /** What a key of a walker's answers when they add it; their browser was asked for it. */
  newPasskey(walker: Walker): Promise<string>;
  /** What a key of a walker's answers when they prove who they are with it; their browser was asked for it. */
  newPasskeyProof(walker: Walker): Promise<string>;
  /** A link of a mail that proves who is in front of a walker's session. */
  newProofToken(walker: Walker): Promise<string>;
  /** A passkey of a walker's that is there to be removed. */
  newPasskeyId(walker: Walker): Promise<string>;
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

type Things = Pick<
  Walk,
  | 'goals'
  | 'newFunnelId'
  | 'newSegmentId'
  | 'newCountedRemoval'
  | 'newKeyId'
  | 'newWebhookId'
  | 'newDeliveryId'
  | 'newInvitationId'
  | 'newGuestId'
  | 'newSite'
  | 'newFormerKey'
  | 'newFurtherDomain'
  | 'newDeletedSiteId'
>;

/** Makes what actions are about, each time anew. */
function newThings({ database, scope, siteId, actor }: Setting): Things {
  let made = 0;
  const newSite = () => {
    made += 1;
    return scope.sites.create({ domain: `gone${made}.example`, actor });
  };
  const newWebhookId = async () => {
    const id = `webhook_${crypto.randomUUID().slice(0, 8)}`;
    const row = { id, tenantId: scope.tenantId, url: 'https://shop.example/', events: [] };
    await database.webhookEndpoint.create({ data: { ...row, sealedSecret: new Uint8Array(1) } });
    return id;
  };
  return {
    newSite,
    newFormerKey: async () => {
      const { id, siteKey } = await newSite();
      await scope.siteKeys.rotate({ siteId: id, graceDays: 30, actor });
      return { site: id, key: siteKey };
    },
    newFurtherDomain: async () => {
      const { id, domain } = await newSite();
      await scope.furtherDomains.add({ siteId: id, domain: `further-${domain}`, actor });
      return { site: id, domain: `further-${domain}` };
    },
    newDeletedSiteId: async () => {
      const { id, domain } = await newSite();
      await scope.deletions.begin({ siteId: id, domain, actor });
      return id;
    },
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
    newWebhookId,
    newDeliveryId: async () => {
      const id = `delivery_${crypto.randomUUID().slice(0, 8)}`;
      const endpointId = await newWebhookId();
      const row = { id, tenantId: scope.tenantId, endpointId, event: 'ping', dedupeKey: id, data: {} };
      await database.webhookDelivery.create({ data: { ...row, state: 'failed' } });
      return id;
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

type SignOnSetting = Pick<Setting, 'database' | 'scope' | 'actor'> & { issuer: string; secret: string };

/** What the team's own sign-on is made of. */
function signOnThings({
  database,
  scope,
  actor,
  issuer,
  secret,
}: SignOnSetting): Pick<Walk, 'issuer' | 'newSignOn' | 'newSignOnDomain'> {
  const settings = { issuer, clientId: 'a', role: 'viewer', sites: 'all', isRequired: false } as const;
  return {
    issuer,
    newSignOn: () => scope.signOn.save({ settings, clientSecret: 'b', secret, actor }),
    newSignOnDomain: async () => {
      await database.signOnDomain.deleteMany();
      const domain = `${crypto.randomUUID()}.example`;
      await scope.signOn.addDomain(domain, actor);
      return domain;
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
    if (userId !== undefined) await removeTotp(database, userId);
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

/** Moves to a team that nobody of the walk is in, but while they move something there. */
function moves(
  { database, userIds }: People,
  { tenantId, newSite }: { tenantId: string; newSite: Walk['newSite'] },
): Pick<Walk, 'newMove'> & { keepOut(): Promise<void> } {
  return {
    newMove: async (walker) => {
      const userId = userIds[walker];
      const { id, domain } = await newSite();
      const isMember = userId !== undefined && (await database.membership.count({ where: { userId } })) > 0;
      if (isMember)
        await database.membership.upsert({
          where: { tenantId_userId: { tenantId, userId } },
          create: { tenantId, userId, role: 'admin' },
          update: {},
        });
      return { site: id, domain, team: tenantId };
    },
    keepOut: async () => {
      await database.membership.deleteMany({ where: { tenantId, role: 'admin' } });
    },
  };
}

/** Cookies that walkers' browsers have besides their sessions. */
type Jar = Map<Walker, string>;

function passkeys(
  { database, secret, userIds }: People,
  { url, jar }: { url: string; jar: Jar },
): Pick<Walk, 'newPasskey' | 'newPasskeyId' | 'newPasskeyProof'> {
  const key = () => newAuthenticator({ id: 'localhost', origin: url });
  const ask = async (walker: Walker, purpose: PasskeyPurpose) => {
    const challenge = newSecretToken();
    const sealed = await sealChallenge({ challenge, purpose, userId: userIds[walker] ?? null }, secret);
    jar.set(walker, `${challengeCookie(url).name}=${sealed}`);
    return challenge;
  };
  return {
    newPasskey: async (walker) => key().make(await ask(walker, 'add')),
    newPasskeyProof: async (walker) => {
      const [userId, party] = [userIds[walker], { id: 'localhost', origin: url }];
      const [challenge, own] = [await ask(walker, 'prove'), key()];
      const passkey = await checkNewPasskey(own.make(challenge), { party, challenge });
      if (userId !== undefined && passkey !== null)
        await database.passkey.create({ data: { ...passkey, transports: [], userId, name: 'Key' } });
      return own.sign(challenge);
    },
    newPasskeyId: async (walker) => {
      const userId = userIds[walker];
      const { id } = key();
      if (userId !== undefined)
        await database.passkey.create({ data: { id, userId, name: 'Key', publicKey: new Uint8Array([1]) } });
      return id;
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

/** The demo shop as the supervisor makes it. */
async function newDemo(database: Database): Promise<void> {
  const { email, password } = DEMO_LOGIN;
  const { tenantId, userId } = await createTenant(database, {
    name: 'Demo shop',
    email,
    password,
    isVerified: true,
  });
  await inTenant(database, tenantId).sites.create({ domain: DEMO_DOMAIN, actor: userId });
}

/** Starts the portal with a tenant that has a member of every role, and another tenant. */
export async function startWalk(): Promise<Walk> {
  const provider = await startProviderServer();
  const portal = await startPortal({
    SIGN_ON_ORIGINS: provider.issuer,
    OIDC_ISSUER: 'https://id.footfall.example',
    OIDC_CLIENT_ID: 'walk',
    OIDC_CLIENT_SECRET: 'walk',
  });
  const { db: database, close: closeDatabase } = connectControlPlane(portal.databaseUrl, { name: 'test' });
  const own = await newTenant(database, 'kiln');
  const other = await newTenant(database, 'loom');
  const third = await newTenant(database, 'kilnyard');
  await newDemo(database);
  const userIds: Readonly<Partial<Record<Walker, string>>> = {
    ...(await newPeople(database, own.tenantId)),
    owner: own.userId,
    stranger: other.userId,
  };
  const { name: cookie } = sessionCookie({ webUrl: portal.url, sessionMaxMs: 3_600_000 });
  const sessions = sessionStore(database, { afterMs: 3_600_000, idleMs: 3_600_000 });
  const begin = async (userId: string) => ({ id: await sessions.begin(userId), userId, epoch: 0 });
  const begun = new Map<string, Promise<Session>>();
  const jar: Jar = new Map();
  const people = { database, secret: portal.secret, userIds };
  const scope = inTenant(database, own.tenantId);
  const actor = own.userId;
  const site = await scope.sites.create({ domain: 'kiln.example', actor });
  const elsewhere = await scope.sites.create({ domain: 'kilns.example', actor });
  await scope.members.add({ userId: LIMITED, role: 'admin', sites: [elsewhere.id], actor });
  const createKey = ({ tenantId }: Tenant, scopes: readonly string[]) =>
    inTenant(database, tenantId).apiKeys.create({ scopes, actor });
  const things = newThings({ database, scope, siteId: site.id, actor });
  const moving = moves(people, { tenantId: third.tenantId, newSite: things.newSite });
  return {
    portal,
    database,
    tenantId: own.tenantId,
    userIds,
    site,
    otherSiteId: elsewhere.id,
    keptMail: await newKeptMail(database, own.tenantId, portal.secret),
    keys: {
      stats: (await createKey(own, ['stats'])).apiKey,
      ingest: (await createKey(own, ['ingest'])).apiKey,
      sites: (await createKey(own, ['sites'])).apiKey,
      stranger: (await createKey(other, ['stats', 'ingest', 'sites'])).apiKey,
    },
    ...secondFactors(people),
    ...passkeys(people, { url: portal.url, jar }),
    ...signOnThings({ database, scope, actor, issuer: provider.issuer, secret: portal.secret }),
    ...things,
    newMove: moving.newMove,
    keepTenant: async () => {
      const data = { deletionAskedAt: null, suspendedAt: null, suspendedReason: null };
      await moving.keepOut();
      await database.tenant.update({ where: { id: own.tenantId }, data });
      const where = { tenantId: own.tenantId, userId: own.userId };
      await database.membership.updateMany({ where, data: { role: 'owner' } });
    },
    suspendTenant: async () => {
      const data = { suspendedAt: new Date(), suspendedReason: 'Ticket 4711: spam' };
      await database.tenant.update({ where: { id: own.tenantId }, data });
    },
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
        const own = `${cookie}=${await sealSession(await session, portal.secret)}`;
        headers.set('cookie', [own, jar.get(walker) ?? []].flat().join('; '));
      }
      return fetch(portal.url + path, { ...init, headers, redirect: 'manual' });
    },
    newProofToken: async (walker) => {
      const userId = userIds[walker];
      if (userId === undefined) return 'none';
      const session = begun.get(userId) ?? begin(userId);
      begun.set(userId, session);
      const { email } = await database.user.findUniqueOrThrow({ where: { id: userId } });
      return issueToken(database, { userId, purpose: 'prove', email, browser: (await session).id });
    },
    beginAnew: (walker, provenAt) => {
      const userId = userIds[walker] ?? '';
      begun.set(userId, beginProven({ database, begin, userId, provenAt }));
    },
    close: async () => {
      await portal.stop().finally(() => closeDatabase());
      await provider.close();
    },
  };
}
