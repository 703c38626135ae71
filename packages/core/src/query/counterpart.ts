import { addDays, countDays, hourLabel, hourStart, hourStarts, localDay, zoneOffset } from '../zone.ts';
import { bucketStart, spanOfRange } from './bucket.ts';
import { followsCalendar } from './comparison.ts';
import { daysOfRange } from './date-range.ts';
import { type DayMove, moveDay } from './day-move.ts';
import type { Comparison, Granularity, KnownRange } from './query.ts';

/**
 * How the buckets of a comparison find each other: a bucket is compared with the days of the earlier range that lie as far from its
 * start (a year before: with the same calendar days), whatever weeks or months those are in, and an hour with what happened in the
 * hour that the clock calls the same. Definition: definitions.md, "Comparisons".
 */
export type Counterparts = {
  /** The range that is compared. */
  own: KnownRange;
  /** How a day of the earlier range becomes the one that is compared with it. */
  move: DayMove;
  /**
   * The bucket that a stored key (a day, or the start of an hour in epoch milliseconds) of the earlier range is compared with; null
   * where there is none.
   */
  find(key: string, granularity: Granularity): string | null;
  /** The stored hours that an hour is compared with; see `find`. */
  findHours(hour: string): readonly string[];
  /** The buckets that have something to be compared with: at least one day, or hour, of the earlier range. */
  comparable(granularity: Granularity): ReadonlySet<string>;
};

type Ranges = { own: KnownRange; compared: readonly KnownRange[]; comparison: Comparison; zone: string };

function dayMove({ own, compared, comparison, zone }: Ranges): DayMove {
  if (followsCalendar(comparison)) return { unit: 'year', count: 1 };
  const [first = own] = compared;
  const apart = countDays(daysOfRange(first, zone).from, daysOfRange(own, zone).from) - 1;
  return { unit: 'day', count: apart };
}

/** A day of the earlier range as the day that is compared with it. */
function dayFinder(ranges: Ranges): (day: string) => string | null {
  const { from, to } = daysOfRange(ranges.own, ranges.zone);
  const move = dayMove(ranges);
  return (day) => {
    const moved = moveDay(day, move);
    return moved >= from && moved <= to ? moved : null;
  };
}

const DAY_MS = 86_400_000;

/** Whether both ranges begin at the same time of the clock, or whole days apart: then their hours have the same names. */
function sameClock(own: number, compared: number, zone: string): boolean {
  const byClock = own + zoneOffset(zone, own) - compared - zoneOffset(zone, compared);
  return byClock % DAY_MS === 0 || (own - compared) % DAY_MS === 0;
}

type FindHour = (hour: number) => string | null;

/** Hours by the clock: an hour that the clock shows twice is compared in the first of the two. */
function findByClock(ranges: Ranges): FindHour {
  const { own, zone } = ranges;
  const findDay = dayFinder(ranges);
  const span = spanOfRange(own, zone);
  const clockHour = (start: number) => hourLabel(zone, start).slice(0, 13);
  const byClock = new Map<string, number>();
  for (const start of hourStarts(zone, span.from, span.to)) {
    const hour = clockHour(start);
    if (!byClock.has(hour)) byClock.set(hour, start);
  }
  return (start) => {
    const hour = clockHour(start);
    const day = findDay(hour.slice(0, 10));
    const found = day === null ? undefined : byClock.get(day + hour.slice(10));
    return found === undefined ? null : String(found);
  };
}

function hourFinder(ranges: Ranges): FindHour {
  const { own, zone } = ranges;
  const [first] = ranges.compared;
  if (first === undefined) return () => null;
  const [span, before] = [spanOfRange(own, zone), spanOfRange(first, zone)];
  if (sameClock(span.from, before.from, zone)) return findByClock(ranges);
  // Six hours are compared with the six before: by the time since the beginning, which may lie within an hour.
  const firstHour = hourStart(zone, before.from);
  return (start) => {
    const at = span.from + Math.max(0, start - before.from);
    return start >= firstHour && at < span.to ? String(hourStart(zone, at)) : null;
  };
}

/** All keys that a store may have of a range: its days, or the starts of its hours. */
function storedKeys(range: KnownRange, granularity: Granularity, zone: string): string[] {
  const { from, to } = spanOfRange(range, zone);
  if (granularity === 'hour') return hourStarts(zone, from, to).map(String);
  const days: string[] = [];
  for (let day = localDay(zone, from); day <= localDay(zone, to - 1); day = addDays(day, 1)) days.push(day);
  return days;
}

/** What `make` makes, made when it is first asked for. */
function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** Finds the counterparts of a range and the ranges that it is compared with; see {@link Counterparts}. */
export function findCounterparts(ranges: Ranges): Counterparts {
  const { own, compared, zone } = ranges;
  const findDay = dayFinder(ranges);
  const findHour = once(() => hourFinder(ranges));
  const find = (key: string, granularity: Granularity) => {
    if (granularity === 'hour') return findHour()(Number(key));
    const day = findDay(key);
    return day === null ? null : bucketStart(day, granularity);
  };
  const listKeys = (granularity: Granularity) =>
    compared.flatMap((range) => storedKeys(range, granularity, zone));
  const hours = once(() => Map.groupBy(listKeys('hour'), (hour) => find(hour, 'hour')));
  return {
    own,
    move: dayMove(ranges),
    find,
    findHours: (hour) => hours().get(hour) ?? [],
    comparable: (granularity) =>
      new Set(listKeys(granularity).flatMap((key) => find(key, granularity) ?? [])),
  };
}
