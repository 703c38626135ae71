import { PAGEVIEW } from '@footfall/core/event-name';
import type { ImportedDimension, ImportedPart } from '@footfall/core/imported';
import { ROLL_UP_ALL } from '@footfall/core/roll-up';
import { DIRECT } from '@footfall/core/source';
import { addDays } from '@footfall/core/zone';
import type { Row } from '../formats/event-row.ts';
import { plainText } from '../formats/plain-text.ts';
import { parseCount, parseDay, type TotalRule } from './totals.ts';

/** Names of countries in English, as GA4 writes them, by their code. */
function countryCodes(): Map<string, string> {
  const names = new Intl.DisplayNames('en', { type: 'region' });
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  const codes = letters.flatMap((one) => letters.map((other) => one + other));
  const known = codes.flatMap((code) => {
    const name = names.of(code);
    // A former code has the name of the one in force.
    const { region = code } = new Intl.Locale(`und-${code}`);
    return name === undefined || name === code ? [] : [[name.toLowerCase(), region] as const];
  });
  return new Map(known);
}

const COUNTRIES = countryCodes();
const UNSET = /^\((?:not set|none|not provided|data not available)\)$/;

type Read = (text: string) => string;
const plain: Read = (text) => (UNSET.test(text) ? '' : text);
const source: Read = (text) => (text === '(direct)' ? DIRECT : plain(text));
const country: Read = (text) => COUNTRIES.get(text.toLowerCase()) ?? plain(text);
const device: Read = (text) => (text === 'smart tv' ? 'TV' : text.charAt(0).toUpperCase() + text.slice(1));
const path: Read = (text) => (text.startsWith('/') ? text.split(/[?#]/, 1)[0] || '/' : plain(text));
const system: Read = (text) => ({ Macintosh: 'macOS', 'Chrome OS': 'ChromeOS' })[text] ?? plain(text);

/** Columns of GA4's reports that are dimensions of ours, in lower case. */
const DIMENSIONS: Readonly<Record<string, { dimension: ImportedDimension; read: Read }>> = {
  'session source': { dimension: 'visit:source', read: source },
  source: { dimension: 'visit:source', read: source },
  'session medium': { dimension: 'visit:utm_medium', read: plain },
  medium: { dimension: 'visit:utm_medium', read: plain },
  'session campaign': { dimension: 'visit:utm_campaign', read: plain },
  campaign: { dimension: 'visit:utm_campaign', read: plain },
  'session primary channel group (default channel group)': { dimension: 'visit:channel', read: plain },
  'session default channel group': { dimension: 'visit:channel', read: plain },
  'default channel group': { dimension: 'visit:channel', read: plain },
  'page path and screen class': { dimension: 'event:page', read: path },
  'page path': { dimension: 'event:page', read: path },
  'landing page': { dimension: 'visit:entry_page', read: path },
  'landing page + query string': { dimension: 'visit:entry_page', read: path },
  hostname: { dimension: 'event:hostname', read: plain },
  'event name': {
    dimension: 'event:name',
    read: (text) => (text === 'page_view' ? PAGEVIEW : plain(text)),
  },
  country: { dimension: 'visit:country', read: country },
  region: { dimension: 'visit:region', read: plain },
  city: { dimension: 'visit:city', read: plain },
  language: { dimension: 'visit:language', read: plain },
  browser: { dimension: 'visit:browser', read: plain },
  'operating system': { dimension: 'visit:os', read: system },
  'device category': { dimension: 'visit:device', read: device },
};

/** Columns of GA4's reports that are parts of ours, the first that is there. */
const PARTS: Readonly<Partial<Record<ImportedPart, readonly string[]>>> = {
  visitors: ['total users', 'users', 'active users'],
  visits: ['sessions'],
  pageviews: ['views', 'screen page views', 'pageviews'],
  events: ['event count'],
  bounces: ['bounces (computed)'],
  durationMs: ['duration in ms (computed)'],
};

/** The rules of a table with these columns (in lower case): by each dimension that it has, or of whole days when it has none. */
export function ga4Rules(columns: readonly string[]): TotalRule[] {
  const parts = Object.fromEntries(
    Object.entries(PARTS).flatMap(([part, names]) => {
      const name = names.find((one) => columns.includes(one));
      return name === undefined ? [] : [[part, name]];
    }),
  );
  const known = columns.flatMap((column) => {
    const found = Object.hasOwn(DIMENSIONS, column) ? DIMENSIONS[column] : undefined;
    return found === undefined
      ? []
      : [{ dimension: found.dimension, value: { column, read: found.read }, parts }];
  });
  if (known.length > 0) return known;
  return [{ dimension: ROLL_UP_ALL, value: { always: ROLL_UP_ALL }, parts }];
}

/** Columns of time other than days. */
const OTHER_TIMES =
  /^(?:nth )?(?:minute|hour|week|month|year)$|^(?:date \+ hour|day of week|day|iso (?:week|year)|year month)\b/;

/** Whether a column (in lower case) divides days, or puts them together. */
export function isOtherTime(column: string): boolean {
  return OTHER_TIMES.test(column);
}

/** Whether a row has nothing but numbers besides its day: it is of the day as a whole. */
export function isAllNumbers(row: Row): boolean {
  return Object.entries(row).every(
    ([name, value]) => name === 'date' || /^-?[\d.,]*%?$/.test(plainText(value)),
  );
}

/** Bounces and durations are shares and means in GA4's reports: a row with the sums that they were made of. */
export function withSums(row: Row): Row {
  const visits = parseCount(row.sessions);
  if (visits === null) return row;
  const [engaged, rate, mean] = [
    row['engaged sessions'],
    row['bounce rate'],
    row['average session duration'],
  ];
  const share = rate === undefined ? null : parseCount(plainText(rate).replace('%', ''));
  const sums: Record<string, number> = {};
  if (engaged !== undefined)
    sums['bounces (computed)'] = Math.max(0, visits - (parseCount(engaged) ?? visits));
  else if (share !== null)
    sums['bounces (computed)'] = Math.round(visits * (plainText(rate).includes('%') ? share / 100 : share));
  if (mean !== undefined)
    sums['duration in ms (computed)'] = Math.round(visits * (parseCount(mean) ?? 0) * 1_000);
  return { ...row, ...sums };
}

/** The columns that {@link withSums} adds to a table that has these. */
export function computedColumns(columns: readonly string[]): string[] {
  if (!columns.includes('sessions')) return [];
  const has = (name: string) => columns.includes(name);
  return [
    ...(has('engaged sessions') || has('bounce rate') ? ['bounces (computed)'] : []),
    ...(has('average session duration') ? ['duration in ms (computed)'] : []),
  ];
}

/** The days that a report says it is of, by its comments. */
export type ReportSpan = { start: string | null; end: string | null };

/** What a comment says of the days; the span as it was when it says nothing. */
export function spanOfComment(line: string, span: ReportSpan): ReportSpan {
  const [, which, day] = /^#\s*(start|end) date:\s*(\d{8})/i.exec(line) ?? [];
  if (which === undefined) return span;
  return which.toLowerCase() === 'start'
    ? { ...span, start: parseDay(day) }
    : { ...span, end: parseDay(day) };
}

/** The day of a row: its own, the nth of the report, or that of a report of one day; null when it has none. */
export function ga4Day(row: Row, { start, end }: ReportSpan): string | null {
  if (row.date !== undefined) return parseDay(row.date);
  const nth = row['nth day'];
  if (nth !== undefined) {
    const count = parseCount(nth);
    return start === null || count === null || count > 100_000 ? null : addDays(start, count);
  }
  return start !== null && start === end ? start : null;
}

/** Whether a file begins as GA4's reports do. */
export function isGa4Report(lines: readonly string[]): boolean {
  return (
    lines[0]?.startsWith('#') === true &&
    lines.some((line) => /^#\s*(start date|property|account):/i.test(line))
  );
}
