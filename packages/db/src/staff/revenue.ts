import type { RevenueMonth, TrialMonth } from '@footfall/core/billing/revenue';
import type { Pool } from '@footfall/postgres/pool';
import { askRows } from './page.ts';

/** Months that are shown. */
const MONTHS = 13;

const MONTHLY = `
SELECT m.currency, m.month, m.mrr, m.payers, coalesce(b.payers, 0) AS "payersBefore",
  (SELECT count(*) FROM revenue_month o WHERE o.month = b.month AND o.currency = m.currency AND o.amount > 0
    AND NOT EXISTS (SELECT FROM revenue_month n WHERE n.month = m.month AND n.payer = o.payer AND n.currency = o.currency AND n.amount > 0))::float8 AS lost
FROM (SELECT r.currency, r.month, sum(r.amount)::float8 AS mrr, (count(*) FILTER (WHERE r.amount > 0))::float8 AS payers
  FROM revenue_month r WHERE r.currency <> 'XXX' AND r.month > $1 GROUP BY r.currency, r.month) m
LEFT JOIN (SELECT r.currency, r.month, (count(*) FILTER (WHERE r.amount > 0))::float8 AS payers
  FROM revenue_month r GROUP BY r.currency, r.month) b
  ON b.currency = m.currency AND b.month = to_char(to_date(m.month, 'YYYY-MM') - interval '1 month', 'YYYY-MM')
ORDER BY m.currency, m.month DESC LIMIT 400`;

/** What was kept of each currency and month of the last year, the latest first. */
export const readRevenue = (pool: Pool, now: number): Promise<(RevenueMonth & { currency: string })[]> =>
  askRows(pool, MONTHLY, [monthsAgo(now, MONTHS)]);

const TRIALS = `
SELECT month, (count(*) FILTER (WHERE trial = 'kept'))::float8 AS kept, (count(*) FILTER (WHERE trial = 'lost'))::float8 AS lost
FROM revenue_month WHERE trial IN ('kept', 'lost') AND month > $1 GROUP BY month ORDER BY month DESC LIMIT ${MONTHS}`;

/** What became of the trials that ended in each month of the last year, the latest first. */
export const readTrials = (pool: Pool, now: number): Promise<TrialMonth[]> =>
  askRows(pool, TRIALS, [monthsAgo(now, MONTHS)]);

function monthsAgo(now: number, months: number): string {
  const at = new Date(now);
  return new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() - months, 1)).toISOString().slice(0, 7);
}
