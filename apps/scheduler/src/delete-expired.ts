import { addDays } from '@footfall/core/zone';
import { deleteCountsBefore, readRetentions } from '@footfall/db/tenant/expiry';
import type { ChorePorts, ChoreRun } from './chore.ts';

/** The first day that a site keeps: of the month in which its retention begins, so that whole months go. */
export function firstKeptDay(now: number, retentionDays: number): string {
  const today = new Date(now).toISOString().slice(0, 10);
  return `${addDays(today, -retentionDays).slice(0, 7)}-01`;
}

/**
 * Deletes what sites have of months that lie wholly before their retention: reports first, which then ask for events of these days no
 * more. A month goes at once, since one that is half empty could not be told from one in which less happened. Done again it finds nothing.
 */
export async function deleteExpired(
  { pool, reports, store }: ChorePorts,
  { now, signal }: ChoreRun,
): Promise<void> {
  for (const { siteId, retentionDays } of await readRetentions(pool)) {
    signal.throwIfAborted();
    const day = firstKeptDay(now, retentionDays);
    await reports.deleteBefore(siteId, day.slice(0, 7));
    // The first day begins up to 14 hours before its UTC day.
    await store.deleteBefore(siteId, Date.parse(addDays(day, -1)));
    await deleteCountsBefore(pool, siteId, day);
  }
}
