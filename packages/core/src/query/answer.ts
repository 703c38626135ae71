import { LOGIC_VERSION } from '../logic-version.ts';
import { type MetricName, type MetricValue, percentChange } from '../metric.ts';
import type { PartQuery, PartRow } from '../part-query.ts';
import { localIso } from '../zone.ts';
import { bucketLabel, type LabelStyle, spanOfRange } from './bucket.ts';
import { comparedRange } from './comparison.ts';
import { cursorText } from './cursor.ts';
import { daysOfRange } from './date-range.ts';
import {
  daysBefore,
  type ImportSource,
  importedRows,
  importedSpan,
  NO_IMPORTS,
  type SiteImports,
  type SkipReason,
  skipReason,
} from './imports.ts';
import { type DaySource, type Moment, resolveDataThrough, resolveMoment } from './moment.ts';
import { cursorAt, type Row, rowAt, rowOrder } from './order.ts';
import type { KnownRange, MetricFilter, Query, QueryDimension } from './query.ts';
import { buildTable, type PerEuro, type Table, type TableSource } from './table.ts';

/** One moment of the report store as a query sees it. */
export type PartSource = DaySource & { run(query: PartQuery): Promise<PartRow[]> };

export type ResultRow = {
  dimensions: string[];
  metrics: MetricValue[];
  comparison?: { metrics: MetricValue[]; change: (number | null)[] };
};

export type Warning = { code: 'currency_without_rate'; message: string; currencies: string[] };

/** The public answer of the query API. */
export type Answer = {
  results: ResultRow[];
  meta: {
    total_rows?: number;
    time_labels?: string[];
    imports_included?: boolean;
    imports_skip_reason?: SkipReason;
    warnings?: Warning[];
    /** For `pagination.cursor` of the next page; absent on the last one. */
    next_cursor?: string;
    data_through: string;
    logic_version: string;
  };
  query: Record<string, unknown>;
};

/** What an answer says besides how fresh it is; the same for the same days in the same versions. */
type Body = Pick<Answer, 'results'> & { meta: Omit<Answer['meta'], 'data_through' | 'logic_version'> };

/** An answer in the making: `keep` says whether it may be given again for the same key. */
type Made = { body: Body; keep: boolean };

export type AnswerContext = {
  /** Hands one moment of the report store to `use`. */
  read<T>(use: (source: PartSource) => Promise<T>): Promise<T>;
  /** Every event received before it has reached the report store (epoch milliseconds). */
  dataThrough: number;
  labels: LabelStyle;
  perEuro: PerEuro;
  /** Answers from memory what was made for the same key, once for many that ask at the same time. */
  remember(key: string, make: () => Promise<Made>): Promise<Body>;
  /** Totals that other products had counted; absent where there are none. */
  imports?: ImportSource;
};

/** Where the parts of one answer come from. */
type Asking = { source: PartSource; siteImports: SiteImports } & Pick<
  AnswerContext,
  'labels' | 'perEuro' | 'imports'
>;

/** What other products had counted of the days before the site's own, when the query wants it. */
async function importsFor(
  { site, include }: Query,
  source: PartSource,
  imports: ImportSource | undefined,
): Promise<SiteImports> {
  const all = include.imports && imports !== undefined ? await imports.of(site.id) : [];
  if (all.length === 0) return NO_IMPORTS;
  const [first] = await source.dayStates(site.id, site.generation, null, null);
  return { all, before: daysBefore(all, first?.day ?? null) };
}

/** The moment of a query; all of its time begins with the first imported day, if such days are part of the answer. */
async function ownMoment(query: Query, source: PartSource, siteImports: SiteImports): Promise<Moment> {
  const [first] = siteImports.before;
  if (first === undefined || query.range.kind !== 'all') return resolveMoment(query, source);
  const moment = await resolveMoment(query, source, first.from);
  return skipReason(query, moment.range, siteImports) === null ? moment : resolveMoment(query, source);
}

/** What reads the imported days of a range; null when they are no part of the answer. */
function importedIn(
  query: Query,
  range: KnownRange,
  { siteImports, imports }: Asking,
): TableSource['imported'] {
  const { site } = query;
  const span = importedSpan(daysOfRange(range, site.timezone), siteImports);
  if (imports === undefined || span === null || skipReason(query, range, siteImports) !== null) return null;
  return (dimensions) => importedRows(dimensions, { siteId: site.id, ...span }, imports);
}

