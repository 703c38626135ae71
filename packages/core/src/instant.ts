/** What a date of the language can be. */
const MAX = 8.64e15;
const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/**
 * ISO 8601, each part with its separators (extended) or without (basic): a day; hours, with minutes, with seconds, with a fraction behind
 * a point or a comma; a zone. A blank may stand for the T, as databases write it.
 */
const ISO =
  /^(\d{4})(?:-(\d{2})-(\d{2})|(\d{2})(\d{2}))(?:[Tt ](\d{2})(?::?(\d{2})(?::?(\d{2})(?:[.,](\d+))?)?)?(?:([Zz])|([+\-\u2212])(\d{2})(?::?(\d{2}))?)?)?$/;

/** A point in time as a text says it. */
export type Instant = {
  /** Epoch milliseconds; what says no zone is in UTC. */
  at: number;
  isZoned: boolean;
  /** The text is a day alone. */
  isDay: boolean;
  /** The second that it is written with; undefined where it has none, or a part of one. */
  second: number | undefined;
};

/** Epoch milliseconds of the begin of a day in UTC; undefined where the calendar does not have it. */
function dayStart(year: number, month: number, day: number): number | undefined {
  // `Date.UTC` takes the first hundred years for those of the last century.
  const at = new Date(0).setUTCFullYear(year, month - 1, day);
  const found = new Date(at);
  return found.getUTCMonth() === month - 1 && found.getUTCDate() === day ? at : undefined;
}

/** Milliseconds of a clock's time since midnight; undefined where no clock shows it. `24:00` is the end of the day, `:60` a leap second. */
function clockTime(hour: number, minute: number, second: number, fraction: string): number | undefined {
  const ms = Number(fraction.slice(0, 3).padEnd(3, '0'));
  const isEnd = hour === 24 && minute === 0 && second === 0 && ms === 0;
  if (minute > 59 || second > 60 || (hour > 23 && !isEnd)) return undefined;
  return (hour * 60 + minute) * MINUTE + second * SECOND + ms;
}

/** Milliseconds that a zone's clock is ahead of UTC; undefined where there is no such offset. */
function zoneOffset(sign: string, hours: number, minutes: number): number | undefined {
  if (hours > 23 || minutes > 59) return undefined;
  const ahead = (hours * 60 + minutes) * MINUTE;
  return sign === '+' ? ahead : -ahead;
}

/**
 * Reads ISO 8601 as senders write it: `2026-01-31`, `2026-01-31T10:15:00Z`, `2026-01-31 10:15+01`, `20260131t101500,5+0100`. A leap second
 * is the next second. Undefined where the text is none.
 */
export function readInstant(text: string): Instant | undefined {
  const parts = ISO.exec(text);
  if (parts === null) return undefined;
  const [, year, month = parts[4], day = parts[5], , , hour, minute = '0', second, fraction = ''] = parts;
  const start = dayStart(Number(year), Number(month), Number(day));
  const clock = clockTime(Number(hour ?? 0), Number(minute), Number(second ?? 0), fraction);
  const ahead = zoneOffset(parts[11] ?? '+', Number(parts[12] ?? 0), Number(parts[13] ?? 0));
  if (start === undefined || clock === undefined || ahead === undefined) return undefined;
  return {
    at: start + clock - ahead,
    isZoned: parts[10] !== undefined || parts[11] !== undefined,
    isDay: hour === undefined,
    second: second === undefined || fraction !== '' ? undefined : Number(second),
  };
}

/** Epoch milliseconds of a number, or of ISO 8601 text with or without a zone (without: UTC); undefined of anything else. */
export function parseInstant(value: unknown): number | undefined {
  if (typeof value === 'number') return Math.abs(value) < MAX ? Math.round(value) : undefined;
  return typeof value === 'string' ? readInstant(value)?.at : undefined;
}
