import type { Database } from '../prisma.ts';
import { hashPassword } from './password.ts';
import { atOnce, type InTurn } from './user.ts';
import { endTokens } from './user-token.ts';

/** Whether somebody has a password at all: who never set one comes in by other ways. */
export async function hasPassword(db: Database, userId: string): Promise<boolean> {
  const user = await db.user.findUnique({ where: { id: userId }, select: { passwordHash: true } });
  return user !== null && user.passwordHash !== null;
}

/** By what somebody can prove who they are: what a form that wants a proof asks for. */
export async function findProofWays(
  db: Database,
  userId: string,
): Promise<{ password: boolean; passkey: boolean }> {
  const user = await db.user.findUnique({
    where: { id: userId },
    select: { passwordHash: true, _count: { select: { passkeys: true } } },
  });
  return { password: (user?.passwordHash ?? null) !== null, passkey: (user?._count.passkeys ?? 0) > 0 };
}

type NewPassword = { user: { id: string; email: string; name: string }; password: string };

/**
 * Sets the password of somebody who has proved who they are. Links of mails that could set another one end with it; sessions are the
 * caller's to end.
 * @throws Failure `weak_password`, `common_password`
 */
export async function setPassword(
  db: Database,
  { user, password }: NewPassword,
  inTurn: InTurn = atOnce,
): Promise<void> {
  const passwordHash = await inTurn(() => hashPassword(password, user));
  await db.$transaction(async (transaction) => {
    await transaction.user.update({ where: { id: user.id }, data: { passwordHash } });
    await endTokens(transaction, user.id, ['reset_password', 'sign_in', 'change_email']);
  });
}