/** The moment of the range that another is compared with. */
async function comparedMoment(
  { site, include: { comparison } }: Query,
  range: KnownRange,
  source: PartSource,
): Promise<Moment | null> {
  if (comparison === null) return null;
  return resolveMoment({ site, range: comparedRange(range, comparison) }, source);
}

function measure(query: Query, moment: Moment, asking: Asking): Promise<Table> {
  const { source, perEuro } = asking;
  const metrics = [...new Set([...query.metrics, ...query.filters.metrics.map(({ metric }) => metric)])];
  const days = moment.days.map(({ day, sealedVersion }) => ({ day, sealed: sealedVersion !== null }));
  const run = (one: PartQuery) => source.run(one);
  const imported = importedIn(query, moment.range, asking);
  return buildTable(query, metrics, { run, range: moment.range, days, perEuro, imported });
}

const COMPARES: Readonly<
  Record<MetricFilter['compare'], (value: number, wanted: readonly number[]) => boolean>
> = {
  is: (value, wanted) => wanted.includes(value),
  is_not: (value, wanted) => !wanted.includes(value),
  greater_than: (value, [than = 0]) => value > than,
  greater_than_or_equal: (value, [than = 0]) => value >= than,
  less_than: (value, [than = 0]) => value < than,
  less_than_or_equal: (value, [than = 0]) => value <= than,
};

/** Nothing to divide by compares with no number. */
function keeps({ compare, values }: MetricFilter, value: MetricValue): boolean {
  return value !== null && COMPARES[compare](Number(value), values);
}

function selectRows(query: Query, table: Table): Row[] {
  const filters = query.filters.metrics;
  const measured: MetricName[] = filters.map(({ metric }) => metric);
  const rows = table.groups
    .filter(({ key }) => {
      const values = table.valuesOf(key, measured);
      return filters.every((filter, index) => keeps(filter, values[index] ?? null));
    })
    .map(({ key }): Row => ({ key, values: table.valuesOf(key, query.metrics) }));
  return rows.sort(rowOrder(query.orderBy, query.dimensions));
}

function pickPage(query: Query, rows: readonly Row[]): { page: readonly Row[]; more: boolean } {
  const { after, orderBy, dimensions, offset, limit } = query;
  const order = rowOrder(orderBy, dimensions);
  const last = after === null ? null : rowAt(after, orderBy);
  const rest = last === null ? rows.slice(offset) : rows.filter((row) => order(row, last) > 0);
  return { page: rest.slice(0, limit), more: rest.length > limit };
}

/** The group that a row is compared with: its own texts, and the bucket at the same place of the other range. */
function comparedKey(
  key: readonly string[],
  { dimensions }: Query,
  now: Table,
  then: Table,
): readonly string[] {
  return key.map((value, index) =>
    dimensions[index]?.kind === 'time' ? (then.buckets[now.buckets.indexOf(value)] ?? '') : value,
  );
}

function buildComparison(row: Row, query: Query, now: Table, then: Table): ResultRow['comparison'] {
  const metrics = then.valuesOf(comparedKey(row.key, query, now, then), query.metrics);
  return { metrics, change: metrics.map((value, index) => percentChange(row.values[index] ?? null, value)) };
}

function formatLabel(
  key: string,
  dimension: QueryDimension | undefined,
  query: Query,
  style: LabelStyle,
): string {
  if (dimension?.kind !== 'time') return key;
  return bucketLabel(key, dimension.granularity, { zone: query.site.timezone, style });
}

function buildWarnings(tables: readonly Table[], query: Query): Warning[] {
  const currencies = [...new Set(tables.flatMap(({ withoutRate }) => [...withoutRate]))].sort();
  if (currencies.length === 0) return [];
  const message = `amounts in ${currencies.join(', ')} are left out: there is no rate into ${query.site.currency} for some of the days`;
  return [{ code: 'currency_without_rate', message, currencies }];
}

/** Whether imported days are part of an answer, and why they are not. */
function importsMeta(query: Query, moments: readonly Moment[], siteImports: SiteImports): Body['meta'] {
  if (!query.include.imports) return {};
  const reasons = moments.map(({ range }) => skipReason(query, range, siteImports));
  const [reason] = reasons;
  if (reasons.includes(null)) return { imports_included: true };
  return { imports_included: false, ...(reason ? { imports_skip_reason: reason } : {}) };
}

