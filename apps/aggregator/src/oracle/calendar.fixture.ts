/** Local days and hours by the platform's own calendar, asked anew for each minute; nothing is computed. */

export type Moment = { day: string; hour: string };

const formats = new Map<string, Intl.DateTimeFormat>();
const known = new Map<string, Moment>();
const MINUTE = 60_000;

function zoneFormat(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      timeZoneName: 'longOffset',
    });
    formats.set(zone, format);
  }
  return format;
}

/** The local day of an instant, and its hour as ISO 8601 with offset. */
export function localMoment(zone: string, at: number): Moment {
  const minute = Math.floor(at / MINUTE) * MINUTE;
  const key = `${zone} ${minute}`;
  let moment = known.get(key);
  if (moment === undefined) {
    const parts = Object.fromEntries(
      zoneFormat(zone)
        .formatToParts(minute)
        .map(({ type, value }) => [type, value]),
    );
    const day = `${parts.year}-${parts.month}-${parts.day}`;
    const offset = (parts.timeZoneName ?? '').replace('GMT', '') || '+00:00';
    moment = { day, hour: `${day}T${parts.hour}:00:00${offset}` };
    known.set(key, moment);
  }
  return moment;
}

const DAY_MS = 86_400_000;
const number = (day: string) => Date.parse(`${day}T00:00:00Z`) / DAY_MS;

/** The day so many days later. */
export function later(day: string, days: number): string {
  return new Date((number(day) + days) * DAY_MS).toISOString().slice(0, 10);
}

/** Every day from one to another, both included. */
export function daysBetween(from: string, to: string): string[] {
  const days: string[] = [];
  for (let day = from; day <= to; day = later(day, 1)) days.push(day);
  return days;
}

export function mondayBefore(day: string): string {
  let monday = day;
  while (new Date(`${monday}T00:00:00Z`).getUTCDay() !== 1) monday = later(monday, -1);
  return monday;
}

export type Range =
  | { kind: 'days'; from: string; to: string }
  | { kind: 'instants'; from: number; to: number };

/** `date_range` of two days, or of two instants, the second left out. */
export function parseRange([from, to]: readonly [string, string]): Range {
  if (from.length === 10) return { kind: 'days', from, to };
  return { kind: 'instants', from: Date.parse(from), to: Date.parse(to) };
}

export function isWithin(range: Range, zone: string, at: number): boolean {
  if (range.kind === 'instants') return at >= range.from && at < range.to;
  const { day } = localMoment(zone, at);
  return day >= range.from && day <= range.to;
}

/** The bucket of a time dimension that an instant lies in. */
export type BucketAt = (granularity: string, zone: string, at: number) => string;

function bucketOfDay(granularity: string, day: string): string {
  if (granularity === 'week') return mondayBefore(day);
  return granularity === 'month' ? `${day.slice(0, 7)}-01` : day;
}

export const bucketAt: BucketAt = (granularity, zone, at) => {
  const { day, hour } = localMoment(zone, at);
  return granularity === 'hour' ? hour : bucketOfDay(granularity, day);
};

function sameClock(at: number, other: number, zone: string): boolean {
  if ((at - other) % DAY_MS === 0) return true;
  const [clock, otherClock] = [at, other].map((one) => {
    const { hour } = localMoment(zone, one);
    return (one + Date.parse(`${hour.slice(0, 19)}Z`) - Date.parse(hour)) % DAY_MS;
  });
  return clock === otherClock;
}

/** "A bucket of the range is compared with the days of the earlier range that lie as far from its start; hours with the same clock hour." */
export function comparedBucketAt(own: Range, earlier: Range, zone: string): BucketAt {
  const [first, firstEarlier] = [own, earlier].map((range) =>
    range.kind === 'days' ? range.from : localMoment(zone, range.from).day,
  ) as [string, string];
  const apart = daysBetween(firstEarlier, first).length - 1;
  const hours = listBuckets('hour', zone, own);
  return (granularity, _zone, at) => {
    const { day, hour } = localMoment(zone, at);
    if (granularity !== 'hour') return bucketOfDay(granularity, later(day, apart));
    if (own.kind === 'instants' && earlier.kind === 'instants' && !sameClock(own.from, earlier.from, zone)) {
      const start = Date.parse(hour);
      if (start < Date.parse(localMoment(zone, earlier.from).hour)) return '';
      return bucketAt('hour', zone, own.from + Math.max(0, start - earlier.from));
    }
    const name = later(day, apart) + hour.slice(10, 13);
    return hours.find((one) => one.startsWith(name)) ?? '';
  };
}

/** All buckets of a range in their order. */
export function listBuckets(
  granularity: string,
  zone: string,
  range: Range,
  bucketOf: BucketAt = bucketAt,
): string[] {
  const [from, to] =
    range.kind === 'instants'
      ? [range.from, range.to]
      : [Date.parse(`${range.from}T00:00:00Z`) - DAY_MS, Date.parse(`${range.to}T00:00:00Z`) + 2 * DAY_MS];
  const buckets = new Set<string>();
  for (let at = from; at < to; at += 15 * MINUTE)
    if (isWithin(range, zone, at)) buckets.add(bucketOf(granularity, zone, at));
  // A range may end a second into its last hour.
  if (isWithin(range, zone, to - 1)) buckets.add(bucketOf(granularity, zone, to - 1));
  return [...buckets];
}

/** The range of the same length that ends where this one begins. */
export function before(range: Range): Range {
  if (range.kind === 'instants')
    return { ...range, from: range.from - (range.to - range.from), to: range.from };
  const days = daysBetween(range.from, range.to).length;
  return { ...range, from: later(range.from, -days), to: later(range.from, -1) };
}
