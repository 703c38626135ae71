/** Local days and hours of IANA time zones: a day has 23, 24 or 25 hours, and an hour may begin at a quarter past in UTC. */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Offsets change at most once in a UTC day, at a whole quarter of an hour (true of every zone since 1972). */
const STEP = 15 * MINUTE;

type ZoneCache = {
  format: Intl.DateTimeFormat;
  offsets: Map<number, number>;
  dayStarts: Map<string, number>;
};

const zones = new Map<string, ZoneCache>();

function zoneCache(zone: string): ZoneCache {
  let cache = zones.get(zone);
  if (cache === undefined) {
    const format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    cache = { format, offsets: new Map(), dayStarts: new Map() };
    zones.set(zone, cache);
  }
  return cache;
}

/** Whether the runtime knows this IANA zone. */
export function isTimeZone(zone: string): boolean {
  try {
    zoneCache(zone);
    return true;
  } catch {
    // Intl has no other way to say that it does not know a zone.
    return false;
  }
}

function computeOffset(format: Intl.DateTimeFormat, at: number): number {
  const field: Record<string, number> = {};
  for (const part of format.formatToParts(at)) field[part.type] = Number(part.value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = field;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000;
}

function offsetAtStep(cache: ZoneCache, step: number): number {
  let offset = cache.offsets.get(step);
  if (offset === undefined) {
    offset = computeOffset(cache.format, step * STEP);
    cache.offsets.set(step, offset);
  }
  return offset;
}

/** Milliseconds that the zone's clock is ahead of UTC at an instant (epoch milliseconds). */
export function zoneOffset(zone: string, at: number): number {
  const cache = zoneCache(zone);
  const first = Math.floor(at / DAY) * (DAY / STEP);
  const offset = offsetAtStep(cache, first);
  if (offset === offsetAtStep(cache, first + DAY / STEP)) return offset;
  return offsetAtStep(cache, Math.floor(at / STEP));
}

const dayTexts = new Map<number, string>();

function dayText(dayNumber: number): string {
  let text = dayTexts.get(dayNumber);
  if (text === undefined) {
    text = new Date(dayNumber * DAY).toISOString().slice(0, 10);
    dayTexts.set(dayNumber, text);
  }
  return text;
}

function dayNumber(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) / DAY;
}

/** The local day, `YYYY-MM-DD`, that an instant lies in. */
export function localDay(zone: string, at: number): string {
  return dayText(Math.floor((at + zoneOffset(zone, at)) / DAY));
}

/** First instant of a local day, epoch milliseconds; where the clock skips midnight that is 01:00. */
export function dayStart(zone: string, day: string): number {
  const { dayStarts } = zoneCache(zone);
  const known = dayStarts.get(day);
  if (known !== undefined) return known;
  const midnight = dayNumber(day) * DAY;
  // Local days never go backwards in time, so the first quarter of an hour of the day can be bisected.
  let before = Math.floor((midnight - 16 * HOUR) / STEP);
  let after = Math.ceil((midnight + 16 * HOUR) / STEP);
  while (after - before > 1) {
    const middle = (before + after) >> 1;
    if (localDay(zone, middle * STEP) < day) before = middle;
    else after = middle;
  }
  dayStarts.set(day, after * STEP);
  return after * STEP;
}

/** The instants `[from, to)` of a local day, epoch milliseconds. */
export function daySpan(zone: string, day: string): { from: number; to: number } {
  return { from: dayStart(zone, day), to: dayStart(zone, addDays(day, 1)) };
}

/**
 * The instant at which the clock of a zone shows a time, `2026-01-31T10:15`, epoch milliseconds; the first of two, and where the clock
 * skips it, as much later as it skips. Null for a text that is no such time.
 */
export function clockInstant(zone: string, text: string): number | null {
  const clock = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(text) ? Date.parse(`${text}Z`) : Number.NaN;
  if (Number.isNaN(clock) || new Date(clock).toISOString().slice(0, 16) !== text) return null;
  const [before, after] = [zoneOffset(zone, clock - DAY), zoneOffset(zone, clock + DAY)];
  const shows = (offset: number) => zoneOffset(zone, clock - offset) === offset;
  return clock - (shows(before) || !shows(after) ? before : after);
}

