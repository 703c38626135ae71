/** How numbers look: short on screen (`12.3k`), exact for hovering and screen readers (`12,314`). */

const LOCALE = 'en';
const exact = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 2 });

const STEPS = [
  { from: 1e9, suffix: 'B' },
  { from: 1e6, suffix: 'M' },
  { from: 1e3, suffix: 'k' },
] as const;

/** `1234` → `1,234`. */
export const exactNumber = (value: number): string => exact.format(value);

/** `950` → `950`, `12314` → `12.3k`, `1250000` → `1.25M`: three figures, cut rather than rounded up to a number not reached. */
export function shortCount(value: number): string {
  const step = STEPS.find(({ from }) => Math.abs(value) >= from);
  if (step === undefined) return exactNumber(value);
  const scaled = value / step.from;
  const places = Math.abs(scaled) < 10 ? 2 : Math.abs(scaled) < 100 ? 1 : 0;
  const power = 10 ** places;
  return `${exactNumber(Math.trunc(scaled * power) / power)}${step.suffix}`;
}

/** Seconds as `45s`, `2m 05s`, `1h 02m`. */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  const pad = (value: number) => String(value).padStart(2, '0');
  if (whole < 60) return `${whole}s`;
  if (whole < 3600) return `${Math.floor(whole / 60)}m ${pad(whole % 60)}s`;
  return `${Math.floor(whole / 3600)}h ${pad(Math.floor((whole % 3600) / 60))}m`;
}

const NOTHING = '–';

type Writer = (value: number) => string;

const twoPlaces: Writer = (value) => value.toFixed(2);
const percent: Writer = (value) => `${exactNumber(value)}%`;

/** `125` → `2 minutes 5 seconds`. */
function spokenDuration(seconds: number): string {
  const parts = [
    [Math.floor(seconds / 3600), 'hour'],
    [Math.floor((seconds % 3600) / 60), 'minute'],
    [Math.round(seconds % 60), 'second'],
  ] as const;
  const said = parts
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}${count === 1 ? '' : 's'}`);
  return said.length === 0 ? '0 seconds' : said.join(' ');
}

/** Units that metrics have (`METRICS` of core): how a value of each is written on screen and in full, and how it is said. */
const UNITS = {
  count: { short: shortCount, exact: exactNumber },
  ratio: { short: twoPlaces, exact: twoPlaces },
  percent: { short: percent, exact: percent },
  seconds: { short: duration, exact: duration, spoken: spokenDuration },
} as const satisfies Record<string, Record<'short' | 'exact', Writer> & { spoken?: Writer }>;

export type Unit = keyof typeof UNITS;

/** A metric's value for the screen; a dash where there was nothing to divide by. */
export function shortValue(value: number | null, unit: Unit): string {
  return value === null ? NOTHING : UNITS[unit].short(value);
}

/** A metric's value in full. */
export function exactValue(value: number | null, unit: Unit): string {
  return value === null ? NOTHING : UNITS[unit].exact(value);
}

/** A metric's value for screen readers. */
export function spokenValue(value: number | null, unit: Unit): string {
  if (value === null) return 'no data';
  const writers: Record<'short' | 'exact', Writer> & { spoken?: Writer } = UNITS[unit];
  return (writers.spoken ?? writers.exact)(value);
}
