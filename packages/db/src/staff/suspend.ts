import { type Pool, transaction } from '@footfall/postgres/pool';
import { controlFailure } from '../errors.ts';
import { PLATFORM_AUDIT, type PlatformAct, platformAuditValues } from '../platform-audit.ts';
import { checkReason } from '../tenant/support.ts';

/** A tenant that a person of staff stops, and why; or (`reason` null) lets go on. */
export type Suspension = { tenantId: string; reason: string | null; actor: PlatformAct['actor'] };

/** What the audits call it. */
export const suspensionAction = (reason: string | null) =>
  reason === null ? 'tenant.unsuspend' : 'tenant.suspend';

/**
 * Stops a tenant, or lets it go on, with its entry in the audit of the platform: both or neither. Collectors hear of it at once. Answers the
 * reason as it is kept.
 * @throws Failure `invalid_reason`, `suspension_unchanged` where there is no such tenant, or it is as it should be
 */
export async function suspendTenant(
  pool: Pool,
  { tenantId, reason: given, actor }: Suspension,
): Promise<string | null> {
  const reason = given === null ? null : checkReason(given);
  await transaction(pool, async (client) => {
    const { rows } = await client.query<{ done: boolean }>('SELECT staff.suspend_tenant($1, $2) AS done', [
      tenantId,
      reason,
    ]);
    if (!rows[0]?.done)
      throw controlFailure('suspension_unchanged', 'somebody has done that already', { where: 'reason' });
    const act: PlatformAct = {
      actor,
      action: suspensionAction(reason),
      subject: tenantId,
      aboutTenant: tenantId,
      details: { reason },
    };
    await client.query(PLATFORM_AUDIT, platformAuditValues(act));
  });
  return reason;
}
