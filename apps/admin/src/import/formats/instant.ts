import { readInstant } from '@footfall/core/instant';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
/** As Apache and nginx write it; HAProxy leaves the zone out, and it is UTC then. */
const LOG_TIME = /^(\d{2})\/([A-Z][a-z]{2})\/(\d{4}):(\d{2}:\d{2}:\d{2}(?:\.\d+)?)(?: ([+-]\d{4}))?$/;
/** As HTTP has it, `Sat, 10 Oct 2026 11:55:36 GMT`. */
const HTTP_TIME = /^[A-Z][a-z]{2}, (\d{2}) ([A-Z][a-z]{2}) (\d{4}) (\d{2}:\d{2}:\d{2}) (?:GMT|UTC)$/;
/** Behind a blank, as databases write it. */
const ZONE_APART = / (?=(?:z|[+-]\d{2}(?::?\d{2})?)$)/i;

/** A time with the name of its month, `10/Oct/2026:13:55:36 +0200`; null where the calendar or the clock does not have it. */
function logInstant(text: string): number | null {
  const parts = LOG_TIME.exec(text) ?? HTTP_TIME.exec(text);
  const [, day = '', month = '', year = '', clock = '', zone = 'Z'] = parts ?? [];
  const index = MONTHS.indexOf(month);
  if (index === -1) return null;
  return readInstant(`${year}-${String(index + 1).padStart(2, '0')}-${day}T${clock}${zone}`)?.at ?? null;
}

/** ISO 8601, and what databases make of it: a blank for the T, a zone apart or by its name; without one it is UTC. */
function isoInstant(text: string): number | null {
  return readInstant(text.replace(/UTC$/i, 'Z').replace(ZONE_APART, ''))?.at ?? null;
}

/** Before March 1973 nothing was counted: a smaller number is of something else, such as how long a request took. */
const LEAST = 1e8;

/** Numbers up to the year 5138 in seconds are seconds, then milliseconds, microseconds, nanoseconds. */
function numberInstant(value: number): number | null {
  if (!Number.isFinite(value) || value < LEAST) return null;
  const [, divisor = 1] = [
    [1e11, 0.001],
    [1e14, 1],
    [1e17, 1_000],
    [Number.POSITIVE_INFINITY, 1_000_000],
  ].find(([below = 0]) => value < below) ?? [0, 1];
  return Math.round(value / divisor);
}

/** Epoch milliseconds of a time as logs and databases write it, text or number of whatever unit; null when it is none. */
export function parseImportInstant(value: unknown): number | null {
  if (typeof value === 'number') return numberInstant(value);
  if (typeof value !== 'string') return null;
  const text = value.trim();
  // As a number it would be of the first year of all.
  if (/^\d{8}$/.test(text)) return isoInstant(text);
  if (/^\d{1,20}(\.\d+)?$/.test(text)) return numberInstant(Number(text));
  return isoInstant(text) ?? logInstant(text);
}
