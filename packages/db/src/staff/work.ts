import type { Pool } from '@footfall/postgres/pool';
import { askRows } from './page.ts';

/** Of each kind the latest are shown. */
const SHOWN = 50;

/** The site that a piece of background work is about. */
type OfSite = { id: string; siteId: string; domain: string; tenantId: string };

/** A removal of events. `progress`: how much of the history was looked through for its state, 0 to 1; null: not begun. */
export type RemovalWork = OfSite & {
  state: string;
  requestedAt: Date;
  finishedAt: Date | null;
  progress: number | null;
  removed: number;
};

const REMOVALS = `
SELECT id, site_id AS "siteId", domain, tenant_id AS "tenantId", state, requested_at AS "requestedAt", finished_at AS "finishedAt", removed,
  CASE WHEN next_from IS NULL OR first_at IS NULL OR last_at IS NULL THEN NULL
    ELSE least(1, greatest(0, (next_from - first_at)::float8 / greatest(1, last_at - first_at))) END AS progress
FROM staff.removal ORDER BY requested_at DESC, id LIMIT ${SHOWN}`;

/** Data that were brought in: `events` null: totals of another product. `endedAt` null: it goes on, or was cut off. */
export type ImportWork = OfSite & {
  source: string;
  events: number | null;
  createdAt: Date;
  endedAt: Date | null;
};

const IMPORTS = `
SELECT id, site_id AS "siteId", domain, tenant_id AS "tenantId", source, events, created_at AS "createdAt", ended_at AS "endedAt"
FROM staff.import ORDER BY created_at DESC, id LIMIT ${SHOWN}`;

/** Facts that are made anew; in another zone where `nextTimezone` differs. */
export type RebuildWork = Omit<OfSite, 'id'> & {
  generation: number;
  timezone: string;
  nextTimezone: string;
};

const REBUILDS = `
SELECT site_id AS "siteId", domain, tenant_id AS "tenantId", generation, timezone, next_timezone AS "nextTimezone"
FROM staff.rebuild ORDER BY site_id LIMIT ${SHOWN}`;

const RETIRED = 'SELECT count(*)::bigint AS count FROM retired_generation';

export type SiteWork = {
  removals: RemovalWork[];
  imports: ImportWork[];
  rebuilds: RebuildWork[];
  /** Generations that reports have left and that wait to be deleted. */
  retired: number;
};

/** What is done in the background about sites, of all tenants. */
export async function readSiteWork(pool: Pool): Promise<SiteWork> {
  const [removals, imports, rebuilds, retired] = await Promise.all([
    askRows<RemovalWork>(pool, REMOVALS, []),
    askRows<ImportWork>(pool, IMPORTS, []),
    askRows<RebuildWork>(pool, REBUILDS, []),
    askRows<{ count: number }>(pool, RETIRED, []),
  ]);
  return { removals, imports, rebuilds, retired: retired[0]?.count ?? 0 };
}
