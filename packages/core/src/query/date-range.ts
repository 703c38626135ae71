import { type Instant, readInstant } from '../instant.ts';
import { addDays, addMonths, daySpan, hourStarts, localDay, monthStart } from '../zone.ts';
import { queryFailure } from './errors.ts';
import type { KnownRange, Range } from './query.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** The time (epoch milliseconds) and the zone whose days are meant. */
export type Now = { zone: string; now: number };
type Clock = { zone: string; now: number; today: string };

const daysBefore =
  (count: number) =>
  ({ today }: Clock): Range => ({
    kind: 'days',
    from: addDays(today, -count),
    to: addDays(today, -1),
  });

const monthsBefore =
  (count: number) =>
  ({ today }: Clock): Range => ({
    kind: 'days',
    from: addMonths(today, -count),
    to: addDays(monthStart(today), -1),
  });

const instantsBefore =
  (duration: number) =>
  ({ now }: Clock): Range => ({ kind: 'instants', start: now - duration, end: now + 1 });

/** The named ranges: `7d` and its like are the days before today, `6mo` the whole months before this one. */
const NAMED: Readonly<Record<string, (clock: Clock) => Range>> = {
  realtime: instantsBefore(30 * MINUTE),
  day: ({ today }) => ({ kind: 'days', from: today, to: today }),
  '24h': instantsBefore(24 * HOUR),
  '7d': daysBefore(7),
  '28d': daysBefore(28),
  '30d': daysBefore(30),
  '91d': daysBefore(91),
  month: ({ today }) => ({ kind: 'days', from: monthStart(today), to: today }),
  '6mo': monthsBefore(6),
  '12mo': monthsBefore(12),
  year: ({ today }) => ({ kind: 'days', from: `${today.slice(0, 4)}-01-01`, to: today }),
  all: ({ today }) => ({ kind: 'all', to: today }),
};

export const NAMED_RANGES = Object.keys(NAMED);

type Counted = { most: number; before: (count: number) => (clock: Clock) => Range };

/** Ranges of any number of hours, days or months before now, by what stands behind the number. */
const COUNTED: Readonly<Record<string, Counted>> = {
  h: { most: 9_600, before: (count) => instantsBefore(count * HOUR) },
  d: { most: 5_000, before: daysBefore },
  mo: { most: 120, before: monthsBefore },
};

/** The most that each unit of counted ranges takes, by the unit. */
export const COUNTED_RANGES: Readonly<Record<string, number>> = Object.fromEntries(
  Object.entries(COUNTED).map(([unit, { most }]) => [unit, most]),
);

const allowedCounts = Object.entries(COUNTED_RANGES).map(([unit, most]) => `1${unit} to ${most}${unit}`);

function refuse(detail: string, where: string): never {
  throw queryFailure(
    'invalid_date_range',
    `${detail}; date_range is one of ${NAMED_RANGES.join(', ')}, any of ${allowedCounts.join(', ')}, two days ["2026-01-01", "2026-01-31"], or two instants with offset`,
    { where },
  );
}

function parsePair(pair: readonly unknown[]): Range {
  const [from, to] = pair;
  if (pair.length !== 2 || typeof from !== 'string' || typeof to !== 'string')
    refuse('a pair of texts is needed', 'date_range');
  const [first, last] = [readInstant(from), readInstant(to)];
  if (first?.isDay && last?.isDay) {
    const days = { from: utcDay(first.at), to: utcDay(last.at) };
    if (days.to < days.from) refuse(`${to} lies before ${from}`, 'date_range[1]');
    return { kind: 'days', ...days };
  }
  const start = requireZone(first, { text: from, where: 'date_range[0]' }).at;
  const { at, second } = requireZone(last, { text: to, where: 'date_range[1]' });
  // An end that is written as the last second of something means that whole second, as Plausible writes its ranges.
  const end = second === 59 ? at + 1_000 : at;
  if (end <= start) refuse(`${to} does not lie behind ${from}`, 'date_range[1]');
  return { kind: 'instants', start, end };
}

const utcDay = (at: number): string => new Date(at).toISOString().slice(0, 10);

function requireZone(
  instant: Instant | undefined,
  { text, where }: { text: string; where: string },
): Instant {
  if (instant?.isZoned) return instant;
  return refuse(`${JSON.stringify(text)} is neither a day nor an instant with offset`, where);
}

/** A range of so many units before now; undefined where the text is none. */
function parseCounted(text: string): ((clock: Clock) => Range) | undefined {
  const [, digits = '', unit = ''] = /^([1-9]\d{0,8})(h|d|mo)$/.exec(text) ?? [];
  const counted = COUNTED[unit];
  if (counted === undefined) return undefined;
  const count = Number(digits);
  if (count > counted.most) refuse(`${text} is longer than ${counted.most}${unit}`, 'date_range');
  return counted.before(count);
}

/** Today up to the end of the hour that it is; a range that ends now by itself stays. */
function trimToday(range: Range, { zone, now, today }: Clock): Range {
  if (range.kind !== 'days' || range.from !== today) return range;
  const { from, to } = daySpan(zone, today);
  return { kind: 'instants', start: from, end: hourStarts(zone, from, to).find((hour) => hour > now) ?? to };
}

/**
 * Reads `date_range` at a time (epoch milliseconds) in the site's zone; with `trim`, `day` ends with the hour that it is.
 * @throws Failure `invalid_date_range`
 */
export function parseDateRange(value: unknown, { zone, now, trim = false }: Now & { trim?: boolean }): Range {
  if (Array.isArray(value)) return parsePair(value);
  const text = typeof value === 'string' ? value : '';
  const named = Object.hasOwn(NAMED, text) ? NAMED[text] : parseCounted(text);
  if (named === undefined)
    refuse(
      value === undefined ? 'date_range is missing' : `${JSON.stringify(value)} is not a date range`,
      'date_range',
    );
  const clock = { zone, now, today: localDay(zone, now) };
  const range = named(clock);
  return trim && text === 'day' ? trimToday(range, clock) : range;
}

/** The local days that a range meets, both inclusive. */
export function daysOfRange(range: KnownRange, zone: string): { from: string; to: string } {
  if (range.kind === 'days') return { from: range.from, to: range.to };
  return { from: localDay(zone, range.start), to: localDay(zone, range.end - 1) };
}
