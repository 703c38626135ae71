import type { Database } from '../prisma.ts';
import { takeToken } from './user-token.ts';

/**
 * Notes that mail to a user's address reaches them, as a token from such a mail proves; it is used up. Answers whose address it is; null
 * when the token is not valid any more, or was sent to an address that is not theirs now.
 */
export async function verifyEmail(db: Database, token: string): Promise<{ userId: string } | null> {
  const proven = await takeToken(db, { token, purpose: 'verify_email' });
  if (proven === null) return null;
  const { userId, email } = proven;
  const { count } = await db.user.updateMany({
    where: { id: userId, email },
    data: { emailVerifiedAt: new Date() },
  });
  return count === 1 ? { userId } : null;
}
