import { dueSiteDeletions } from '@footfall/db/tenant/deletion';
import { UNDO_MS } from '@footfall/db/tenant/site-deletion';
import { type DeletionPorts, deleteSitesEverywhere } from './delete-site.ts';

/** A deletion that began as long ago as this, and has not ended, was cut off: here, or in the operator's command. Milliseconds. */
const CUT_OFF_MS = 10 * 60_000;

type DuePorts = Pick<DeletionPorts, 'pool' | 'store' | 'reports'> & {
  /** Resolves when every service has heard of what changed; rejects when it is stopped first. */
  heard(signal: AbortSignal): Promise<void>;
};

/**
 * Empties every store of sites that their tenants deleted a week before `now` (epoch milliseconds), and goes on with deletions that were
 * cut off. Done again it finds nothing. Answers how many sites there were.
 */
export async function deleteDueSites(
  { pool, store, reports, heard }: DuePorts,
  { now, signal }: { now: number; signal: AbortSignal },
): Promise<number> {
  const due = await dueSiteDeletions(pool, { deletedBefore: now - UNDO_MS, begunBefore: now - CUT_OFF_MS });
  await deleteSitesEverywhere(due, { pool, store, reports, heard: () => heard(signal), signal });
  return due.length;
}
