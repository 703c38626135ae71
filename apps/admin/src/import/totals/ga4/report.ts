import type { ImportedDimension, ImportedPart, ImportedTotal } from '@footfall/core/imported';
import { ROLL_UP_ALL } from '@footfall/core/roll-up';
import { addDays } from '@footfall/core/zone';
import type { Row } from '../../formats/event-row.ts';
import { parseDay, readTotals, rulesFor, type TotalRule } from '../totals.ts';
import { GA4_LANGUAGES, type Ga4Heading, type Ga4Language, isTotalWord, readHeading } from './languages.ts';
import type { Ga4Column } from './names.ts';
import { parseGa4Count, parseGa4Mean } from './number.ts';
import { READ_VALUE, type ReadValue } from './values.ts';

/** Columns that are dimensions of ours. */
export const DIMENSIONS = {
  source: [{ dimension: 'visit:source', read: READ_VALUE.source }],
  medium: [{ dimension: 'visit:utm_medium', read: READ_VALUE.plain }],
  sourceMedium: [
    { dimension: 'visit:source', read: READ_VALUE.sourceInPair },
    { dimension: 'visit:utm_medium', read: READ_VALUE.mediumInPair },
  ],
  campaign: [{ dimension: 'visit:utm_campaign', read: READ_VALUE.plain }],
  term: [{ dimension: 'visit:utm_term', read: READ_VALUE.plain }],
  content: [{ dimension: 'visit:utm_content', read: READ_VALUE.plain }],
  channel: [{ dimension: 'visit:channel', read: READ_VALUE.plain }],
  page: [{ dimension: 'event:page', read: READ_VALUE.path }],
  landingPage: [{ dimension: 'visit:entry_page', read: READ_VALUE.path }],
  hostname: [{ dimension: 'event:hostname', read: READ_VALUE.plain }],
  eventName: [{ dimension: 'event:name', read: READ_VALUE.eventName }],
  country: [{ dimension: 'visit:country', read: READ_VALUE.country }],
  region: [{ dimension: 'visit:region', read: READ_VALUE.plain }],
  city: [{ dimension: 'visit:city', read: READ_VALUE.plain }],
  language: [{ dimension: 'visit:language', read: READ_VALUE.language }],
  browser: [{ dimension: 'visit:browser', read: READ_VALUE.plain }],
  system: [{ dimension: 'visit:os', read: READ_VALUE.system }],
  device: [{ dimension: 'visit:device', read: READ_VALUE.device }],
} as const satisfies Partial<Record<Ga4Column, readonly { dimension: ImportedDimension; read: ReadValue }[]>>;

const dimensionRules = (column: Ga4Column) =>
  column in DIMENSIONS ? DIMENSIONS[column as keyof typeof DIMENSIONS] : [];

/** Parts of ours, and the columns that they are in, the first that is there. The last two are sums that are made of shares and means. */
const PARTS: Readonly<Partial<Record<ImportedPart, readonly string[]>>> = {
  visitors: ['totalUsers', 'activeUsers'],
  visits: ['sessions'],
  pageviews: ['views'],
  events: ['events'],
  bounces: ['bounces'],
  durationMs: ['durationMs'],
};

const COUNTS = ['totalUsers', 'activeUsers', 'sessions', 'views', 'events', 'engagedSessions'] as const;
const MEANS = ['engagementRate', 'bounceRate', 'duration'] as const;

/** What the columns with numbers are taken for. */
export const TAKEN_COUNTS: Readonly<Record<(typeof COUNTS)[number] | (typeof MEANS)[number], string>> = {
  totalUsers: '`visitors`',
  activeUsers: '`visitors`, where there are no total users',
  sessions: '`visits`',
  views: '`pageviews`',
  events: '`events`',
  engagedSessions: '`bounce_rate`: visits that were not engaged are bounces',
  engagementRate: '`bounce_rate`, where there are no engaged sessions',
  bounceRate: '`bounce_rate`, where there is nothing of engagement',
  duration: '`visit_duration`',
};
const DAYS: readonly Ga4Column[] = ['date', 'nthDay'];

/** What a row of a table came to: totals, nothing since it sums the table up, or nothing since it cannot be read. */
export type Ga4Row = ImportedTotal[] | 'sum' | null;

