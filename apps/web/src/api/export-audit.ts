import { recordAudit } from '@footfall/db/tenant/audit';
import type { Site } from '@footfall/db/tenant/site';
import { tenantTransaction } from '@footfall/db/tenant/transaction';
import { services } from '#runtime/services.ts';
import type { Caller } from './caller.ts';

/** Writes into the audit that somebody takes a site's events out, before the first of them goes. */
export async function recordExport(
  { tenant: { tenantId }, actor }: Caller,
  site: Site,
  parameters: URLSearchParams,
): Promise<void> {
  const details = Object.fromEntries(['from', 'to', 'format'].map((name) => [name, parameters.get(name)]));
  const entry = { tenantId, actor, action: 'report.export', subject: site.id, details };
  await tenantTransaction(services().database, tenantId, (transaction) => recordAudit(transaction, entry));
}
