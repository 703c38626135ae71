import { listDeletedSites } from '@footfall/db/staff/sites';
import { readSiteWork } from '@footfall/db/staff/work';
import { choreStatuses } from '@footfall/jobs/status';
import { staffServices } from '#runtime/staff-services.ts';
import { ask } from './health/known.ts';

/** Deletions that are looked at. */
const MOST_DELETED = 50;

/** The background work of an installation: by the clock, and about sites. */
export async function loadWork() {
  const { staffPool, clock } = staffServices();
  const now = clock.now();
  const [chores, work, deleted] = await Promise.all([
    ask(() => choreStatuses(staffPool, now)),
    ask(() => readSiteWork(staffPool)),
    ask(() => listDeletedSites(staffPool, MOST_DELETED)),
  ]);
  return { now, chores, work, deleted };
}

export type LoadedWork = Awaited<ReturnType<typeof loadWork>>;
