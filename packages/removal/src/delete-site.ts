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
 * Deletes all of some sites, everywhere. The control plane comes first: what the event log still has of a site is passed over from then
 * on. Services that have not heard of it may store a little more, so stores are emptied twice. Cut off anywhere, it is done again.
 * Answers how many events were deleted now.
 */
export async function deleteSitesEverywhere(
  siteIds: readonly string[],
  { pool, store, reports, heard }: DeletionPorts,
): Promise<number> {
  if (siteIds.length === 0) return 0;
  let events = 0;
  const empty = async (siteId: string) => {
    events += await store.deleteSite(siteId);
    await reports.deleteSite(siteId);
  };
  for (const siteId of siteIds) {
    await beginSiteDeletion(pool, siteId);
    await empty(siteId);
  }
  await heard();
  for (const siteId of siteIds) {
    await empty(siteId);
    await finishSiteDeletion(pool, siteId);
  }
  return events;
}

/** As {@link deleteSitesEverywhere}, for one. */
export const deleteSiteEverywhere = (siteId: string, ports: DeletionPorts): Promise<number> =>
  deleteSitesEverywhere([siteId], ports);
