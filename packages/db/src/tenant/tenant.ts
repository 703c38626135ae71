import { hashPassword, normaliseEmail } from '../account/user.ts';
import { controlFailure } from '../errors.ts';
import { newId } from '../id.ts';
import { type Database, isTaken } from '../prisma.ts';
import { printable } from '../text.ts';
import { auditEntry } from './audit.ts';
import { type Transaction, tenantTransaction } from './transaction.ts';

const MAX_NAME = 120;

export type NewTenant = { name: string; email: string; password: string; actor?: string };

/**
 * Creates a tenant with its first user as owner.
 * @throws Failure `invalid_name`, `invalid_email`, `weak_password`, `email_taken`
 */
export async function createTenant(
  db: Database,
  request: NewTenant,
): Promise<{ tenantId: string; userId: string }> {
  const name = printable(request.name, MAX_NAME);
  if (name === null) {
    throw controlFailure('invalid_name', `a name has 1 to ${MAX_NAME} printable characters`, {
      where: 'name',
      values: { most: MAX_NAME },
    });
  }
  const email = normaliseEmail(request.email);
  const passwordHash = await hashPassword(request.password);
  const [tenantId, userId] = [newId('tenant'), newId('user')];
  try {
    const actor = request.actor ?? userId;
    await tenantTransaction(db, tenantId, async (transaction) => {
      await transaction.user.create({ data: { id: userId, email, name, passwordHash } });
      await transaction.tenant.create({ data: { id: tenantId, name } });
      await transaction.membership.create({ data: { tenantId, userId, role: 'owner' } });
      await transaction.auditEntry.create({
        data: auditEntry({ tenantId, actor, action: 'tenant.create', subject: tenantId }),
      });
    });
  } catch (error) {
    if (isTaken(error))
      throw controlFailure('email_taken', `there is an account with ${email} already`, {
        where: 'email',
        values: { email },
      });
    throw error;
  }
  return { tenantId, userId };
}

/** @throws Failure `unknown_tenant` */
export async function requireTenant(transaction: Transaction, tenantId: string): Promise<void> {
  if ((await transaction.tenant.count({ where: { id: tenantId } })) === 0)
    throw controlFailure('unknown_tenant', `there is no tenant ${tenantId}`, { where: 'tenant' });
}
