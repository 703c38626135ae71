import { type Pool, transaction } from '@footfall/postgres/pool';
import type { Queryable } from '../tenant/transaction.ts';

/**
 * What reports of a local day do not show apart, or not yet, because it was beyond a bound: `values` of a dimension that sealing added up
 * as `(other)`, `visitor_days` of which reports count the first events alone. `count`: how many.
 */
export type DayLimit = { day: string; kind: 'values' | 'visitor_days'; dimension: string; count: number };

/** Besides: on a UTC day, `sealing` of the site's past had used up its time; `count`: seconds of work. */
export type ReportLimit = {
  day: string;
  kind: DayLimit['kind'] | 'sealing';
  dimension: string;
  count: number;
};

const FORGET = `DELETE FROM report_limit WHERE site_id = $1 AND day = ANY ($2) AND kind IN ('values', 'visitor_days')`;

// A site that was deleted meanwhile needs no notes.
const ADD = `
INSERT INTO report_limit (site_id, day, kind, dimension, count)
SELECT s.id, n.day, n.kind, n.dimension, n.count FROM site s,
  unnest($2::text[], $3::text[], $4::text[], $5::bigint[]) AS n(day, kind, dimension, count)
WHERE s.id = $1 ORDER BY 2, 3, 4`;

const LARGEST = `
ON CONFLICT (site_id, day, kind, dimension) DO UPDATE SET count = greatest(report_limit.count, excluded.count), noted_at = now()`;

const toColumns = (limits: readonly ReportLimit[]) => [
  limits.map(({ day }) => day),
  limits.map(({ kind }) => kind),
  limits.map(({ dimension }) => dimension),
  limits.map(({ count }) => count),
];

/** Keeps what is true of days from now on, in place of what was. */
export function replaceDayLimits(
  pool: Pool,
  siteId: string,
  { days, limits }: { days: readonly string[]; limits: readonly DayLimit[] },
): Promise<void> {
  return transaction(pool, async (client) => {
    await client.query(FORGET, [siteId, days]);
    if (limits.length > 0) await client.query(ADD + LARGEST, [siteId, ...toColumns(limits)]);
  });
}

/** Keeps what became known besides what is known already; of the same thing the larger count. */
export async function addReportLimit(pool: Pool, siteId: string, limit: ReportLimit): Promise<void> {
  await pool.query(ADD + LARGEST, [siteId, ...toColumns([limit])]);
}

const READ = `
SELECT day, kind, dimension, count FROM report_limit WHERE site_id = $1 AND day >= $2 ORDER BY day DESC, kind, dimension LIMIT $3`;

/** What is known of a site's days from one on, latest first; at most `most`. */
export async function readReportLimits(
  tenant: Queryable,
  siteId: string,
  { from, most }: { from: string; most: number },
): Promise<ReportLimit[]> {
  return (await tenant.query<ReportLimit>(READ, [siteId, from, most])).rows;
}
