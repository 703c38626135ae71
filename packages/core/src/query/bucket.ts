import {
  addDays,
  addMonths,
  countDays,
  daySpan,
  hourStarts,
  listDays,
  monthStart,
  type WeekStart,
  weekStart,
} from '../zone.ts';
import { daysOfRange } from './date-range.ts';
import { queryFailure } from './errors.ts';
import type { Granularity, KnownRange } from './query.ts';

/** Above this a chart is a table of zeros that nobody reads and everybody waits for: hours of 400 days, days of 27 years. */
const MAX_BUCKETS = 10_000;

/** About how many buckets a day has. */
const BUCKETS_A_DAY: Readonly<Record<Granularity, number>> = {
  hour: 24,
  day: 1,
  week: 1 / 7,
  sunday_week: 1 / 7,
  saturday_week: 1 / 7,
  month: 1 / 28,
};

const WEEKS: Readonly<Record<WeekStart, Granularity>> = {
  monday: 'week',
  sunday: 'sunday_week',
  saturday: 'saturday_week',
};

/** The weeks that begin on a day. */
export const weeksFrom = (first: WeekStart = 'monday'): Granularity => WEEKS[first];

/** The first day of what a day lies in. */
const FIRST_DAY: Readonly<Record<Exclude<Granularity, 'hour' | 'day'>, (day: string) => string>> = {
  week: (day) => weekStart(day, 'monday'),
  sunday_week: (day) => weekStart(day, 'sunday'),
  saturday_week: (day) => weekStart(day, 'saturday'),
  month: monthStart,
};

/** The instants `[from, to)` of a range, epoch milliseconds. */
export function spanOfRange(range: KnownRange, zone: string): { from: number; to: number } {
  if (range.kind === 'instants') return { from: range.start, to: range.end };
  return { from: daySpan(zone, range.from).from, to: daySpan(zone, range.to).to };
}

/** The bucket that a store's key (a day, or the start of an hour in epoch milliseconds) falls into. */
export function bucketStart(key: string, granularity: Granularity): string {
  return granularity === 'hour' || granularity === 'day' ? key : FIRST_DAY[granularity](key);
}

/**
 * All buckets of a range, ascending, those without data too.
 * @throws Failure `too_many_buckets`
 */
export function listBuckets(range: KnownRange, granularity: Granularity, zone: string): string[] {
  const { from, to } = daysOfRange(range, zone);
  if (countDays(from, to) * BUCKETS_A_DAY[granularity] > MAX_BUCKETS) {
    const message = `a query may have ${MAX_BUCKETS} buckets of time; ask for fewer days or for larger buckets`;
    throw queryFailure('too_many_buckets', message, { where: 'dimensions' });
  }
  switch (granularity) {
    case 'hour': {
      const span = spanOfRange(range, zone);
      return hourStarts(zone, span.from, span.to).map(String);
    }
    case 'day':
      return listDays(from, to);
    case 'week':
    case 'sunday_week':
    case 'saturday_week':
      return steps(bucketStart(from, granularity), to, (day) => addDays(day, 7));
    case 'month':
      return steps(monthStart(from), to, (day) => addMonths(day, 1));
  }
}

function steps(first: string, last: string, next: (day: string) => string): string[] {
  const days: string[] = [];
  for (let day = first; day <= last; day = next(day)) days.push(day);
  return days;
}
