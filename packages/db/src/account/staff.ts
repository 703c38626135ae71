import { STAFF_ROLES, staffRole } from '@footfall/core/access/role';
import { controlFailure } from '../errors.ts';
import { newId } from '../id.ts';
import { type Database, isTaken } from '../prisma.ts';
import { hashPassword } from './password.ts';
import { emailTaken, normaliseEmail } from './user.ts';

export type NewStaff = { email: string; password: string; role: string };

/**
 * Makes an account of the platform's staff, a member of no tenant.
 * @throws Failure `unknown_role`, `invalid_email`, `weak_password`, `common_password`, `email_taken`
 */
export async function createStaff(db: Database, request: NewStaff): Promise<{ userId: string }> {
  const role = staffRole(request.role);
  if (role === null)
    throw controlFailure(
      'unknown_role',
      `${JSON.stringify(request.role)} is not a role of staff; allowed are ${STAFF_ROLES.join(', ')}`,
      { where: 'role', values: { role: request.role } },
    );
  const email = normaliseEmail(request.email);
  const passwordHash = await hashPassword(request.password, { email });
  const userId = newId('user');
  const [name = email] = email.split('@');
  try {
    await db.user.create({
      data: { id: userId, email, name, passwordHash, staffRole: role, emailVerifiedAt: new Date() },
    });
  } catch (error) {
    if (!isTaken(error)) throw error;
    throw emailTaken(email);
  }
  return { userId };
}
