import { deleteTenantRows, sitesToDelete } from '@footfall/db/tenant/deletion';
import { tenantsToDelete } from '@footfall/db/tenant/tenant-deletion';
import {
  type ChoreDeletionPorts,
  type DeletionPorts,
  type DeletionRun,
  deleteSitesEverywhere,
  untilStopped,
} from './delete-site.ts';

/**
 * Deletes a tenant with all its sites, everywhere; accounts of its members stay. Its own row goes last, so that one that was cut off
 * anywhere is found again and done to the end. Answers how many events were deleted now.
 */
export async function deleteTenantEverywhere(tenantId: string, ports: DeletionPorts): Promise<number> {
  const events = await deleteSitesEverywhere(await sitesToDelete(ports.pool, tenantId), ports);
  await deleteTenantRows(ports.pool, tenantId);
  return events;
}

/** Deletes the tenants whose owners wanted it, and whose time to have them back was up at `now`. Done again it goes on. */
export async function deleteDueTenants(
  ports: ChoreDeletionPorts,
  { now, signal }: DeletionRun,
): Promise<void> {
  for (const tenantId of await tenantsToDelete(ports.pool, now)) {
    signal.throwIfAborted();
    await deleteTenantEverywhere(tenantId, untilStopped(ports, signal));
  }
}
