import { LOGIC_VERSION } from '../logic-version.ts';
import { changeOf, type MetricName, type MetricValue } from '../metric.ts';
import type { PartQuery, PartRow } from '../part-query.ts';
import { localIso } from '../zone.ts';
import { bucketLabel, type LabelStyle, spanOfRange } from './bucket.ts';
import { comparedRange } from './comparison.ts';
import { cursorText } from './cursor.ts';
import { type DaySource, type Moment, momentOf, throughOf } from './moment.ts';
import { cursorAt, type Row, rowAt, rowOrder } from './order.ts';
import type { KnownRange, MetricFilter, Query, QueryDimension } from './query.ts';
import { type PerEuro, type Table, tableOf } from './table.ts';

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
    imports_skip_reason?: string;
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
};

/** Where the parts of one answer come from. */
type Asking = { source: PartSource } & Pick<AnswerContext, 'labels' | 'perEuro'>;

/** The moment of the range that another is compared with. */
async function comparedMoment(
  { site, include: { comparison } }: Query,
  range: KnownRange,
  source: PartSource,
): Promise<Moment | null> {
  if (comparison === null) return null;
  return momentOf({ site, range: comparedRange(range, comparison) }, source);
}

function measure(query: Query, moment: Moment, { source, perEuro }: Asking): Promise<Table> {
  const metrics = [...new Set([...query.metrics, ...query.filters.metrics.map(({ metric }) => metric)])];
  const days = moment.days.map(({ day, sealedVersion }) => ({ day, sealed: sealedVersion !== null }));
  const run = (one: PartQuery) => source.run(one);
  return tableOf(query, metrics, { run, range: moment.range, days, perEuro });
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

function rowsOf(query: Query, table: Table): Row[] {
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

function pageOf(query: Query, rows: readonly Row[]): { page: readonly Row[]; more: boolean } {
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

function comparisonOf(row: Row, query: Query, now: Table, then: Table): ResultRow['comparison'] {
  const metrics = then.valuesOf(comparedKey(row.key, query, now, then), query.metrics);
  return { metrics, change: metrics.map((value, index) => changeOf(row.values[index] ?? null, value)) };
}

function labelOf(
  key: string,
  dimension: QueryDimension | undefined,
  query: Query,
  style: LabelStyle,
): string {
  if (dimension?.kind !== 'time') return key;
  return bucketLabel(key, dimension.granularity, { zone: query.site.timezone, style });
}

function warningsOf(tables: readonly Table[], query: Query): Warning[] {
  const currencies = [...new Set(tables.flatMap(({ withoutRate }) => [...withoutRate]))].sort();
  if (currencies.length === 0) return [];
  const message = `amounts in ${currencies.join(', ')} are left out: there is no rate into ${query.site.currency} for some of the days`;
  return [{ code: 'currency_without_rate', message, currencies }];
}

function metaOf(query: Query, table: Table, style: LabelStyle): Body['meta'] {
  const time = query.dimensions.find(({ kind }) => kind === 'time');
  return {
    ...(query.include.timeLabels && time !== undefined
      ? { time_labels: table.buckets.map((bucket) => labelOf(bucket, time, query, style)) }
      : {}),
    ...(query.include.imports ? { imports_included: false, imports_skip_reason: 'no_imported_data' } : {}),
  };
}

async function make(query: Query, moments: readonly Moment[], asking: Asking): Promise<Made> {
  const [now, then] = await Promise.all(moments.map((moment) => measure(query, moment, asking)));
  if (now === undefined) throw new TypeError('a query has a range');
  const rows = rowsOf(query, now);
  const { page, more } = pageOf(query, rows);
  const last = page.at(-1);
  const tables = then === undefined ? [now] : [now, then];
  const warnings = warningsOf(tables, query);
  const results = page.map((row): ResultRow => {
    const comparison = then === undefined ? undefined : comparisonOf(row, query, now, then);
    return {
      dimensions: row.key.map((value, index) =>
        labelOf(value, query.dimensions[index], query, asking.labels),
      ),
      metrics: [...row.values],
      ...(comparison === undefined ? {} : { comparison }),
    };
  });
  const meta = {
    ...(query.include.totalRows ? { total_rows: rows.length } : {}),
    ...metaOf(query, now, asking.labels),
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
function memoryKey(query: Query, moments: readonly Moment[], labels: LabelStyle): string {
  const { site, metrics, dimensions, filters, orderBy, include, limit, offset, after } = query;
  const versions = moments.map(({ range, days }) => [
    range,
    days.map(({ day, version, sealedVersion }) => [day, version, sealedVersion]),
  ]);
  return JSON.stringify([
    LOGIC_VERSION,
    labels,
    site,
    versions,
    [metrics, dimensions, filters, orderBy, include, limit, offset, after],
  ]);
}

/**
 * Answers a query: plan, run, merge, present, all from one moment of the store. Ratios are taken last, of sums.
 * @throws Failure `too_many_buckets`, and what the report store throws
 */
export function answerQuery(query: Query, context: AnswerContext): Promise<Answer> {
  return context.read(async (source) => {
    const moment = await momentOf(query, source);
    const compared = await comparedMoment(query, moment.range, source);
    const moments = compared === null ? [moment] : [moment, compared];
    const { labels, perEuro } = context;
    const { results, meta } = await context.remember(memoryKey(query, moments, labels), () =>
      make(query, moments, { source, labels, perEuro }),
    );
    return {
      results,
      meta: {
        ...meta,
        data_through: throughOf(moments, context.dataThrough),
        logic_version: String(LOGIC_VERSION),
      },
      query: understood(query, moment.range),
    };
  });
}
