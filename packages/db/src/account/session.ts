import { createHash, randomBytes } from 'node:crypto';
import type { Database } from '../prisma.ts';

/** When a session ends by itself, milliseconds: so long after it began, and so long after it was last used. */
export type SessionEnds = { afterMs: number; idleMs: number };

/** Sessions of one user: who signs in once more ends the one that was used longest ago. */
const MOST_OF_USER = 50;

/** When a session was used is noted no more often than this, milliseconds: each note is a write. */
const NOTED_MS = 60_000;

const hashOfId = (id: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(createHash('sha256').update(id).digest());

const revoked = () => ({ revokedAt: new Date() });

/** Sessions in the database, for every process of the portal. */
export type Sessions = {
  /** Begins one; answers its id, which is stored hashed. */
  begin(userId: string): Promise<string>;
  /** The user whose session this is; null when there is none, or it has ended. */
  find(id: string): Promise<string | null>;
  end(id: string): Promise<void>;
  /** Ends all sessions of a user but one. */
  endOthers(userId: string, keptId: string | null): Promise<void>;
};

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

async function findSession(db: Database, id: string, { idleMs }: SessionEnds): Promise<string | null> {
  const hash = hashOfId(id);
  const session = await db.session.findUnique({ where: { hash } });
  const now = Date.now();
  if (session === null || session.revokedAt !== null || session.expiresAt.getTime() <= now) return null;
  const idle = now - session.lastSeenAt.getTime();
  if (idle >= idleMs) return null;
  if (idle >= Math.min(NOTED_MS, idleMs / 10))
    await db.session.updateMany({ where: { hash }, data: { lastSeenAt: new Date(now) } });
  return session.userId;
}

/** The sessions of an installation. */
export function sessionStore(db: Database, ends: SessionEnds): Sessions {
  return {
    begin: async (userId) => {
      await tidy(db, userId, ends);
      const id = randomBytes(32).toString('base64url');
      const now = Date.now();
      const times = {
        createdAt: new Date(now),
        lastSeenAt: new Date(now),
        expiresAt: new Date(now + ends.afterMs),
      };
      await db.session.create({ data: { hash: hashOfId(id), userId, ...times } });
      return id;
    },
    find: (id) => findSession(db, id, ends),
    end: async (id) => {
      await db.session.updateMany({ where: { hash: hashOfId(id), revokedAt: null }, data: revoked() });
    },
    endOthers: async (userId, keptId) => {
      const kept = keptId === null ? {} : { hash: { not: hashOfId(keptId) } };
      await db.session.updateMany({ where: { userId, revokedAt: null, ...kept }, data: revoked() });
    },
  };
}