/** What the rows behind a heading are: totals of days; or not, and why, in words that go on behind the name of the file. */
export type Ga4Table = { rules: TotalRule[]; read: (values: readonly string[]) => Ga4Row } | { why: string };

/** A column by its place in the heading, so that two of one meaning are not confused; the first stands for both. */
type Places = ReadonlyMap<Ga4Column, number>;

function placesIn({ columns }: Ga4Heading): Places {
  const places = new Map<Ga4Column, number>();
  for (const [index, column] of columns.entries())
    if (column !== null && !places.has(column)) places.set(column, index);
  return places;
}

/** The rules of a table: by each dimension that it has, or of whole days when it has none. */
function buildRules(
  { language, places }: { language: Ga4Language; places: Places },
  columns: readonly string[],
): TotalRule[] {
  const parts = Object.fromEntries(
    Object.entries(PARTS).flatMap(([part, names]) => {
      const name = names.find((one) => columns.includes(one));
      return name === undefined ? [] : [[part, name]];
    }),
  );
  const found = [...places.keys()].flatMap((column) =>
    dimensionRules(column).map(({ dimension, read }) => ({ column, dimension, read })),
  );
  // A source may stand in a table by itself and with its medium: it counts once.
  const once = found.filter(
    ({ dimension }, at) => found.findIndex((one) => one.dimension === dimension) === at,
  );
  const rules: TotalRule[] = once.map(({ column, dimension, read }) => ({
    dimension,
    value: { column, read: (text) => read(text, language) },
    parts,
  }));
  if (rules.length > 0) return rulesFor(rules, columns);
  return rulesFor([{ dimension: ROLL_UP_ALL, value: { always: ROLL_UP_ALL }, parts }], columns);
}

/** The sums that a table's shares and means were made of, by the columns that it has. */
function sumColumns(places: Places): string[] {
  if (!places.has('sessions')) return [];
  const hasBounces = (['engagedSessions', 'bounceRate', 'engagementRate'] as const).some((one) =>
    places.has(one),
  );
  return [...(hasBounces ? ['bounces'] : []), ...(places.has('duration') ? ['durationMs'] : [])];
}

/** Bounces and durations are shares and means in GA4's reports: the sums that they were made of. */
function computeSums(numbers: Readonly<Partial<Record<Ga4Column, number>>>): Record<string, number> {
  const { sessions, engagedSessions, bounceRate, engagementRate, duration } = numbers;
  if (sessions === undefined) return {};
  const engaged = engagedSessions ?? (engagementRate === undefined ? undefined : sessions * engagementRate);
  const bounces = engaged !== undefined ? sessions - engaged : sessions * (bounceRate ?? 0);
  return {
    bounces: Math.min(sessions, Math.max(0, Math.round(bounces))),
    durationMs: Math.round(sessions * (duration ?? 0) * 1_000),
  };
}

/** The numbers of a row by their columns; null when one of them is none. */
function readNumbers(
  values: readonly string[],
  { language, places }: { language: Ga4Language; places: Places },
): Partial<Record<Ga4Column, number>> | null {
  const { decimal } = GA4_LANGUAGES[language];
  const numbers: Partial<Record<Ga4Column, number>> = {};
  for (const column of [...COUNTS, ...MEANS]) {
    const place = places.get(column);
    if (place === undefined) continue;
    const cell = values[place] ?? '';
    const isMean = (MEANS as readonly Ga4Column[]).includes(column);
    const number = isMean ? parseGa4Mean(cell, decimal) : parseGa4Count(cell);
    if (number === null) return null;
    numbers[column] = number;
  }
  return numbers;
}

/** The days that a report says it is of, by its comments. */
export type ReportSpan = { start: string | null; end: string | null };

export const NO_SPAN: ReportSpan = { start: null, end: null };

/** A comment as GA4 wrote it, also when a spreadsheet has quoted it and filled its row. */
const plainComment = (line: string): string => line.replace(/[,;\t]*$/, '').replace(/^"|"$/g, '');

