import { deleteAuditBefore } from '@footfall/db/tenant/expiry';
import type { ChorePorts, ChoreRun } from './chore.ts';

const DAY_MS = 86_400_000;

/** Deletes the entries of the audit that are older than they are kept; 0 days: for ever. Done again it finds nothing. */
export async function deleteAudit(
  { pool, auditRetentionDays }: ChorePorts,
  { now, signal }: ChoreRun,
): Promise<void> {
  if (auditRetentionDays === 0) return;
  while (await deleteAuditBefore(pool, now - auditRetentionDays * DAY_MS)) signal.throwIfAborted();
}
