import { parseDateRange } from '@footfall/core/query/date-range';
import type { Range } from '@footfall/core/query/query';
import { addDays, addMonths, daySpan, isDay, localDay, monthStart } from '@footfall/core/zone';
import { apiFailure } from '../errors.ts';

/** Periods of Plausible's Stats API v1, which are counted back from a day. */

export const DEFAULT_PERIOD = '30d';

export const INTERVALS = ['hour', 'day', 'week', 'month'] as const;
export type Interval = (typeof INTERVALS)[number];

type Clock = { zone: string; now: number };

function refuse(message: string, where: string): never {
  throw apiFailure('invalid_parameter', message, { where });
}

function customRange(date: string | null): [string, string] {
  const days = (date ?? '').split(',');
  const [from = '', to = ''] = days;
  if (days.length !== 2 || !isDay(from) || !isDay(to))
    refuse('period custom needs date=2026-01-01,2026-01-31: two days, both inclusive', 'date');
  if (to < from) refuse(`date: ${to} lies before ${from}`, 'date');
  return [from, to];
}

function readDay(date: string | null, { zone, now }: Clock): string {
  if (date === null) return localDay(zone, now);
  return isDay(date)
    ? date
    : refuse(`date must be a day such as 2026-01-31, it is ${JSON.stringify(date)}`, 'date');
}

/** The days of a month or year of the calendar up to today, which has no days ahead. */
const upTo = (from: string, last: string, today: string): [string, string] => [
  from,
  last > today && from <= today ? today : last,
];

function daysOfPeriod(period: string, day: string, clock: Clock): unknown {
  const today = localDay(clock.zone, clock.now);
  if (period === 'day') return [day, day];
  if (period === 'month') return upTo(monthStart(day), addDays(addMonths(day, 1), -1), today);
  if (period === 'year') return upTo(`${day.slice(0, 4)}-01-01`, `${day.slice(0, 4)}-12-31`, today);
  if (period === 'all') return 'all';
  // Days and whole months before the day, as if it were today.
  if (!/^\d+(d|mo)$/.test(period))
    refuse(
      `${JSON.stringify(period)} is not a period; allowed are day, month, year, all, custom, and any number of days or months such as 7d, 30d, 6mo, 12mo`,
      'period',
    );
  const range: Range = parseDateRange(period, { zone: clock.zone, now: daySpan(clock.zone, day).from });
  return range.kind === 'days' ? [range.from, range.to] : period;
}

/**
 * `period` and `date` of an address as a `date_range`.
 * @throws Failure `invalid_parameter`, `invalid_date_range`
 */
export function readPeriod(parameters: URLSearchParams, clock: Clock): unknown {
  const [period, date] = [parameters.get('period') || DEFAULT_PERIOD, parameters.get('date') || null];
  return period === 'custom' ? customRange(date) : daysOfPeriod(period, readDay(date, clock), clock);
}

/**
 * `interval` of an address; without it hours of a day, months of months, else days. `date` is a former name of `day`.
 * @throws Failure `invalid_parameter`
 */
export function readInterval(parameters: URLSearchParams): Interval {
  const asked = parameters.get('interval') || null;
  const period = parameters.get('period') || DEFAULT_PERIOD;
  if (asked === null) return period === 'day' ? 'hour' : /mo$|^all$|^year$/.test(period) ? 'month' : 'day';
  const named = asked === 'date' ? 'day' : asked;
  const found = INTERVALS.find((interval) => interval === named);
  return (
    found ?? refuse(`interval is one of ${INTERVALS.join(', ')}, not ${JSON.stringify(asked)}`, 'interval')
  );
}
