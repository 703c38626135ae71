import type { Database } from '../prisma.ts';
import { auditEntry } from '../tenant/audit.ts';
import { tenantTransaction } from '../tenant/transaction.ts';
import { listMemberships } from './membership.ts';
import { findUserByEmail } from './user.ts';

type UserEvent = { action: string; address: string };

/** Writes what somebody did with their account, or what was tried with it, into the audit of each of their tenants; nothing for an account that is not there. */
export async function recordOfUser(
  db: Database,
  who: { email: string } | { id: string },
  { action, address }: UserEvent,
): Promise<void> {
  const id = 'id' in who ? who.id : (await findUserByEmail(db, who.email))?.id;
  if (id === undefined) return;
  for (const { tenantId } of await listMemberships(db, id)) {
    const entry = auditEntry({ tenantId, actor: { id, address }, action, subject: id });
    await tenantTransaction(db, tenantId, ({ auditEntry: entries }) => entries.create({ data: entry }));
  }
}