function timeLabels(query: Query, table: Table, style: LabelStyle): Body['meta'] {
  const time = query.dimensions.find(({ kind }) => kind === 'time');
  if (!query.include.timeLabels || time === undefined) return {};
  return { time_labels: table.buckets.map((bucket) => formatLabel(bucket, time, query, style)) };
}

async function make(query: Query, moments: readonly Moment[], asking: Asking): Promise<Made> {
  const [now, then] = await Promise.all(moments.map((moment) => measure(query, moment, asking)));
  if (now === undefined) throw new TypeError('a query has a range');
  const rows = selectRows(query, now);
  const { page, more } = pickPage(query, rows);
  const last = page.at(-1);
  const tables = then === undefined ? [now] : [now, then];
  const warnings = buildWarnings(tables, query);
  const results = page.map((row): ResultRow => {
    const comparison = then === undefined ? undefined : buildComparison(row, query, now, then);
    return {
      dimensions: row.key.map((value, index) =>
        formatLabel(value, query.dimensions[index], query, asking.labels),
      ),
      metrics: [...row.values],
      ...(comparison === undefined ? {} : { comparison }),
    };
  });
  const meta = {
    ...(query.include.totalRows ? { total_rows: rows.length } : {}),
    ...timeLabels(query, now, asking.labels),
    ...importsMeta(query, moments, asking.siteImports),
    ...(warnings.length > 0 ? { warnings } : {}),
    ...(more && last !== undefined ? { next_cursor: cursorText(cursorAt(last, query.orderBy)) } : {}),
  };
  return { body: { results, meta }, keep: !tables.some(({ hasForeign }) => hasForeign) };
}

function understood(query: Query, range: KnownRange): Record<string, unknown> {
  const { site, include } = query;
  const { from, to } = spanOfRange(range, site.timezone);
  return {
    site_id: site.id,
    metrics: query.metrics,
    date_range: [localIso(site.timezone, from), localIso(site.timezone, to - 1)],
    dimensions: query.dimensions.map(({ name }) => name),
    filters: query.askedFilters,
    order_by: query.orderBy.map(({ by, index, descending }) => [
      by === 'metric' ? query.metrics[index] : query.dimensions[index]?.name,
      descending ? 'desc' : 'asc',
    ]),
    include: {
      total_rows: include.totalRows,
      time_labels: include.timeLabels,
      imports: include.imports,
      ...(include.comparison === null ? {} : { comparisons: query.askedComparisons }),
    },
    pagination: { limit: query.limit, offset: query.offset },
  };
}

/** Text that is equal for queries that have the same answer as long as the site's days have the same versions. */
function memoryKey(query: Query, moments: readonly Moment[], { labels, siteImports }: Asking): string {
  const { site, metrics, dimensions, filters, orderBy, include, limit, offset, after } = query;
  const versions = moments.map(({ range, days }) => [
    range,
    // What is made anew because an earlier version kept less has the version that it had.
    days.map(({ day, version, sealedVersion, dirtySince }) => [day, version, sealedVersion, dirtySince]),
  ]);
  return JSON.stringify([
    LOGIC_VERSION,
    labels,
    site,
    [versions, siteImports],
    [metrics, dimensions, filters, orderBy, include, limit, offset, after],
  ]);
}

/**
 * Answers a query: plan, run, merge, present, all from one moment of the store. Ratios are taken last, of sums.
 * @throws Failure `too_many_buckets`, and what the report store throws
 */
export function answerQuery(query: Query, context: AnswerContext): Promise<Answer> {
  return context.read(async (source) => {
    const { labels, perEuro, imports } = context;
    const siteImports = await importsFor(query, source, imports);
    const moment = await ownMoment(query, source, siteImports);
    const compared = await comparedMoment(query, moment.range, source);
    const moments = compared === null ? [moment] : [moment, compared];
    const asking: Asking = {
      source,
      labels,
      perEuro,
      siteImports,
      ...(imports === undefined ? {} : { imports }),
    };
    const { results, meta } = await context.remember(memoryKey(query, moments, asking), () =>
      make(query, moments, asking),
    );
    return {
      results,
      meta: {
        ...meta,
        data_through: resolveDataThrough(moments, context.dataThrough),
        logic_version: String(LOGIC_VERSION),
      },
      query: understood(query, moment.range),
    };
  });
}
