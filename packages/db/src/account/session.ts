import { truncateIp } from '@footfall/core/ip';
import type { Database } from '../prisma.ts';
import { hashToken, newSecretToken } from './secret-token.ts';

/** When a session ends by itself, milliseconds: so long after it began, and so long after it was last used. */
export type SessionEnds = {
  afterMs: number;
  idleMs: number;
  /** The installation's providers, as linked accounts name them: what another one has begun is over. Absent: all there ever were. */
  providers?: readonly string[];
};

/** Sessions of one user: who signs in once more ends the one that was used longest ago. */
const MOST_OF_USER = 50;

/** When a session was used is noted no more often than this, milliseconds: each note is a write. */
const NOTED_MS = 60_000;

/** Clocks of the portal's machines differ by less, milliseconds. */
const SKEW_MS = 5 * 60_000;

const revoked = () => ({ revokedAt: new Date() });

/** From where a session was begun, for its owner to tell it from others: the browser as it calls itself, and a whole address, of which the network is kept. */
export type SessionOrigin = {
  userAgent?: string | undefined;
  address?: string | undefined;
  /** The tenant whose provider has vouched for its user: it sees that one alone. */
  onlyTenant?: string | null | undefined;
  /** The provider that has vouched for its user, as linked accounts name it. */
  provider?: string | null | undefined;
};

/** A session that has not ended. */
export type OpenSession = {
  userId: string;
  /** The tenant whose pages it sees; null: none was chosen. */
  tenantId: string | null;
  /** The one tenant that it may see; null: all of its user's. */
  onlyTenant: string | null;
  /** When its user last proved who they are, epoch milliseconds. */
  provenAt: number;
  /** The tenant that its user, of the platform's staff, looks at, and the visit; whether that goes on is the tenant's to say. Null: none. */
  visit: { tenantId: string; id: string } | null;
};

/** A session as its owner sees it among others; `key` names it and opens nothing. */
export type ListedSession = {
  key: string;
  createdAt: Date;
  lastSeenAt: Date;
  userAgent: string | null;
  network: string | null;
  isCurrent: boolean;
};

/** Sessions in the database, for every process of the portal. */
export type Sessions = {
  /** Begins one, whose user has just proved who they are; answers its id, which is stored hashed. */
  begin(userId: string, origin?: SessionOrigin): Promise<string>;
  /** The session of this id; null when there is none, or it has ended. */
  find(id: string): Promise<OpenSession | null>;
  /** From now on it sees another tenant's pages. That its user is of that tenant is the caller's to know. */
  chooseTenant(id: string, tenantId: string): Promise<void>;
  /** Its user has just proved again who they are. */
  prove(id: string): Promise<void>;
  /** From now on it is at a visit, or (null) at none any more. */
  visit(id: string, visit: OpenSession['visit']): Promise<void>;
  end(id: string): Promise<void>;
  /** Ends all sessions of a user but one. */
  endOthers(userId: string, keptId: string | null): Promise<void>;
  /** The open sessions of a user, the one used last first. */
  list(userId: string, currentId: string): Promise<ListedSession[]>;
  /** Ends the session of a user that {@link ListedSession.key} names; false when they have none such. */
  endListed(userId: string, key: string): Promise<boolean>;
};

const MAX_USER_AGENT = 300;

/** Forgets what has ended, and ends what is one too many. */
async function tidy(db: Database, userId: string, { idleMs }: SessionEnds): Promise<void> {
  const now = Date.now();
  const over = [{ expiresAt: { lte: new Date(now) } }, { lastSeenAt: { lte: new Date(now - idleMs) } }];
  await db.session.deleteMany({ where: { userId, OR: [...over, { revokedAt: { not: null } }] } });
  const tooMany = await db.session.findMany({
    where: { userId },
    orderBy: { lastSeenAt: 'desc' },
    skip: MOST_OF_USER - 1,
    select: { hash: true },
  });
  if (tooMany.length > 0)
    await db.session.deleteMany({ where: { hash: { in: tooMany.map(({ hash }) => hash) } } });
}

