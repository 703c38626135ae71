import type { Locale } from '#words/locale.ts';

/** How numbers look: short on screen (`12.3k`), exact for hovering and screen readers (`12,314`). */

type Style = {
  /** Steps of short counts, the largest first. */
  steps: readonly { from: number; suffix: string }[];
  /** Hours, minutes and seconds of a duration, and what stands between a number and its unit. */
  duration: { h: string; m: string; s: string; gap: string };
};

// Without a break between number and unit.
const NBSP = '\u00a0';

// Intl's own compact form writes German thousands out, and durations by Intl.DurationFormat have no padded seconds.
const STYLES: Readonly<Record<Locale, Style>> = {
  en: {
    steps: [
      { from: 1e9, suffix: 'B' },
      { from: 1e6, suffix: 'M' },
      { from: 1e3, suffix: 'k' },
    ],
    duration: { h: 'h', m: 'm', s: 's', gap: '' },
  },
  de: {
    steps: [
      { from: 1e9, suffix: `${NBSP}Mrd.` },
      { from: 1e6, suffix: `${NBSP}Mio.` },
      { from: 1e3, suffix: `${NBSP}Tsd.` },
    ],
    duration: { h: 'h', m: 'min', s: 's', gap: NBSP },
  },
};

const NOTHING = '–';

const pad = (value: number) => String(value).padStart(2, '0');

/** Counts, cut to three figures rather than rounded up to a number that was not reached. */
function shortWriter({ steps }: Style, exact: (value: number) => string) {
  return (value: number): string => {
    const step = steps.find(({ from }) => Math.abs(value) >= from);
    if (step === undefined) return exact(value);
    const scaled = value / step.from;
    const places = Math.abs(scaled) < 10 ? 2 : Math.abs(scaled) < 100 ? 1 : 0;
    const power = 10 ** places;
    return `${exact(Math.trunc(scaled * power) / power)}${step.suffix}`;
  };
}

function durationWriter({ duration: { h, m, s, gap } }: Style) {
  return (seconds: number): string => {
    const whole = Math.round(seconds);
    if (whole < 60) return `${whole}${gap}${s}`;
    if (whole < 3600) return `${Math.floor(whole / 60)}${gap}${m} ${pad(whole % 60)}${gap}${s}`;
    return `${Math.floor(whole / 3600)}${gap}${h} ${pad(Math.floor((whole % 3600) / 60))}${gap}${m}`;
  };
}

/** Durations in whole words, for screen readers: `2 minutes 5 seconds`. */
function spokenDurationWriter(locale: Locale) {
  const inWords = (unit: 'hour' | 'minute' | 'second') =>
    new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' });
  const [hours, minutes, seconds] = [inWords('hour'), inWords('minute'), inWords('second')];
  return (value: number): string => {
    const whole = Math.round(value);
    const parts = [
      { count: Math.floor(whole / 3600), unit: hours },
      { count: Math.floor((whole % 3600) / 60), unit: minutes },
      { count: whole % 60, unit: seconds },
    ].filter(({ count }) => count > 0);
    return parts.length === 0
      ? seconds.format(0)
      : parts.map(({ count, unit }) => unit.format(count)).join(' ');
  };
}

/** Units that metrics have (`METRICS` of core), but money, which needs its currency. */
export type Unit = 'count' | 'ratio' | 'percent' | 'seconds';

type Writer = (value: number) => string;

/** How a value of each unit is written on screen and in full, and how it is spoken where that differs. */
type UnitWriters = Readonly<Record<Unit, { short: Writer; exact: Writer; spoken?: Writer }>>;

/** The digits that a currency has after the point, as its countries write it. */
const currencyDigits = (currency: string): number =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;

/** The writers of numbers in a language. */
export function numbersIn(locale: Locale) {
  const style = STYLES[locale];
  const decimal = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
  const twoPlaces = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const onePlace = new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: 'percent',
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });
  const percents = new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: 'percent',
    maximumFractionDigits: 2,
  });
  // What disks are sold by.
  const inUnit = (unit: 'megabyte' | 'gigabyte', maximumFractionDigits: number) =>
    new Intl.NumberFormat(locale, { style: 'unit', unit, maximumFractionDigits });
  const [megabytes, gigabytes] = [inUnit('megabyte', 0), inUnit('gigabyte', 1)];
  const exact: Writer = (value) => decimal.format(value);
  const short = shortWriter(style, exact);
  const duration = durationWriter(style);
  const ratio: Writer = (value) => twoPlaces.format(value);
  const percent: Writer = (value) => percents.format(value);
  const units: UnitWriters = {
    count: { short, exact },
    ratio: { short: ratio, exact: ratio },
    percent: { short: percent, exact: percent },
    seconds: { short: duration, exact: duration, spoken: spokenDurationWriter(locale) },
  };
  /** A whole number of a currency's smallest unit as money: `1900` → `€19`, `1950` → `€19.50`. */
  const price = (amount: number, currency: string): string => {
    const digits = currencyDigits(currency);
    const whole = amount / 10 ** digits;
    return new Intl.NumberFormat(locale, {
      style: 'currency',
      currency,
      minimumFractionDigits: Number.isInteger(whole) ? 0 : digits,
    }).format(whole);
  };
  return {
    price,
    /** The same with all its places, as on invoices: `1900` → `€19.00`. */
    fullPrice: (amount: number, currency: string): string =>
      new Intl.NumberFormat(locale, { style: 'currency', currency }).format(
        amount / 10 ** currencyDigits(currency),
      ),
    /** `12314` → `12,314`. */
    exactNumber: exact,
    /** `950` → `950`, `12314` → `12.3k`, `1250000` → `1.25M`. */
    shortCount: short,
    /** `48` → `48%`; the value is percent already. */
    percent,
    /** `48` → `48.0%`, where shares stand under each other. */
    share: (value: number): string => onePlace.format(value),
    /** Bytes as `350 MB`, `12.3 GB`. */
    bytes: (value: number): string =>
      Math.abs(value) < 1e9 ? megabytes.format(value / 1e6) : gigabytes.format(value / 1e9),
    /** Seconds as `45s`, `2m 05s`, `1h 02m`. */
    duration,
    /** A metric's value for the screen; a dash where there was nothing to divide by. */
    shortValue: (value: number | null, unit: Unit): string =>
      value === null ? NOTHING : units[unit].short(value),
    /** A metric's value in full. */
    exactValue: (value: number | null, unit: Unit): string =>
      value === null ? NOTHING : units[unit].exact(value),
    /** A metric's value for screen readers. */
    spokenValue: (value: number, unit: Unit): string => (units[unit].spoken ?? units[unit].exact)(value),
    /** A decimal text of the API (`1234.5`) as money, exact: no digit that the currency does not have is made up or lost. */
    money: (amount: string, currency: string): string => {
      const places = amount.split('.')[1]?.length ?? 0;
      const most = Math.max(places, currencyDigits(currency));
      const writer = new Intl.NumberFormat(locale, {
        style: 'currency',
        currency,
        maximumFractionDigits: most,
      });
      return writer.format(amount as `${number}`);
    },
  };
}
