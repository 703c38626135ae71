import { calendarMonth, monthlyPeriod, type Period } from '@footfall/core/billing/period';
import type { Pool } from '@footfall/postgres/pool';

/** A tenant's month that runs and the two that ended before it, each with what was used in it. */
export type MonthUse = {
  current: Period;
  used: number;
  last: Period;
  lastUsed: number;
  beforeLastUsed: number;
};

/** From when the months of a tenant are counted: its subscription's anchor; null: by the calendar, since it was made. */
export type Months = { anchor: number | null; createdAt: number };

// A month that begins within an hour begins with that hour: so each hour is of one month.
const READ = `
SELECT m.n, coalesce(sum(u.events), 0)::float8 AS events
FROM unnest($2::float8[], $3::float8[]) WITH ORDINALITY AS m(from_ms, to_ms, n)
LEFT JOIN usage_hour u ON u.tenant_id = $1
  AND u.hour >= date_trunc('hour', to_timestamp(m.from_ms / 1000.0), 'UTC') AND u.hour < date_trunc('hour', to_timestamp(m.to_ms / 1000.0), 'UTC')
GROUP BY m.n ORDER BY m.n`;

/** What a tenant has used in its billing months at a moment (`now`, epoch milliseconds). Months before the first one are empty: nobody had the plan then. */
export async function readMonthUse(
  pool: Pool,
  tenantId: string,
  { anchor, createdAt }: Months,
  now: number,
): Promise<MonthUse> {
  const monthAt = (at: number) => (anchor === null ? calendarMonth(at) : monthlyPeriod(anchor, at));
  const current = monthAt(now);
  const last = monthAt(current.from - 1);
  const months = [current, last, monthAt(last.from - 1)];
  const { rows } = await pool.query<{ events: number }>(READ, [
    tenantId,
    months.map(({ from }) => from),
    months.map(({ to }) => to),
  ]);
  const isCounted = ({ from, to }: Period) => (anchor === null ? to > createdAt : from >= anchor);
  const [used = 0, lastUsed = 0, beforeLastUsed = 0] = rows.map(({ events }, index) => {
    const month = months[index];
    return index === 0 || (month !== undefined && isCounted(month)) ? events : 0;
  });
  return { current, used, last, lastUsed, beforeLastUsed };
}
