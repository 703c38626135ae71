import type { Prisma } from '../../generated/client.ts';
import { controlFailure } from '../errors.ts';
import type { Database } from '../prisma.ts';
import { listMemberships } from './membership.ts';

/** A tenant that somebody owns alone: it has to be settled before their account can go. */
export type OwnedAlone = { tenantId: string; tenantName: string };

/** The tenants that nobody else owns and that are not being deleted. */
export const listOwnedAlone = (db: Database, userId: string): Promise<OwnedAlone[]> =>
  db.$queryRaw<OwnedAlone[]>`
    SELECT tenant_id AS "tenantId", tenant_name AS "tenantName" FROM owned_alone(${userId})`;

/**
 * Deletes an account: rights in teams, sessions, factors, tokens, mails. What its owner did stays in the audits of teams, by an id that
 * names nobody any more.
 * @throws Failure `last_owner` while it owns a tenant alone
 */
export async function deleteAccount(db: Database, userId: string): Promise<void> {
  const [row] = await db.$queryRaw<{ isDone: boolean }[]>`SELECT delete_account(${userId}) AS "isDone"`;
  if (row?.isDone === true) return;
  throw controlFailure('last_owner', 'nobody else owns a team of theirs', { where: 'email' });
}

type Act = {
  id: string;
  tenantId: string;
  action: string;
  subject: string;
  address: string | null;
  details: Prisma.JsonValue;
  at: Date;
};

/** Acts that are read at a time. */
const PAGE = 500;

/** What somebody did, in all teams, the latest first, as the audits have it. */
export async function* readActs(db: Database, userId: string): AsyncGenerator<Act[], void, undefined> {
  let [before, beforeId]: [Date | null, string] = [null, ''];
  for (;;) {
    const acts: Act[] = await db.$queryRaw<Act[]>`
      SELECT id, tenant_id AS "tenantId", action, subject, address, details, created_at AS at
      FROM acts_of_user(${userId}, ${before}::timestamptz, ${beforeId}, ${PAGE})`;
    const last = acts.at(-1);
    if (last === undefined) return;
    yield acts;
    if (acts.length < PAGE) return;
    [before, beforeId] = [last.at, last.id];
  }
}

/** What is held about somebody beside what they did: no secrets, and no hashes of them. */
export async function readOwnData(db: Database, userId: string): Promise<Record<string, unknown>> {
  const where = { userId };
  const [profile, memberships, sessions, links, passkeys, totp, recoveryCodes, mails] = await Promise.all([
    db.user.findUniqueOrThrow({ where: { id: userId }, omit: { passwordHash: true, sessionEpoch: true } }),
    listMemberships(db, userId),
    db.session.findMany({ where, omit: { hash: true, userId: true } }),
    db.userToken.findMany({ where, omit: { hash: true, browserHash: true, userId: true } }),
    db.passkey.findMany({ where, omit: { publicKey: true, counter: true, userId: true } }),
    db.totp.findUnique({ where, select: { createdAt: true, confirmedAt: true } }),
    db.recoveryCode.findMany({ where, select: { createdAt: true, usedAt: true } }),
    db.$queryRaw`
      SELECT template, subject, locale, state, created_at AS "createdAt", sent_at AS "sentAt" FROM mails_of_user(${userId})`,
  ]);
  return { profile, memberships, sessions, links, passkeys, totp, recoveryCodes, mails };
}