async function findSession(
  db: Database,
  id: string,
  { afterMs, idleMs, providers }: SessionEnds,
): Promise<OpenSession | null> {
  const hash = hashToken(id);
  const session = await db.session.findUnique({ where: { hash } });
  const now = Date.now();
  if (session === null || session.revokedAt !== null) return null;
  const { onlyTenant, provider } = session;
  // A tenant's own is the tenant's to take away (tenant/sign-on.ts).
  if (onlyTenant === null && provider !== null && providers?.includes(provider) === false) {
    await db.session.updateMany({ where: { hash }, data: revoked() });
    return null;
  }
  const [left, idle] = [session.expiresAt.getTime() - now, now - session.lastSeenAt.getTime()];
  // One that lasts longer than any can, or was used later than now, was written by a clock that was ahead: it might not end for years.
  if (left <= 0 || left > afterMs + SKEW_MS || idle >= idleMs || idle < -SKEW_MS) return null;
  if (idle >= Math.min(NOTED_MS, idleMs / 10))
    await db.session.updateMany({ where: { hash }, data: { lastSeenAt: new Date(now) } });
  const { userId, chosenTenant, provenAt, visitedTenant, visit } = session;
  const atVisit = visitedTenant === null || visit === null ? null : { tenantId: visitedTenant, id: visit };
  return { userId, tenantId: chosenTenant, onlyTenant, provenAt: provenAt.getTime(), visit: atVisit };
}

async function beginSession(
  db: Database,
  userId: string,
  { userAgent, address, onlyTenant, provider, afterMs }: SessionOrigin & SessionEnds,
): Promise<string> {
  const id = newSecretToken();
  const now = new Date();
  const agent = userAgent?.slice(0, MAX_USER_AGENT).toWellFormed().replaceAll('\0', '');
  await db.session.create({
    data: {
      hash: hashToken(id),
      userId,
      createdAt: now,
      lastSeenAt: now,
      provenAt: now,
      expiresAt: new Date(now.getTime() + afterMs),
      userAgent: agent ?? null,
      onlyTenant: onlyTenant ?? null,
      provider: provider ?? null,
      network: (address === undefined ? undefined : truncateIp(address)) ?? null,
    },
  });
  return id;
}

async function listSessions(
  db: Database,
  userId: string,
  { currentId, idleMs }: { currentId: string; idleMs: number },
): Promise<ListedSession[]> {
  const now = Date.now();
  const rows = await db.session.findMany({
    where: {
      userId,
      revokedAt: null,
      expiresAt: { gt: new Date(now) },
      lastSeenAt: { gt: new Date(now - idleMs) },
    },
    orderBy: { lastSeenAt: 'desc' },
  });
  const current = Buffer.from(hashToken(currentId));
  return rows.map(({ hash, createdAt, lastSeenAt, userAgent, network }) => ({
    key: Buffer.from(hash).toString('base64url'),
    createdAt,
    lastSeenAt,
    userAgent,
    network,
    isCurrent: current.equals(hash),
  }));
}

/** The sessions of an installation. */
export function sessionStore(db: Database, ends: SessionEnds): Sessions {
  return {
    begin: async (userId, origin = {}) => {
      await tidy(db, userId, ends);
      return beginSession(db, userId, { ...origin, ...ends });
    },
    find: (id) => findSession(db, id, ends),
    chooseTenant: async (id, tenantId) => {
      await db.session.updateMany({ where: { hash: hashToken(id) }, data: { chosenTenant: tenantId } });
    },
    prove: async (id) => {
      await db.session.updateMany({ where: { hash: hashToken(id) }, data: { provenAt: new Date() } });
    },
    visit: async (id, visit) => {
      const data = { visitedTenant: visit?.tenantId ?? null, visit: visit?.id ?? null };
      await db.session.updateMany({ where: { hash: hashToken(id) }, data });
    },
    list: (userId, currentId) => listSessions(db, userId, { currentId, ...ends }),
    endListed: async (userId, key) => {
      const hash = new Uint8Array(Buffer.from(key, 'base64url'));
      const { count } = await db.session.updateMany({
        where: { hash, userId, revokedAt: null },
        data: revoked(),
      });
      return count === 1;
    },
    end: async (id) => {
      await db.session.updateMany({ where: { hash: hashToken(id), revokedAt: null }, data: revoked() });
    },
    endOthers: async (userId, keptId) => {
      const kept = keptId === null ? {} : { hash: { not: hashToken(keptId) } };
      await db.session.updateMany({ where: { userId, revokedAt: null, ...kept }, data: revoked() });
    },
  };
}
