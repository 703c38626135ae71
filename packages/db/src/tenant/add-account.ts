import { hashPassword } from '../account/password.ts';
import { normaliseEmail } from '../account/user.ts';
import { controlFailure } from '../errors.ts';
import { newId } from '../id.ts';
import { type Database, isTaken } from '../prisma.ts';
import { addMember } from './member.ts';
import type { MemberSites } from './member-sites.ts';
import { unknownTenant } from './tenant.ts';
import { tenantTransaction } from './transaction.ts';

export type NewTeamAccount = {
  tenantId: string;
  email: string;
  /** Of a new account; somebody who has one keeps theirs. */
  password: string;
  role: string;
  sites: MemberSites;
  actor: string;
};

/**
 * Adds somebody to a team, as the operator does: whoever has no account gets one.
 * @throws Failure `unknown_tenant`, `unknown_role`, `unknown_site`, `invalid_email`, `weak_password`, `common_password`, `already_member`,
 *   `staff_account`, `too_many`
 */
export async function addTeamAccount(
  db: Database,
  { tenantId, password, ...request }: NewTeamAccount,
): Promise<{ userId: string; isNew: boolean }> {
  const email = normaliseEmail(request.email);
  const known = await db.user.findUnique({ where: { email } });
  if (known !== null && known.staffRole !== null)
    throw controlFailure('staff_account', `${email} is staff of the platform, which is in no team`, {
      where: 'email',
    });
  const passwordHash = known === null ? await hashPassword(password, { email }) : null;
  const userId = known?.id ?? newId('user');
  const [name = email] = email.split('@');
  try {
    await tenantTransaction(db, tenantId, async (transaction) => {
      const tenant = await transaction.tenant.findUnique({ where: { id: tenantId }, select: { id: true } });
      if (tenant === null) throw unknownTenant(tenantId);
      if (known === null)
        await transaction.user.create({
          data: { id: userId, email, name, passwordHash, emailVerifiedAt: new Date() },
        });
      await addMember(transaction, tenantId, { userId, ...request });
    });
  } catch (error) {
    if (!isTaken(error)) throw error;
    throw controlFailure('email_taken', `there is an account with ${email} since a moment ago: try again`, {
      where: 'email',
      values: { email },
    });
  }
  return { userId, isNew: known === null };
}
