import type { Failure } from '@footfall/core/failure';
import { type LinkedSubject, linkedAccountData } from '../account/linked-account.ts';
import { hashPassword } from '../account/password.ts';
import { atOnce, emailTaken, type InTurn, normaliseEmail } from '../account/user.ts';
import { beginBasePlan } from '../billing/trial.ts';
import { controlFailure } from '../errors.ts';
import { newId } from '../id.ts';
import { type Database, isTaken } from '../prisma.ts';
import { printable } from '../text.ts';
import { auditEntry } from './audit.ts';
import { tenantTransaction } from './transaction.ts';

const MAX_NAME = 120;

export type NewTenant = {
  name: string;
  email: string;
  /** An account at a provider in place of a password: they come in by that. */
  password: string | LinkedSubject;
  actor?: string;
  /** The operator knows whose address it is; who signs up has yet to show it. */
  isVerified?: boolean;
  /** Plans are sold here: it begins on the one that costs nothing, or with a trial; see billing/trial.ts. */
  isSoldTo?: boolean;
};

/**
 * A tenant's name as it is kept.
 * @throws Failure `invalid_name`
 */
export function checkTenantName(text: string): string {
  const name = printable(text, MAX_NAME);
  if (name !== null) return name;
  throw controlFailure('invalid_name', `a name has 1 to ${MAX_NAME} printable characters`, {
    where: 'name',
    values: { most: MAX_NAME },
  });
}

/**
 * Creates a tenant with its first user as owner.
 * @throws Failure `invalid_name`, `invalid_email`, `weak_password`, `common_password`, `email_taken`
 */
export async function createTenant(
  db: Database,
  request: NewTenant,
  inTurn: InTurn = atOnce,
): Promise<{ tenantId: string; userId: string }> {
  const name = checkTenantName(request.name);
  const email = normaliseEmail(request.email);
  const { password } = request;
  const passwordHash =
    typeof password === 'string' ? await inTurn(() => hashPassword(password, { email, name })) : null;
  const [tenantId, userId] = [newId('tenant'), newId('user')];
  try {
    const actor = request.actor ?? userId;
    await tenantTransaction(db, tenantId, async (transaction) => {
      const emailVerifiedAt = request.isVerified ? new Date() : null;
      await transaction.user.create({ data: { id: userId, email, name, passwordHash, emailVerifiedAt } });
      if (typeof password !== 'string')
        await transaction.linkedAccount.create({ data: linkedAccountData(userId, password) });
      await transaction.tenant.create({ data: { id: tenantId, name } });
      await transaction.membership.create({ data: { tenantId, userId, role: 'owner' } });
      await transaction.auditEntry.create({
        data: auditEntry({ tenantId, actor, action: 'tenant.create', subject: tenantId }),
      });
      if (request.isSoldTo) await beginBasePlan(transaction, { tenantId, email, actor });
    });
  } catch (error) {
    throw isTaken(error) ? emailTaken(email) : error;
  }
  return { tenantId, userId };
}

/** What a tenant that is not there is told as. */
export const unknownTenant = (tenantId: string): Failure =>
  controlFailure('unknown_tenant', `there is no tenant ${tenantId}`, { where: 'tenant' });
