import type { Database } from '../prisma.ts';
import { findUser, type User } from './user.ts';
import { readToken, takeToken } from './user-token.ts';

/** Whom a mailed link signs in. */
type SignInLink = { user: User; isSameBrowser: boolean; hasPassword: boolean };

/** Whom a link signs in, without using it up: null when it is not valid any more, or was sent to an address that is not theirs now. */
export async function readSignInLink(
  db: Database,
  { token, browser }: { token: string; browser?: string | undefined },
): Promise<SignInLink | null> {
  const proven = await readToken(db, { token, purpose: 'sign_in', browser });
  const user = proven && (await findUser(db, proven.userId));
  if (proven === null || user === null || user.email !== proven.email) return null;
  const row = await db.user.findUnique({ where: { id: user.id }, select: { passwordHash: true } });
  return { user, isSameBrowser: proven.isSameBrowser, hasPassword: (row?.passwordHash ?? null) !== null };
}

/** Uses a link up: false when somebody was faster. The mail has proven the address. */
export async function takeSignInLink(
  db: Database,
  { token, user: { id, email } }: { token: string; user: Pick<User, 'id' | 'email'> },
): Promise<boolean> {
  const proven = await takeToken(db, { token, purpose: 'sign_in' });
  if (proven === null) return false;
  await db.user.updateMany({
    where: { id, email, emailVerifiedAt: null },
    data: { emailVerifiedAt: new Date() },
  });
  return true;
}
