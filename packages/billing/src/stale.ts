import type { Pool } from '@footfall/postgres/pool';
import { type SyncOptions, settleTenant } from './sync.ts';

/** A state that is older is read again, whatever the provider has told. */
const STALE = `interval '1 hour'`;
/** Customers of one run. */
const AT_ONCE = 500;

const FIND = `
SELECT tenant_id AS "tenantId" FROM billing_account
WHERE customer_id IS NOT NULL AND (synced_at IS NULL OR synced_at < now() - ${STALE}) ORDER BY synced_at NULLS FIRST LIMIT ${AT_ONCE}`;

/**
 * Reads again the states of customers that were not read for an hour, the oldest first: what an event would have told and that was lost
 * is caught up, also that somebody has paid twice. One that cannot be read leaves the others be. Answers how many were read.
 */
export async function syncStale(
  pool: Pool,
  options: SyncOptions & { signal?: AbortSignal | undefined },
): Promise<number> {
  let count = 0;
  for (const { tenantId } of (await pool.query<{ tenantId: string }>(FIND)).rows) {
    if (options.signal?.aborted) break;
    try {
      await settleTenant(pool, tenantId, options);
      count += 1;
    } catch (err) {
      options.log.warn({ err, tenant: tenantId }, 'what a tenant has paid for could not be read');
    }
  }
  return count;
}

/** Events that were handled are kept for so long, for whoever looks what came. */
const KEEP = `interval '90 days'`;

/** Deletes what is known of events that were handled long ago. */
export async function deleteOldEvents(pool: Pool): Promise<void> {
  await pool.query(
    `DELETE FROM payment_event WHERE handled_at IS NOT NULL AND received_at < now() - ${KEEP}`,
  );
}
