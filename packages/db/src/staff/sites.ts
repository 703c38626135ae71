import type { Pool } from '@footfall/postgres/pool';
import { askRows, type Cursor, PAGE_ROWS, type Page, pageFrom } from './page.ts';
import { MOST_SEARCHED } from './tenants.ts';

/** A site of the installation as the platform's staff sees it in a list. */
export type StaffSite = {
  id: string;
  domain: string;
  tenantId: string;
  tenantName: string;
  enabled: boolean;
  createdAt: Date;
  /** Events of the last days that are stored, and those that were rejected. */
  stored: number;
  rejected: number;
  /** Of the rejected, those that were more than a sender or a plan may send. */
  limited: number;
  /** The last day on which something was received; null: none. */
  lastDay: string | null;
};

const SUMS = `
SELECT coalesce(sum(l.count) FILTER (WHERE l.outcome = 'stored'), 0)::bigint AS stored,
  coalesce(sum(l.count) FILTER (WHERE l.outcome LIKE 'rejected:%'), 0)::bigint AS rejected,
  coalesce(sum(l.count) FILTER (WHERE l.outcome IN ('rejected:rate_limited', 'rejected:over_quota')), 0)::bigint AS limited
FROM ledger_day l WHERE l.site_id = s.id AND l.day >= $1`;

const ROW = `
SELECT s.id, s.domain, s.tenant_id AS "tenantId", t.name AS "tenantName", s.enabled, s.created_at AS "createdAt",
  sums.stored, sums.rejected, sums.limited, (SELECT max(l.day) FROM ledger_day l WHERE l.site_id = s.id) AS "lastDay"
FROM staff.site s JOIN tenant t ON t.id = s.tenant_id CROSS JOIN LATERAL (${SUMS}) AS sums`;

// A page of sites is chosen before anything is counted of them.
const LIST = `${ROW}
JOIN (
  SELECT c.id FROM staff.site c
  WHERE ($2 = '' OR position($2 IN lower(c.domain)) > 0 OR c.id = $2 OR c.tenant_id = $2)
    AND ($3::timestamptz IS NULL OR (c.created_at, c.id) < ($3::timestamptz, $4::text))
  ORDER BY c.created_at DESC, c.id DESC LIMIT ${PAGE_ROWS + 1}
) AS chosen ON chosen.id = s.id
ORDER BY s.created_at DESC, s.id DESC`;

/** Sites of all tenants, latest first: all, or those with `search` in their domain, or of that id. Counts are of the days from `from` on. */
export async function listStaffSites(
  pool: Pool,
  { search, after, from }: { search: string; after: Cursor | null; from: string },
): Promise<Page<StaffSite>> {
  const text = search.trim().slice(0, MOST_SEARCHED).toLowerCase().replaceAll('\0', '');
  const values = [from, text, after?.at ?? null, after?.id ?? null];
  return pageFrom(await askRows<StaffSite>(pool, LIST, values));
}

/** A site by its id; null where there is none. */
export async function findStaffSite(pool: Pool, id: string, from: string): Promise<StaffSite | null> {
  const [row] = await askRows<StaffSite>(pool, `${ROW} WHERE s.id = $2`, [from, id]);
  return row ?? null;
}

/** A site that is gone, or going: then its domain is still known. */
export type DeletedSiteRow = { id: string; tenantId: string; domain: string | null; deletedAt: Date };

const DELETED = `
SELECT id, owner AS "tenantId", domain, deleted_at AS "deletedAt" FROM deleted_site ORDER BY deleted_at DESC, id LIMIT $1`;

/** Sites that were deleted, latest first. */
export function listDeletedSites(pool: Pool, most: number): Promise<DeletedSiteRow[]> {
  return askRows<DeletedSiteRow>(pool, DELETED, [most]);
}
