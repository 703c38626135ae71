import { addDays, countDays, daySpan, isDay, localDay, zoneOffset } from '../zone.ts';
import { daysOfRange, type Now, parseDateRange } from './date-range.ts';
import { moveDay } from './day-move.ts';
import { queryFailure } from './errors.ts';
import type { Comparison, KnownRange } from './query.ts';

const FIELDS = ['mode', 'date_range', 'match_day_of_week'] as const;
export const COMPARISON_MODES = ['previous_period', 'year_over_year', 'custom'] as const;
const WEEK = 7;
const DAY_MS = 24 * 3_600_000;

function refuse(detail: string, where = 'include.comparisons'): never {
  throw queryFailure('invalid_include', detail, { where });
}

function customRange(value: unknown, now: Now): KnownRange {
  const where = 'include.comparisons.date_range';
  if (!Array.isArray(value)) refuse('mode custom needs a date_range of two days or instants', where);
  const range = parseDateRange(value, now);
  return range.kind === 'all' ? refuse('a comparison needs both ends', where) : range;
}

/**
 * Reads `include.comparisons`; false and null are none.
 * @throws Failure `invalid_include`, `invalid_date_range`
 */
export function parseComparison(value: unknown, now: Now): Comparison | null {
  if (value === undefined || value === null || value === false) return null;
  if (typeof value !== 'object' || Array.isArray(value)) refuse('comparisons must be an object with a mode');
  const unknown = Object.keys(value).find((name) => !(FIELDS as readonly string[]).includes(name));
  if (unknown !== undefined)
    refuse(
      `${JSON.stringify(unknown)} is unknown; allowed are ${FIELDS.join(', ')}`,
      `include.comparisons.${unknown}`,
    );
  const { mode, date_range, match_day_of_week = false } = value as Record<(typeof FIELDS)[number], unknown>;
  if (typeof match_day_of_week !== 'boolean')
    refuse('match_day_of_week must be true or false', 'include.comparisons.match_day_of_week');
  if (mode === 'custom')
    return { mode, range: customRange(date_range, now), matchDayOfWeek: match_day_of_week };
  if (mode !== 'previous_period' && mode !== 'year_over_year')
    refuse(
      `${JSON.stringify(mode)} is not a mode; allowed are ${COMPARISON_MODES.join(', ')}`,
      'include.comparisons.mode',
    );
  if (date_range !== undefined) refuse(`a date_range is for mode custom`, 'include.comparisons.date_range');
  return { mode, matchDayOfWeek: match_day_of_week };
}

const LEAP_DAY = '-02-29';

const inYear = (day: string, count: number) => moveDay(day, { unit: 'year', count });

/** The same calendar day a year earlier, or the first after it: what begins on 29 February begins on 1 March. */
const yearBefore = (day: string): string => inYear(day.endsWith(LEAP_DAY) ? addDays(day, 1) : day, -1);

/** An instant by the clock of the zone, a year earlier. */
function yearBeforeInstant(at: number, zone: string): number {
  const day = localDay(zone, at);
  const clock = day.endsWith(LEAP_DAY) ? 0 : at + zoneOffset(zone, at) - Date.parse(day);
  const local = Date.parse(yearBefore(day)) + clock;
  const guess = local - zoneOffset(zone, local);
  return local - zoneOffset(zone, guess);
}

/** Moves a range by the fewest days so that it begins on the weekday on which `first` lies, and not on `first` itself. */
function matchWeekday(range: { from: string; to: string }, first: string) {
  const ahead = (((countDays(range.from, first) - 1) % WEEK) + WEEK) % WEEK;
  const moves = [ahead, ahead - WEEK].sort((a, b) => Math.abs(a) - Math.abs(b));
  const move = moves.find((days) => addDays(range.from, days) !== first) ?? 0;
  return { from: addDays(range.from, move), to: addDays(range.to, move) };
}

