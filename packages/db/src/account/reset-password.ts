import type { Database } from '../prisma.ts';
import { hashPassword } from './password.ts';
import { hashToken } from './secret-token.ts';
import { atOnce, findUser, type InTurn, type User } from './user.ts';
import { endTokens, readToken } from './user-token.ts';

/** Other ways in that were mailed: whoever has read the mailbox may have them, too. */
const ENDED = ['reset_password', 'sign_in', 'change_email'] as const;

/**
 * Sets the password of whoever has a token from a mail to their address, which is used up; the others that let somebody in end with it,
 * and so do all sessions, by their epoch. The mail has proven the address. Answers the user; null when the token is not valid any more.
 * @throws Failure `weak_password`, `common_password`: the token is valid still
 */
export async function resetPassword(
  db: Database,
  { token, password }: { token: string; password: string },
  inTurn: InTurn = atOnce,
): Promise<User | null> {
  const proven = await readToken(db, { token, purpose: 'reset_password' });
  const user = proven && (await findUser(db, proven.userId));
  if (user === null || user.email !== proven?.email) return null;
  const { id, email, name } = user;
  const passwordHash = await inTurn(() => hashPassword(password, { email, name }));
  const isSet = await db.$transaction(async (transaction) => {
    // Of two at once the row is deleted by one, and the other sees that it is gone.
    const { count } = await transaction.userToken.deleteMany({ where: { hash: hashToken(token) } });
    if (count === 0) return false;
    const where = { id, email };
    await transaction.user.updateMany({
      where: { ...where, emailVerifiedAt: null },
      data: { emailVerifiedAt: new Date() },
    });
    const changed = await transaction.user.updateMany({
      where,
      data: { passwordHash, sessionEpoch: { increment: 1 } },
    });
    await endTokens(transaction, id, ENDED);
    return changed.count === 1;
  });
  return isSet ? user : null;
}