/** Whether a line is a comment of a report, and no row whose first value begins like one. */
export const isComment = (line: string): boolean => /^(?:#|"#[^"]*"[,;\t]*$)/.test(line);

const WHOLE_SPAN = /^#\s*(\d{8})\s*-\s*(\d{8})\s*$/;
const ONE_END = /^#[^:：]*[:：]\s*(\d{8})\s*$/;

/**
 * What a comment says of the days; the span as it was when it says nothing. Explorations name both ends (`# 20260723-20260922`), reports
 * each in a line of its own, the first one first, in words of whatever language.
 */
export function spanOfComment(line: string, span: ReportSpan): ReportSpan {
  const comment = plainComment(line);
  const whole = WHOLE_SPAN.exec(comment);
  if (whole !== null) return { start: parseDay(whole[1]), end: parseDay(whole[2]) };
  const one = ONE_END.exec(comment);
  if (one === null) return span;
  const day = parseDay(one[1]);
  return span.start !== null && span.end === null
    ? { start: span.start, end: day }
    : { start: day, end: null };
}

/** Whether a file begins as GA4's reports and explorations do. */
export function isGa4Report(lines: readonly string[]): boolean {
  return (
    /^"?# /.test(lines[0] ?? '') &&
    // Logs have such lines, too.
    !lines.some((line) => line.startsWith('#Fields:')) &&
    lines.some((line) => spanOfComment(line, NO_SPAN) !== NO_SPAN)
  );
}

/** The day of a row: its own, the nth of the report, or that of a report of one day; null when it has none. */
function readDay(values: readonly string[], places: Places, { start, end }: ReportSpan): string | null {
  const [date, nth] = DAYS.map((column) => places.get(column));
  if (date !== undefined) return parseDay(values[date]);
  if (nth !== undefined) {
    const count = parseGa4Count(values[nth] ?? '');
    return start === null || count === null || count > 100_000 ? null : addDays(start, count);
  }
  return start !== null && start === end ? start : null;
}

const NO_DAYS =
  'its rows have no day; add the dimension Date in an exploration, or export a report of a single day';

function findWhyNot(names: readonly string[], { columns }: Ga4Heading, span: ReportSpan): string | null {
  const unknown = names.find((name, index) => columns[index] === null && name !== '');
  const other = names[columns.indexOf('otherTime')];
  if (other !== undefined) return `it is by ${other}; only totals of days can be taken`;
  const hasDays =
    columns.includes('date') ||
    (columns.includes('nthDay') && span.start !== null) ||
    (span.start !== null && span.start === span.end);
  if (hasDays) return null;
  return columns.every((column) => column === null)
    ? `its column ${JSON.stringify(unknown ?? '')} is not known, nor is any other: set GA4 to a language of docs/import-ga4.md`
    : NO_DAYS;
}

/** What to say of a column that is not known. */
export const unknownColumn = (name: string): string =>
  `its column ${JSON.stringify(name)} is not known; take it out of the report, docs/import-ga4.md lists those that are`;

/** A table by its heading. `unknown` is a column of a table of days that is not known: nothing of such a file is taken. */
export function ga4Table(names: readonly string[], span: ReportSpan): Ga4Table | { unknown: string } {
  const heading = readHeading(names);
  const why = findWhyNot(names, heading, span);
  if (why !== null) return { why };
  const unknown = names.find((name, index) => heading.columns[index] === null && name !== '');
  if (unknown !== undefined) return { unknown };
  const { language } = heading;
  const places = placesIn(heading);
  const own = { language, places };
  const rules = buildRules(own, [...places.keys(), ...sumColumns(places)]);
  // Without these a row would be of the whole table.
  const texts = [...places].filter(([column]) => column in DIMENSIONS || DAYS.includes(column));
  const hasDays = DAYS.some((column) => places.has(column));
  const isSum = (values: readonly string[]) =>
    (texts.length > 0 && texts.every(([, place]) => values[place] === '')) ||
    ((!hasDays || readDay(values, places, span) === null) &&
      values.some((value) => isTotalWord(value, language)));
  return {
    rules,
    read: (values) => {
      if (isSum(values)) return 'sum';
      // A row may have an empty cell under what says of the last one that it is the sum.
      if (values.length < names.length || values.slice(names.length).some((cell) => cell !== '')) return null;
      const [day, numbers] = [readDay(values, places, span), readNumbers(values, own)];
      if (day === null || numbers === null) return null;
      const row: Row = {
        ...Object.fromEntries(texts.map(([column, place]) => [column, values[place]])),
        ...numbers,
        ...computeSums(numbers),
      };
      return readTotals(row, day, rules);
    },
  };
}
