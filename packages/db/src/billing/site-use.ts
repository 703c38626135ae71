import type { Pool } from '@footfall/postgres/pool';
import { tenantRows } from '../tenant/transaction.ts';

/** What one site has stored that is of no bot, on some local days. */
export type SiteUse = { siteId: string; domain: string; events: number };

const READ = `
SELECT s.id AS "siteId", s.domain,
  coalesce(sum(CASE l.outcome WHEN 'stored' THEN l.count WHEN 'bot' THEN -l.count END), 0)::float8 AS events
FROM site s LEFT JOIN ledger_day l ON l.site_id = s.id AND l.outcome IN ('stored', 'bot') AND l.day >= $2
  -- What another tenant has used of it is that one's; days are counted whole.
  AND (s.moved_at IS NULL OR l.day > to_char(s.moved_at AT TIME ZONE s.timezone, 'YYYY-MM-DD'))
WHERE s.tenant_id = $1 GROUP BY s.id, s.domain ORDER BY events DESC, s.domain`;

/** What each site of a tenant has stored since a day (`2026-01-31`, local to each site), the busiest first. */
export async function readSiteUse(pool: Pool, tenantId: string, fromDay: string): Promise<SiteUse[]> {
  const statement = { name: 'read-site-use', text: READ, values: [tenantId, fromDay] };
  return (await tenantRows(pool, tenantId).query<SiteUse>(statement)).rows;
}
