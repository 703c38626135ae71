import { dueSiteDeletions } from '@footfall/db/tenant/deletion';
import { UNDO_MS } from '@footfall/db/tenant/site-deletion';
import {
  type ChoreDeletionPorts,
  type DeletionRun,
  deleteSitesEverywhere,
  untilStopped,
} from './delete-site.ts';

/** A deletion that began as long ago as this, and has not ended, was cut off: here, or in the operator's command. Milliseconds. */
const CUT_OFF_MS = 10 * 60_000;

/**
 * Empties every store of sites that their tenants deleted a week before `now` (epoch milliseconds), and goes on with deletions that were
 * cut off. Done again it finds nothing. Answers how many sites there were.
 */
export async function deleteDueSites(
  ports: ChoreDeletionPorts,
  { now, signal }: DeletionRun,
): Promise<number> {
  const due = await dueSiteDeletions(ports.pool, {
    deletedBefore: now - UNDO_MS,
    begunBefore: now - CUT_OFF_MS,
  });
  await deleteSitesEverywhere(due, untilStopped(ports, signal));
  return due.length;
}
