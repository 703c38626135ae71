import { deleteOldEvents, syncStale } from '@footfall/billing/stale';
import type { ChorePorts, ChoreRun } from './chore.ts';

/** Reads what customers have paid for, where no event has told for an hour; nothing without billing. */
export async function syncPayments({ pool, billing }: ChorePorts, { signal }: ChoreRun): Promise<void> {
  if (billing === null) return;
  await syncStale(pool, { ...billing, signal });
  await deleteOldEvents(pool);
}
