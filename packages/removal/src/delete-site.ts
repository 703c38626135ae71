import { beginSiteDeletion, finishSiteDeletion } from '@footfall/db/tenant/deletion';
import type { EventStore } from '@footfall/eventstore/event-store';
import type { Pool } from '@footfall/postgres/pool';
import type { ReportStore } from '@footfall/reportstore/report-store';

export type DeletionPorts = {
  pool: Pool;
  store: Pick<EventStore, 'deleteSite'>;
  reports: Pick<ReportStore, 'deleteSite'>;
  /** Resolves when every service has heard that a site is gone. */
  heard(): Promise<void>;
};

/**
 * Deletes all of a site, everywhere. The control plane comes first: what the event log still has of the site is passed over from then
 * on. Services that have not heard of it may store a little more, so stores are emptied twice. Cut off anywhere, it is done again.
 * Answers how many events were deleted now.
 */
export async function deleteSiteEverywhere(
  siteId: string,
  { pool, store, reports, heard }: DeletionPorts,
): Promise<number> {
  await beginSiteDeletion(pool, siteId);
  let events = 0;
  const empty = async () => {
    events += await store.deleteSite(siteId);
    await reports.deleteSite(siteId);
  };
  await empty();
  await heard();
  await empty();
  await finishSiteDeletion(pool, siteId);
  return events;
}
