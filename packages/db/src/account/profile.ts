import { controlFailure } from '../errors.ts';
import { type Database, isTaken } from '../prisma.ts';
import { printable } from '../text.ts';
import { endTokens, takeToken } from './user-token.ts';

const MAX_NAME = 100;

/** What somebody may change of their account at once; a locale of null: their mails are in the language of whoever causes them. */
type Profile = { name: string; locale: string | null };

/**
 * Changes what somebody is called, and the language of their mails.
 * @throws Failure `invalid_name` at the field `name`
 */
export async function changeProfile(
  db: Database,
  id: string,
  { name: text, locale }: Profile,
): Promise<void> {
  const name = printable(text, MAX_NAME);
  if (name === null)
    throw controlFailure('invalid_name', `a name has 1 to ${MAX_NAME} printable characters`, {
      where: 'name',
      values: { most: MAX_NAME },
    });
  await db.user.update({ where: { id }, data: { name, locale } });
}

/** Links to an address that is not the account's any more. */
const ENDED = ['verify_email', 'reset_password', 'sign_in', 'prove', 'change_email'] as const;

/**
 * Gives an account the address that a token from a mail to it proves. Answers whose account it is and the address before; null when the
 * token is not valid any more, or the address has an account by now.
 */
export async function changeEmail(
  db: Database,
  token: string,
): Promise<{ userId: string; before: string } | null> {
  const proven = await takeToken(db, { token, purpose: 'change_email' });
  if (proven === null) return null;
  const { userId, email } = proven;
  try {
    return await db.$transaction(async (transaction) => {
      const { email: before } = await transaction.user.findUniqueOrThrow({ where: { id: userId } });
      await transaction.user.update({
        where: { id: userId },
        data: { email, emailVerifiedAt: new Date() },
      });
      await endTokens(transaction, userId, ENDED);
      return { userId, before };
    });
  } catch (error) {
    // Whoever holds the link is not told that somebody else has an account.
    if (isTaken(error)) return null;
    throw error;
  }
}
