import { addDays, countDays, hourLabel, hourStart, hourStarts, localDay, zoneOffset } from '../zone.ts';
import { bucketStart, spanOfRange } from './bucket.ts';
import { followsCalendar, yearAfter } from './comparison.ts';
import { daysOfRange } from './date-range.ts';
import type { Comparison, Granularity, KnownRange } from './query.ts';

/**
 * The bucket of the range that a stored key (a day, or the start of an hour in epoch milliseconds) of the compared range is
 * compared with; null where there is none.
 */
export type FindCounterpart = (key: string, granularity: Granularity) => string | null;

type Ranges = { own: KnownRange; compared: readonly KnownRange[]; comparison: Comparison; zone: string };

/** A day of the compared range as the day of the own range that it is compared with. */
function ownDayFinder({ own, compared, comparison, zone }: Ranges): (day: string) => string | null {
  const bounds = daysOfRange(own, zone);
  const [first] = compared;
  if (first === undefined) return () => null;
  const apart = countDays(daysOfRange(first, zone).from, bounds.from) - 1;
  const move = followsCalendar(comparison) ? yearAfter : (day: string) => addDays(day, apart);
  return (day) => {
    const moved = move(day);
    return moved !== null && moved >= bounds.from && moved <= bounds.to ? moved : null;
  };
}

const clockTime = (zone: string, at: number) => (at + zoneOffset(zone, at)) % 86_400_000;

/** Whether both ranges begin at the same time of the clock, so that their hours have the same names. */
function sameClock(own: number, compared: number, zone: string): boolean {
  const change = zoneOffset(zone, own) - zoneOffset(zone, compared);
  const apart = clockTime(zone, own) - clockTime(zone, compared);
  return apart === 0 || apart === change;
}

/** Hours by the clock: an hour that the clock shows twice has its counterpart in the first of the two. */
function findByClock(ranges: Ranges): (hour: number) => string | null {
  const { own, zone } = ranges;
  const ownDay = ownDayFinder(ranges);
  const span = spanOfRange(own, zone);
  const clockHour = (start: number) => hourLabel(zone, start).slice(0, 13);
  const byClock = new Map<string, number>();
  for (const start of hourStarts(zone, span.from, span.to)) {
    const hour = clockHour(start);
    if (!byClock.has(hour)) byClock.set(hour, start);
  }
  return (start) => {
    const hour = clockHour(start);
    const day = ownDay(hour.slice(0, 10));
    const found = day === null ? undefined : byClock.get(day + hour.slice(10));
    return found === undefined ? null : String(found);
  };
}

function hourFinder(ranges: Ranges): (hour: number) => string | null {
  const { own, zone } = ranges;
  const [first] = ranges.compared;
  if (first === undefined) return () => null;
  const [span, before] = [spanOfRange(own, zone), spanOfRange(first, zone)];
  if (sameClock(span.from, before.from, zone)) return findByClock(ranges);
  // Six hours are compared with the six before: by the time since the beginning.
  return (start) => {
    const at = span.from + Math.max(0, start - before.from);
    return at < span.to ? String(hourStart(zone, at)) : null;
  };
}

/**
 * How the buckets of a comparison are found: a bucket is compared with the days of the earlier range that lie as far from its start
 * (a year before: with the same calendar days), whatever weeks or months they are in, and an hour with the hour that the clock
 * calls the same. Definition: definitions.md, "Comparisons".
 */
export function findCounterparts(ranges: Ranges): FindCounterpart {
  const ownDay = ownDayFinder(ranges);
  let ownHour: ((hour: number) => string | null) | undefined;
  return (key, granularity) => {
    if (granularity === 'hour') {
      ownHour ??= hourFinder(ranges);
      return ownHour(Number(key));
    }
    const day = ownDay(key);
    return day === null ? null : bucketStart(day, granularity);
  };
}

/** The buckets of a range that have something to be compared with: at least one day, or hour, of the compared range. */
export function comparableBuckets(ranges: Ranges, granularity: Granularity): ReadonlySet<string> {
  const find = findCounterparts(ranges);
  const keys = ranges.compared.flatMap((range) => storedKeys(range, granularity, ranges.zone));
  return new Set(keys.flatMap((key) => find(key, granularity) ?? []));
}

/** All keys that a store may have of a range: its days, or the starts of its hours. */
function storedKeys(range: KnownRange, granularity: Granularity, zone: string): string[] {
  const { from, to } = spanOfRange(range, zone);
  if (granularity === 'hour') return hourStarts(zone, from, to).map(String);
  const days: string[] = [];
  for (let day = localDay(zone, from); day <= localDay(zone, to - 1); day = addDays(day, 1)) days.push(day);
  return days;
}
