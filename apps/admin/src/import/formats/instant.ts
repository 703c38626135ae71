import { readInstant } from '@footfall/core/instant';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const LOG_TIME = /^(\d{2})\/([A-Z][a-z]{2})\/(\d{4}):(\d{2}):(\d{2}):(\d{2})(?:\.\d+)? ([+-])(\d{2})(\d{2})$/;
/** Behind a blank, as databases write it. */
const ZONE_APART = / (?=(?:z|[+-]\d{2}(?::?\d{2})?)$)/i;
const MINUTE = 60_000;

/** A time as Apache and nginx write it, `10/Oct/2026:13:55:36 +0200`. */
function logInstant(text: string): number | null {
  const [, day, month = '', year, hour, minute, second, sign, hours, minutes] = LOG_TIME.exec(text) ?? [];
  const index = MONTHS.indexOf(month);
  if (index === -1) return null;
  const at = Date.UTC(Number(year), index, Number(day), Number(hour), Number(minute), Number(second));
  const offset = (Number(hours) * 60 + Number(minutes)) * MINUTE;
  return sign === '-' ? at + offset : at - offset;
}

/** ISO 8601, and what databases make of it: a blank for the T, a zone apart or by its name; without one it is UTC. */
function isoInstant(text: string): number | null {
  return readInstant(text.replace(/UTC$/i, 'Z').replace(ZONE_APART, ''))?.at ?? null;
}

/** Numbers up to the year 5138 in seconds are seconds, then milliseconds, microseconds, nanoseconds. */
function numberInstant(value: number): number | null {
  if (!Number.isFinite(value) || value <= 0) return null;
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
  if (/^\d{8}$/.test(text)) return isoInstant(text) ?? numberInstant(Number(text));
  if (/^\d{1,20}(\.\d+)?$/.test(text)) return numberInstant(Number(text));
  return isoInstant(text) ?? logInstant(text);
}
