import type { Locale } from '#words/locale.ts';

/** A bucket's label of the API: a local day, or a local hour with its offset. */
export type BucketLabel = string;

// English days stand before their months, as in every country but one.
const TAGS: Readonly<Record<Locale, string>> = { en: 'en-GB', de: 'de-DE' };

// A label already is local time: formatting it as if it were UTC keeps the clock that it shows.
const at = (label: BucketLabel) => new Date(`${label.slice(0, 13)}${label.length > 10 ? ':00' : 'T00:00'}Z`);

/** The writers of days and times in a language. Instants are epoch milliseconds and need the zone whose clock is meant. */
export function datesIn(locale: Locale) {
  const tag = TAGS[locale];
  const local = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(tag, { ...options, timeZone: 'UTC' });
    return (label: BucketLabel): string => format.format(at(label));
  };
  const days = new Intl.DateTimeFormat(tag, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  });
  return {
    /** `3 Nov`. */
    dayAndMonth: local({ day: 'numeric', month: 'short' }),
    /** `3 November`. */
    longDay: local({ day: 'numeric', month: 'long' }),
    /** `Tue, 3 Nov 2026`. */
    fullDay: local({ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' }),
    /** `Nov`. */
    month: local({ month: 'short' }),
    /** `Nov 2026`. */
    monthAndYear: local({ month: 'short', year: 'numeric' }),
    /** `November 2026`. */
    fullMonth: local({ month: 'long', year: 'numeric' }),
    /** `10:00`, the hour of a bucket. */
    hour: (label: BucketLabel): string => label.slice(11, 16),
    /** A range of days: `3–9 Nov 2026`, `28 Oct – 3 Nov 2026`. */
    days: (from: string, to: string): string => days.formatRange(at(from), at(to)),
    /** `3 Nov 2026`, the day of an instant in a zone. */
    dayAt: (instant: number | Date, timeZone: string): string =>
      new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeZone }).format(instant),
    /** `3 Nov 2026, 10:03`, a zone's day and clock at an instant. */
    momentAt: (instant: number | Date, timeZone: string): string =>
      new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(instant),
    /** `10:03:12`, the clock of a zone at an instant. */
    clockAt: (instant: number, timeZone: string): string =>
      new Intl.DateTimeFormat(tag, { timeStyle: 'medium', timeZone }).format(instant),
  };
}
