import type { Prisma } from '../../generated/client.ts';
import { newId } from '../id.ts';
import type { Database } from '../prisma.ts';

/** Who did it: a user's id, `api:<key id>`, or `cli` for the operator. */
export type Actor = string;

type Entry = { tenantId: string; actor: Actor; action: string; subject: string };

/** The entry to write in the same transaction as what it tells of. */
export function auditEntry(entry: Entry): Prisma.AuditEntryUncheckedCreateInput {
  return { id: newId('audit'), ...entry };
}

/** Tells of what was done outside of the control plane. */
export async function recordAudit(db: Database, entry: Entry): Promise<void> {
  await db.auditEntry.create({ data: auditEntry(entry) });
}
