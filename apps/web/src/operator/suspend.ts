import { type Suspension, suspendTenant, suspensionAction } from '@footfall/db/staff/suspend';
import { recordAudit } from '@footfall/db/tenant/audit';
import { tenantTransaction } from '@footfall/db/tenant/transaction';
import { staffServices } from '#runtime/staff-services.ts';

/** Stops a tenant or lets it go on, and tells its own audit, which the role of staff cannot write. */
export async function saveSuspension(suspension: Suspension): Promise<void> {
  const { staffPool, database } = staffServices();
  const reason = await suspendTenant(staffPool, suspension);
  const { tenantId, actor } = suspension;
  const entry = {
    tenantId,
    actor,
    action: suspensionAction(reason),
    subject: tenantId,
    ...(reason === null ? {} : { details: { reason } }),
  };
  await tenantTransaction(database, tenantId, (transaction) => recordAudit(transaction, entry));
}
