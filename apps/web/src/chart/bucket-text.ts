/** What buckets of time are called in a chart. Labels come from the API: local days, or local hours with their offset. */

export type Granularity = 'hour' | 'day' | 'week' | 'month';

// A label already is local time: formatting it as if it were UTC keeps the clock that it shows.
const at = (label: string) => new Date(`${label.slice(0, 13)}${label.length > 10 ? ':00' : 'T00:00'}Z`);
const format = (options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat('en-GB', { ...options, timeZone: 'UTC' });

const DAY_AND_MONTH = format({ day: 'numeric', month: 'short' });
const FULL_DAY = format({ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' });
const MONTH = format({ month: 'short' });
const MONTH_AND_YEAR = format({ month: 'short', year: 'numeric' });
const FULL_MONTH = format({ month: 'long', year: 'numeric' });

const clock = (label: string) => label.slice(11, 16);

/** Short text under the axis. */
export function tickText(label: string, granularity: Granularity): string {
  if (granularity === 'month') return (label.slice(5, 7) === '01' ? MONTH_AND_YEAR : MONTH).format(at(label));
  if (granularity !== 'hour') return DAY_AND_MONTH.format(at(label));
  return clock(label);
}

/** The bucket in full, for the crosshair, the table and screen readers. */
export function bucketText(label: string, granularity: Granularity): string {
  if (granularity === 'month') return FULL_MONTH.format(at(label));
  const day = FULL_DAY.format(at(label));
  if (granularity === 'week') return `Week of ${day}`;
  return granularity === 'hour' ? `${day}, ${clock(label)}` : day;
}

/** A range of days in words: `3–9 Nov 2026`, `28 Oct – 3 Nov 2026`. */
export function daysText(from: string, to: string): string {
  return format({ day: 'numeric', month: 'short', year: 'numeric' }).formatRange(at(from), at(to));
}
