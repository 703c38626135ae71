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
  /** Stops between two sites; what is left is done by whoever comes next. */
  signal?: AbortSignal;
};

/** The same for a chore, which is stopped in between. */
export type ChoreDeletionPorts = Omit<DeletionPorts, 'heard' | 'signal'> & {
  /** Resolves when every service has heard of what changed; rejects when it is stopped first. */
  heard(signal: AbortSignal): Promise<void>;
};

/** One run of a chore: `now` in epoch milliseconds. */
export type DeletionRun = { now: number; signal: AbortSignal };

/** What a chore deletes with, until it is stopped. */
export const untilStopped = (
  { pool, store, reports, heard }: ChoreDeletionPorts,
  signal: AbortSignal,
): DeletionPorts => ({ pool, store, reports, heard: () => heard(signal), signal });

/**
 * Deletes all of some sites, everywhere. The control plane comes first: what the event log still has of a site is passed over from then
 * on. Services that have not heard of it may store a little more, so stores are emptied twice, all sites before that is waited for. Cut
 * off anywhere, it is done again. Answers how many events were deleted now.
 */
export async function deleteSitesEverywhere(
  siteIds: readonly string[],
  { pool, store, reports, heard, signal }: DeletionPorts,
): Promise<number> {
  if (siteIds.length === 0) return 0;
  let events = 0;
  const empty = async (siteId: string) => {
    signal?.throwIfAborted();
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

/** Deletes all of one site, everywhere; see {@link deleteSitesEverywhere}. */
export const deleteSiteEverywhere = (siteId: string, ports: DeletionPorts): Promise<number> =>
  deleteSitesEverywhere([siteId], ports);
