/** From `from` until before `to`, epoch milliseconds. */
export type Period = { from: number; to: number };

/** How many days a month of UTC has; `month` counts from 0 and may lie beyond a year. */
const daysIn = (year: number, month: number): number => new Date(Date.UTC(year, month + 1, 0)).getUTCDate();

/**
 * The moment that lies some whole months after another, in UTC. Of the 31st it is the last day of a shorter month, and the 31st again
 * in the next long one, as card statements and Stripe's `billing_cycle_anchor` have it.
 */
export function addMonths(anchor: number, months: number): number {
  const start = new Date(anchor);
  const [year, month] = [start.getUTCFullYear(), start.getUTCMonth() + months];
  const day = Math.min(start.getUTCDate(), daysIn(year, month));
  const sinceMidnight = anchor - Date.UTC(year, start.getUTCMonth(), start.getUTCDate());
  return Date.UTC(year, month, day) + sinceMidnight;
}

/** The monthly period of an anchor (epoch milliseconds) that `now` lies in. A plan that is paid by the year counts by month, too. */
export function monthlyPeriod(anchor: number, now: number): Period {
  const [first, at] = [new Date(anchor), new Date(now)];
  const months = (at.getUTCFullYear() - first.getUTCFullYear()) * 12 + at.getUTCMonth() - first.getUTCMonth();
  // The anchor's day of this month may be still to come.
  const begun = addMonths(anchor, months) <= now ? months : months - 1;
  return { from: addMonths(anchor, begun), to: addMonths(anchor, begun + 1) };
}

/** The calendar month (UTC) that an instant lies in. */
export function calendarMonth(now: number): Period {
  const at = new Date(now);
  return monthlyPeriod(Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), 1), now);
}

/**
 * What a count will be at the end of a period when it goes on as it has until now, rounded up. In the first day of a period nothing is
 * said (null): an hour says nothing of a month.
 */
export function forecastCount(count: number, { from, to }: Period, now: number): number | null {
  const passed = Math.min(now, to) - from;
  return passed < DAY_MS ? null : Math.ceil((count / passed) * (to - from));
}

const DAY_MS = 24 * 3_600_000;
