import { addDays, countDays } from '../zone.ts';
import { type Now, parseDateRange } from './date-range.ts';
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

/** The same day a year earlier; 29 February becomes the 28th. */
function yearBefore(day: string): string {
  const year = String(Number(day.slice(0, 4)) - 1).padStart(4, '0');
  return `${year}${day.slice(4) === '-02-29' ? '-02-28' : day.slice(4)}`;
}

function yearBeforeInstant(at: number): number {
  const iso = new Date(at).toISOString();
  return Date.parse(yearBefore(iso.slice(0, 10)) + iso.slice(10));
}

/** Moves a range by the fewest days so that it begins on the weekday on which `first` lies, and not on `first` itself. */
function matchWeekday(range: { from: string; to: string }, first: string) {
  const ahead = (((countDays(range.from, first) - 1) % WEEK) + WEEK) % WEEK;
  const moves = [ahead, ahead - WEEK].sort((a, b) => Math.abs(a) - Math.abs(b));
  const move = moves.find((days) => addDays(range.from, days) !== first) ?? 0;
  return { from: addDays(range.from, move), to: addDays(range.to, move) };
}

function before(range: KnownRange, mode: 'previous_period' | 'year_over_year'): KnownRange {
  if (range.kind === 'days') {
    if (mode === 'year_over_year')
      return { ...range, from: yearBefore(range.from), to: yearBefore(range.to) };
    const days = countDays(range.from, range.to);
    return { ...range, from: addDays(range.from, -days), to: addDays(range.from, -1) };
  }
  if (mode === 'year_over_year')
    return { ...range, start: yearBeforeInstant(range.start), end: yearBeforeInstant(range.end) };
  return { ...range, start: range.start - (range.end - range.start), end: range.start };
}

/** The range that a range is compared with: as long as it and ending where it begins, a year before, or as asked for. */
export function comparedRange(range: KnownRange, comparison: Comparison): KnownRange {
  const compared = comparison.mode === 'custom' ? comparison.range : before(range, comparison.mode);
  if (!comparison.matchDayOfWeek) return compared;
  if (compared.kind === 'days' && range.kind === 'days')
    return { ...compared, ...matchWeekday(compared, range.from) };
  if (compared.kind !== 'instants' || range.kind !== 'instants') return compared;
  const distance = range.start - compared.start;
  const move = distance - Math.max(1, Math.round(distance / DAY_MS / WEEK)) * WEEK * DAY_MS;
  return { ...compared, start: compared.start + move, end: compared.end + move };
}
