import type { Span } from '../event-store.ts';

export const DAY_MS = 86_400_000;
/** As far as JavaScript's dates go, in days. */
const FARTHEST = 100_000_000;

/** The UTC day of an instant, counted from 1970. */
export const utcDay = (at: number): number => Math.floor(at / DAY_MS);

/** A span in whole milliseconds, as events are found by, and no wider than time itself. */
export function wholeSpan({ from, to }: Span): Span {
  const farthest = FARTHEST * DAY_MS;
  const whole = (at: number) => Math.min(Math.max(Math.ceil(at), -farthest), farthest);
  return { from: whole(from), to: whole(to) };
}

/** The first and the last day that a span meets. */
export function utcDays({ from, to }: Span): { first: number; last: number } {
  return { first: utcDay(from), last: utcDay(to - 1) };
}

/** Whether a span has all of a day. */
export const covers = ({ from, to }: Span, day: number): boolean =>
  day * DAY_MS >= from && (day + 1) * DAY_MS <= to;
