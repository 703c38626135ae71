import { firstKeptDay } from '@footfall/core/site-retention';
import { addDays } from '@footfall/core/zone';
import { deleteCountsBefore, readRetentions } from '@footfall/db/tenant/expiry';
import type { ChorePorts, ChoreRun } from './chore.ts';

/**
 * Deletes what sites have of months that lie wholly before their retention: reports first, which then ask for events of these days no
 * more. A month goes at once, since one that is half empty could not be told from one in which less happened. Done again it finds nothing.
 */
export async function deleteExpired(
  { pool, reports, store }: ChorePorts,
  { now, signal }: ChoreRun,
): Promise<void> {
  for (const { siteId, ...retention } of await readRetentions(pool)) {
    signal.throwIfAborted();
    const day = firstKeptDay(retention, now);
    await reports.deleteBefore(siteId, day.slice(0, 7));
    // The first day begins up to 14 hours before its UTC day.
    await store.deleteBefore(siteId, Date.parse(addDays(day, -1)));
    await deleteCountsBefore(pool, siteId, day);
  }
}
