import { forgetGeneration, retiredGenerations } from '@footfall/db/tenant/generation';
import type { ChorePorts, ChoreRun } from './chore.ts';

/** Readers of a generation that was left, and aggregators that have not heard of it, are done by then. Milliseconds. */
const RETIRED_MS = 3_600_000;
const AT_ONCE = 1_000;

/** Deletes the facts of generations that were left an hour before `now`. One that is interrupted is deleted by the next run. */
export async function deleteRetired({ pool, reports }: ChorePorts, { now, signal }: ChoreRun): Promise<void> {
  for (const retired of await retiredGenerations(pool, now - RETIRED_MS, AT_ONCE)) {
    signal.throwIfAborted();
    await reports.deleteGeneration(retired.siteId, retired.generation);
    await forgetGeneration(pool, retired);
  }
}
