import { controlFailure } from '../errors.ts';
import { newId } from '../id.ts';
import { type Database, isTaken } from '../prisma.ts';
import { emailTaken, findUser, normaliseEmail, type User } from './user.ts';

/** Who somebody is at a provider: `provider` vouches (see the schema), `subject` never changes, `email` is what it told. */
export type LinkedSubject = { provider: string; subject: string; email: string | null };

/** An account at a provider as its owner sees it. */
export type LinkedAccount = { provider: string; email: string | null; createdAt: Date };

/** The row of an account that is linked now. */
export const linkedAccountData = (userId: string, { provider, subject, email }: LinkedSubject) => ({
  provider,
  subject,
  email,
  userId,
  lastUsedAt: new Date(),
});

/** Whoever signs in with this account at a provider; null: nobody yet. */
export async function findLinkedUser(
  db: Database,
  { provider, subject }: Pick<LinkedSubject, 'provider' | 'subject'>,
): Promise<User | null> {
  const linked = await db.linkedAccount.findUnique({
    where: { provider_subject: { provider, subject } },
    select: { userId: true },
  });
  return linked === null ? null : findUser(db, linked.userId);
}

/** Notes that somebody has signed in with it. */
export async function noteLinkedUse(
  db: Database,
  { provider, subject }: Pick<LinkedSubject, 'provider' | 'subject'>,
): Promise<void> {
  await db.linkedAccount.updateMany({ where: { provider, subject }, data: { lastUsedAt: new Date() } });
}

/** The accounts at providers that somebody signs in with, the oldest link first. */
export async function listLinkedAccounts(db: Database, userId: string): Promise<LinkedAccount[]> {
  return db.linkedAccount.findMany({
    where: { userId },
    orderBy: { createdAt: 'asc' },
    select: { provider: true, email: true, createdAt: true },
  });
}

/**
 * Links an account at a provider, by which its owner signs in from here on; once more changes nothing.
 * @throws Failure `link_taken` when it is somebody else's, or they have another one at this provider
 */
export async function linkAccount(db: Database, userId: string, account: LinkedSubject): Promise<void> {
  try {
    await db.linkedAccount.create({ data: linkedAccountData(userId, account) });
  } catch (error) {
    if (!isTaken(error)) throw error;
    const owner = await findLinkedUser(db, account);
    if (owner?.id !== userId)
      throw controlFailure('link_taken', 'this account is linked elsewhere, or you have linked another one', {
        where: 'provider',
      });
  }
}

/**
 * Takes back a link. The user's row is locked meanwhile, so that of two at once one alone can leave the other as the last way in.
 * `others` are the providers that open the portal at the moment: one that is not set up any more lets nobody in.
 * @throws Failure `last_way_in` when nothing else would let them in: a password, a passkey, another provider
 */
export async function unlinkAccount(
  db: Database,
  userId: string,
  { provider, others }: { provider: string; others: readonly string[] },
): Promise<boolean> {
  return db.$transaction(async (transaction) => {
    await transaction.$queryRaw`SELECT id FROM "user" WHERE id = ${userId} FOR UPDATE`;
    const { count } = await transaction.linkedAccount.deleteMany({ where: { userId, provider } });
    const user = await transaction.user.findUnique({ where: { id: userId }, select: { passwordHash: true } });
    const left =
      (await transaction.linkedAccount.count({ where: { userId, provider: { in: [...others] } } })) +
      (await transaction.passkey.count({ where: { userId } })) +
      (user?.passwordHash == null ? 0 : 1);
    if (left === 0)
      throw controlFailure('last_way_in', 'there would be no way left to sign in', { where: 'provider' });
    return count > 0;
  });
}

/** Takes a link back that was made a moment ago, since what it was made for has failed. */
export async function undoLink(
  db: Database,
  userId: string,
  { provider, subject }: Pick<LinkedSubject, 'provider' | 'subject'>,
): Promise<void> {
  await db.linkedAccount.deleteMany({ where: { userId, provider, subject } });
}

type NewLinkedUser = { name: string; account: LinkedSubject & { email: string } };

/**
 * Makes an account without a team for whoever a provider vouches for, with its address as confirmed.
 * @throws Failure `email_taken`
 */
export async function createLinkedUser(db: Database, { name, account }: NewLinkedUser): Promise<User> {
  const [id, email] = [newId('user'), normaliseEmail(account.email)];
  try {
    await db.$transaction(async (transaction) => {
      await transaction.user.create({ data: { id, email, name, emailVerifiedAt: new Date() } });
      await transaction.linkedAccount.create({ data: linkedAccountData(id, account) });
    });
  } catch (error) {
    if (!isTaken(error)) throw error;
    throw emailTaken(email);
  }
  return (await findUser(db, id)) as User;
}