function before(range: KnownRange, mode: 'previous_period' | 'year_over_year', zone: string): KnownRange {
  if (range.kind === 'days') {
    // Up to, not including: the day after the last one a year earlier.
    if (mode === 'year_over_year')
      return {
        ...range,
        from: yearBefore(range.from),
        to: addDays(yearBefore(addDays(range.to, 1)), -1),
      };
    const days = countDays(range.from, range.to);
    return { ...range, from: addDays(range.from, -days), to: addDays(range.from, -1) };
  }
  if (mode === 'year_over_year')
    return {
      ...range,
      start: yearBeforeInstant(range.start, zone),
      end: yearBeforeInstant(range.end, zone),
    };
  return { ...range, start: range.start - (range.end - range.start), end: range.start };
}

/** Whether days are compared with the same days of the calendar, and not with those as far from the start. */
export const followsCalendar = ({ mode, matchDayOfWeek }: Comparison): boolean =>
  mode === 'year_over_year' && !matchDayOfWeek;

/** A range as long as another: a leap day in one of them makes a year's days more or fewer. */
function keepLength(range: KnownRange, compared: KnownRange): KnownRange {
  if (compared.kind === 'days' && range.kind === 'days')
    return { ...compared, to: addDays(compared.from, countDays(range.from, range.to) - 1) };
  if (compared.kind !== 'instants' || range.kind !== 'instants') return compared;
  return { ...compared, end: compared.start + range.end - range.start };
}

function moveToWeekday(range: KnownRange, compared: KnownRange): KnownRange {
  if (compared.kind === 'days' && range.kind === 'days')
    return { ...compared, ...matchWeekday(compared, range.from) };
  if (compared.kind !== 'instants' || range.kind !== 'instants') return compared;
  const distance = range.start - compared.start;
  const move = distance - Math.max(1, Math.round(distance / DAY_MS / WEEK)) * WEEK * DAY_MS;
  return { ...compared, start: compared.start + move, end: compared.end + move };
}

/** The 29ths of February that a range meets. */
function leapDays(range: KnownRange, zone: string): string[] {
  const { from, to } = daysOfRange(range, zone);
  const years = Array.from({ length: Number(to.slice(0, 4)) - Number(from.slice(0, 4)) + 1 }, (_, index) =>
    inYear(from, index).slice(0, 4),
  );
  return years.map((year) => year + LEAP_DAY).filter((day) => isDay(day) && day >= from && day <= to);
}

/** A range without some of its days (ascending), as the ranges that are left. */
function leaveOut(range: KnownRange, days: readonly string[], zone: string): KnownRange[] {
  let rest = range;
  const kept: KnownRange[] = [];
  for (const day of days) {
    const { from, to } = daySpan(zone, day);
    kept.push(
      rest.kind === 'days' ? { ...rest, to: addDays(day, -1) } : { ...rest, end: Math.min(rest.end, from) },
    );
    rest =
      rest.kind === 'days'
        ? { ...rest, from: addDays(day, 1) }
        : { ...rest, start: Math.max(rest.start, to) };
  }
  return [...kept, rest].filter((one) => (one.kind === 'days' ? one.from <= one.to : one.start < one.end));
}

/**
 * What a range is compared with: the one as long as it that ends where it begins, the same calendar days a year before, or as
 * asked for. Several ranges where 29 February, which has no counterpart, is left out; none where there is no other day.
 */
export function comparedRanges(range: KnownRange, comparison: Comparison, zone: string): KnownRange[] {
  const compared = comparison.mode === 'custom' ? comparison.range : before(range, comparison.mode, zone);
  if (followsCalendar(comparison)) return leaveOut(compared, leapDays(compared, zone), zone);
  if (!comparison.matchDayOfWeek) return [compared];
  const sameLength = comparison.mode === 'custom' ? compared : keepLength(range, compared);
  return [moveToWeekday(range, sameLength)];
}
