import { parseDateRange } from '@footfall/core/query/date-range';
import type { Range } from '@footfall/core/query/query';
import { addDays, countDays, dayStart, isDay, localDay, localIso } from '@footfall/core/zone';
import type { Granularity } from '#chart/bucket-text.ts';
import { PERIODS, type PeriodName } from './period-name.ts';

/** What the address says: a named period, two days, or nothing. */
export type PeriodChoice = { name: PeriodName } | { from: string; to: string } | undefined;

/** A range as the API's `date_range` takes it. */
export type DateRange = string | readonly [string, string];

/** Local days from the first to the last. */
export type Days = { from: string; to: string };

/** What a period is compared with. */
export type PreviousPeriod = {
  /** What the figures are compared with, and what the chart lays under its line. */
  figures: DateRange;
  series: DateRange;
  /** The days that it has; null: the 24 hours before. */
  days: Days | null;
  /** Its figures stop at this time of the last day, `10:03`; null: at the day's end. */
  until: string | null;
};

export type Period = {
  name: PeriodName | 'custom';
  days: Days;
  dateRange: DateRange;
  granularity: Granularity;
  /** It is not over: today's numbers still grow. */
  open: boolean;
  /**
   * The period as long as this one that ends where it begins. Of an open period the figures are compared with the same
   * part of the one before, its chart shows all of it. Null where there is nothing before.
   */
  previous: PreviousPeriod | null;
};

/** `firstDay` is the site's first with data. */
type Clock = { zone: string; now: number; firstDay: string | undefined };

/** Days that a site needs until its overview opens with more than today. */
const YOUNG_DAYS = 2;
const RECENT_DAYS = 28;

/** A young site opens with today, where its first visits show at once; others with the last four weeks and today. */
export function defaultPeriod(
  firstDay: string | undefined,
  { zone, now }: Omit<Clock, 'firstDay'>,
): PeriodName {
  if (firstDay === undefined) return 'day';
  return countDays(firstDay, localDay(zone, now)) > YOUNG_DAYS ? 'recent' : 'day';
}

/** Reads `period`, or `from` and `to`, of an address; undefined where they are absent or make no sense. */
export function periodChoice(parameters: URLSearchParams): PeriodChoice {
  const [from, to] = [parameters.get('from') ?? '', parameters.get('to') ?? ''];
  if (isDay(from) && isDay(to)) return from <= to ? { from, to } : { from: to, to: from };
  const name = parameters.get('period') ?? '';
  return Object.hasOwn(PERIODS, name) ? { name: name as PeriodName } : undefined;
}

function chooseGranularity(days: number): Granularity {
  if (days <= 2) return 'hour';
  if (days <= 92) return 'day';
  return days <= 366 ? 'week' : 'month';
}

/** Periods made of whole months are drawn by the month. */
const BY_MONTH: readonly string[] = ['6mo', '12mo'];

function previousPeriod(from: string, to: string, { zone, now, firstDay }: Clock): Period['previous'] {
  const today = localDay(zone, now);
  const count = countDays(from, to);
  const series = [addDays(from, -count), addDays(from, -1)] as const;
  // A site that was not there before has not grown by 100 %.
  if (firstDay === undefined || series[1] < firstDay) return null;
  const days = { from: series[0], to: series[1] };
  if (to < today) return { figures: series, series, days, until: null };
  const until = dayStart(zone, series[1]) + (now - dayStart(zone, today));
  const figures = [localIso(zone, dayStart(zone, series[0])), new Date(until).toISOString()] as const;
  return { figures, series, days, until: localIso(zone, until).slice(11, 16) };
}

type DayPeriod = { name: Period['name']; from: string; to: string; dateRange: DateRange };

function dayPeriod({ name, from, to, dateRange }: DayPeriod, clock: Clock): Period {
  return {
    name,
    days: { from, to },
    dateRange,
    granularity: BY_MONTH.includes(name) ? 'month' : chooseGranularity(countDays(from, to)),
    open: to >= localDay(clock.zone, clock.now),
    previous: previousPeriod(from, to, clock),
  };
}

function instantPeriod(
  name: PeriodName,
  range: Extract<Range, { kind: 'instants' }>,
  { zone, firstDay }: Clock,
): Period {
  const length = range.end - range.start;
  const [from, to] = [localDay(zone, range.start), localDay(zone, range.end - 1)];
  const before = [range.start - length, range.start].map((at) => new Date(at).toISOString());
  const series = [before[0] ?? '', before[1] ?? ''] as const;
  const known = firstDay !== undefined && from >= firstDay;
  return {
    name,
    days: { from, to },
    dateRange: name,
    granularity: 'hour',
    open: true,
    previous: known ? { figures: series, series, days: null, until: null } : null,
  };
}

const earlier = (a: string, b: string): string => ([a, b].sort() as [string, string])[0];

/** The period that is chosen, or the default one, at a time (epoch milliseconds) in the site's zone. */
export function resolvePeriod(choice: PeriodChoice, clock: Clock): Period {
  const { firstDay } = clock;
  const today = localDay(clock.zone, clock.now);
  if (choice !== undefined && 'from' in choice) {
    const to = earlier(choice.to, today);
    const from = earlier(choice.from, to);
    return dayPeriod({ name: 'custom', from, to, dateRange: [from, to] }, clock);
  }
  const name = choice?.name ?? defaultPeriod(firstDay, clock);
  const ownStart = { recent: addDays(today, -RECENT_DAYS), all: firstDay ?? today }[name as string];
  if (ownStart !== undefined) {
    return dayPeriod({ name, from: ownStart, to: today, dateRange: [ownStart, today] }, clock);
  }
  const range = parseDateRange(name, clock);
  if (range.kind === 'instants') return instantPeriod(name, range, clock);
  const from = range.kind === 'days' ? range.from : today;
  return dayPeriod({ name, from, to: range.to, dateRange: name }, clock);
}
