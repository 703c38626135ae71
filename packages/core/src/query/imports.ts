import type { ImportedDays, ImportedDimension, ImportedPart } from '../imported.ts';
import { type Basis, type MetricName, metricBasis } from '../metric.ts';
import type { PartRow } from '../part-query.ts';
import { ROLL_UP_ALL } from '../roll-up.ts';
import { addDays } from '../zone.ts';
import { buildQuestion, partsFor, type Question, resolveBasis } from './basis.ts';
import type { KnownRange, Query, QueryDimension } from './query.ts';

/** Why an answer has no imported days although it was asked to; the names are Plausible's. */
export type SkipReason = 'no_imported_data' | 'out_of_range' | 'unsupported_query' | 'unsupported_interval';

/** Totals to add up: of one dimension, by its values, and by day if that is asked for. Days are inclusive. */
export type ImportedQuestion = {
  siteId: string;
  dimension: ImportedDimension;
  byDay: boolean;
  from: string;
  to: string;
};

/** Where totals of other products are kept. */
export type ImportSource = {
  /** The imports of a site, the earliest days first. */
  of(siteId: string): Promise<readonly ImportedDays[]>;
  /** Rows with the day (if it is asked for) and the value as keys. */
  read(question: ImportedQuestion): Promise<readonly PartRow[]>;
};

/** Imports of a site, and the days of them that may count: those before its own. */
export type SiteImports = { all: readonly ImportedDays[]; before: readonly ImportedDays[] };

export const NO_IMPORTS: SiteImports = { all: [], before: [] };

/** The dimension whose totals answer for these, if there is one. */
function importedDimension(dimensions: readonly QueryDimension[]): ImportedDimension | null {
  const others = dimensions.filter(({ kind }) => kind !== 'time');
  const [only] = others;
  if (only === undefined) return ROLL_UP_ALL;
  if (others.length > 1 || only.kind !== 'text' || only.dimension.kind !== 'column') return null;
  return only.dimension.name;
}

/** What the metrics of a query need: its own groups, and what its ratios are of. */
function planImports(query: Query): Question[] {
  const { metrics, filters, dimensions } = query;
  const all: MetricName[] = [...metrics, ...filters.metrics.map(({ metric }) => metric)];
  const bases = new Set<Basis>([
    'group',
    ...all.map((metric) => resolveBasis(metricBasis(metric), dimensions)),
  ]);
  return [...bases].map((basis) => buildQuestion(basis, query, partsFor(basis, all, query)));
}

const earlier = (day: string, other: string): string => (day <= other ? day : other);

const meets = ({ from, to }: ImportedDays, range: { from: string; to: string }) =>
  from <= range.to && to >= range.from;

/** Imports of which those days are kept that lie before the site's first own event: from then on its own events count, and nothing twice. */
export function daysBefore(imports: readonly ImportedDays[], firstOwn: string | null): ImportedDays[] {
  if (firstOwn === null) return [...imports];
  const last = addDays(firstOwn, -1);
  return imports.flatMap((one) => (one.from > last ? [] : [{ ...one, to: earlier(one.to, last) }]));
}

/** Whether every import that has the dimension knows what is asked of it, and there is one. */
function answers({ dimensions, parts }: Question, imports: readonly ImportedDays[]): boolean {
  const dimension = importedDimension(dimensions);
  if (dimension === null) return false;
  const known = imports.flatMap(({ measures }) => measures[dimension] ?? []);
  const all = imports.filter(({ measures }) => measures[dimension] !== undefined);
  if (known.length === 0) return false;
  return parts.every((part) =>
    all.every(({ measures }) => measures[dimension]?.includes(part as ImportedPart)),
  );
}

/**
 * Why imported days cannot be part of the answer to a query over a range; null when they can. They answer what roll-ups would: at most
 * one dimension besides whole days, and no filter on events.
 */
export function skipReason(query: Query, range: KnownRange, imports: SiteImports): SkipReason | null {
  if (imports.all.length === 0) return 'no_imported_data';
  const byHour = query.dimensions.some((one) => one.kind === 'time' && one.granularity === 'hour');
  if (range.kind === 'instants' || byHour) return 'unsupported_interval';
  const met = imports.before.filter((one) => meets(one, range));
  if (met.length === 0) return 'out_of_range';
  if (query.filters.facts !== null || query.filters.goal !== null) return 'unsupported_query';
  return planImports(query).every((question) => answers(question, met)) ? null : 'unsupported_query';
}

/** The days of a range that imports have, both inclusive; null when there are none. */
export function importedSpan(
  { from, to }: { from: string; to: string },
  { before }: SiteImports,
): { from: string; to: string } | null {
  const last = before
    .map((one) => one.to)
    .sort()
    .at(-1);
  const end = earlier(to, last ?? '');
  return end < from ? null : { from, to: end };
}

/** The rows of imported days for a question with these dimensions, keyed as those of the report store are. */
export async function importedRows(
  dimensions: readonly QueryDimension[],
  range: { siteId: string; from: string; to: string },
  source: ImportSource,
): Promise<PartRow[]> {
  const dimension = importedDimension(dimensions);
  if (dimension === null) return [];
  const byDay = dimensions.some(({ kind }) => kind === 'time');
  const rows = await source.read({ ...range, dimension, byDay });
  return rows.map(({ key, counts }) => {
    const value = key.at(-1) ?? '';
    return { key: dimensions.map(({ kind }) => (kind === 'time' ? (key[0] ?? '') : value)), counts };
  });
}