/**
 * Start of the local hour that an instant lies in, epoch milliseconds: in Kathmandu (+05:45) 05:15 UTC. An hour that
 * the clock passes twice gives two starts.
 */
export function hourStart(zone: string, at: number): number {
  const local = at + zoneOffset(zone, at);
  return at - (((local % HOUR) + HOUR) % HOUR);
}

/** Starts of all local hours that meet `[from, to)`, ascending, epoch milliseconds. */
export function hourStarts(zone: string, from: number, to: number): number[] {
  const starts: number[] = [];
  for (let at = from; at < to; ) {
    const start = hourStart(zone, at);
    if (start !== starts.at(-1)) starts.push(start);
    // Offsets change at most once a day: none that is the same at both ends of an hour has changed in between.
    const isWhole = zoneOffset(zone, start) === zoneOffset(zone, start + HOUR);
    at = isWhole ? start + HOUR : at + STEP;
  }
  return starts;
}

const pad = (value: number) => String(value).padStart(2, '0');

const offsetTexts = new Map<number, string>();

function offsetText(offset: number): string {
  let text = offsetTexts.get(offset);
  if (text === undefined) {
    const minutes = Math.round(Math.abs(offset) / MINUTE);
    text = `${offset < 0 ? '-' : '+'}${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
    offsetTexts.set(offset, text);
  }
  return text;
}

/** An instant as local ISO 8601 with its offset: `2026-10-25T02:00:00+02:00`. */
export function localIso(zone: string, at: number): string {
  const offset = zoneOffset(zone, at);
  return new Date(at + offset).toISOString().slice(0, 19) + offsetText(offset);
}

/**
 * Label of the hour that starts at `start`: local ISO 8601 with the offset that holds at the hour's end, since a
 * half-hour shift (Lord Howe Island) moves the clock inside an hour.
 */
export function hourLabel(zone: string, start: number): string {
  const offset = zoneOffset(zone, start + HOUR - 1);
  const local = start + offset;
  const day = Math.floor(local / DAY);
  const minutes = Math.floor((local - day * DAY) / MINUTE);
  // Written out: a chart has thousands, and a Date takes five times as long.
  return `${dayText(day)}T${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}:00${offsetText(offset)}`;
}

/** The day `count` days after (before, when negative) a day. */
export function addDays(day: string, count: number): string {
  return dayText(dayNumber(day) + count);
}

/** Number of days from `from` to `to`, both inclusive; 0 or less when `to` lies before `from`. */
export function countDays(from: string, to: string): number {
  return dayNumber(to) - dayNumber(from) + 1;
}

/** All days from `from` to `to`, both inclusive. */
export function listDays(from: string, to: string): string[] {
  return Array.from({ length: Math.max(0, countDays(from, to)) }, (_, index) => addDays(from, index));
}

/** Days on which weeks begin somewhere. */
export const WEEK_STARTS = ['monday', 'sunday', 'saturday'] as const;

export type WeekStart = (typeof WEEK_STARTS)[number];

/** How many days they lie after a Monday. */
const AFTER_MONDAY: Readonly<Record<WeekStart, number>> = { monday: 0, sunday: 6, saturday: 5 };

/** Whether a text names a day on which weeks can begin. */
export const isWeekStart = (text: unknown): text is WeekStart =>
  (WEEK_STARTS as readonly unknown[]).includes(text);

/** The first day of the week a day lies in: its Monday, unless weeks begin on another day. */
export function weekStart(day: string, first: WeekStart = 'monday'): string {
  // Day 0 of the epoch was a Thursday, three days after a Monday.
  return addDays(day, -((((dayNumber(day) + 3 - AFTER_MONDAY[first]) % 7) + 7) % 7));
}

/** The first day of the month a day lies in. */
export function monthStart(day: string): string {
  return `${day.slice(0, 8)}01`;
}

/** The first day of the month `count` months after (before, when negative) the month of a day. */
export function addMonths(day: string, count: number): string {
  const months = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + count;
  return `${String(Math.floor(months / 12)).padStart(4, '0')}-${pad((months % 12) + 1)}-01`;
}

/** Whether a text is a day of the calendar written `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}
