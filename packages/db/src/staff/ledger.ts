import type { Pool } from '@footfall/postgres/pool';
import type { LedgerPosition } from '../count/ledger.ts';
import { askRows } from './page.ts';

type Count = { day: string; outcome: string; count: number };

/** Counts by day and outcome, and up to where in the log they were counted. */
export type WholeLedger = { days: Map<string, Map<string, number>>; positions: LedgerPosition[] };

// One statement, hence one snapshot: counts and positions belong together.
const READ = `
SELECT
  (SELECT coalesce(json_agg(c), '[]') FROM (
    SELECT day, outcome, sum(count)::bigint AS count FROM ledger_day WHERE day >= $1 GROUP BY day, outcome) c) AS counts,
  (SELECT coalesce(json_agg(p), '[]') FROM (SELECT topic AS stream, partition, "offset" FROM ledger_position) p) AS positions`;

/** What was counted of all sites on days of receipt (of each site's own zone) from a day on. */
export async function readWholeLedger(pool: Pool, from: string): Promise<WholeLedger> {
  const rows = await askRows<{ counts: Count[]; positions: LedgerPosition[] }>(pool, READ, [from]);
  const { counts = [], positions = [] } = rows[0] ?? {};
  const days = new Map<string, Map<string, number>>();
  for (const { day, outcome, count } of counts)
    days.set(day, (days.get(day) ?? new Map<string, number>()).set(outcome, count));
  return { days, positions };
}

const SPOOLED = 'SELECT day, sum(count)::bigint AS count FROM spool_backlog WHERE day >= $1 GROUP BY day';

/** What all collectors hold in their spools, by day of receipt. */
export async function readSpooled(pool: Pool, from: string): Promise<Map<string, number>> {
  const rows = await askRows<Pick<Count, 'day' | 'count'>>(pool, SPOOLED, [from]);
  return new Map(rows.map(({ day, count }) => [day, count]));
}
