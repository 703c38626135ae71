import type { Prisma } from '../generated/client.ts';
import { newId } from './id.ts';

/** Who did it: a user's id, `api:<key id>`, or `cli` for the operator. */
export type Actor = string;

/** The entry to write in the same transaction as what it tells of. */
export function auditEntry(entry: {
  tenantId: string;
  actor: Actor;
  action: string;
  subject: string;
}): Prisma.AuditEntryUncheckedCreateInput {
  return { id: newId('audit'), ...entry };
}
