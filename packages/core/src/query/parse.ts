import {
  DIMENSIONS,
  findDimension,
  ITEM_DIMENSIONS,
  TIME_DIMENSIONS,
  type TimeDimension,
  WORDED_DIMENSIONS,
} from '../dimension.ts';
import { isJsonObject } from '../json.ts';
import { METRIC_NAMES, METRICS, type MetricName, needsGoal } from '../metric.ts';
import { countDays, type WeekStart } from '../zone.ts';
import { weeksFrom } from './bucket.ts';
import { parseComparison } from './comparison.ts';
import { parseCursor } from './cursor.ts';
import { parseDateRange } from './date-range.ts';
import { queryFailure } from './errors.ts';
import { GOAL_DIMENSION, parseFilters } from './filter.ts';
import type { LabelStyle } from './label-style.ts';
import type { Filters, Granularity, OrderBy, Query, QueryDimension, QuerySite, Range } from './query.ts';
import { findSpelling } from './spelling.ts';

export const MAX_LIMIT = 10_000;
const DEFAULT_LIMIT = MAX_LIMIT;
const MAX_DIMENSIONS = 4;
/** More than there are metrics and dimensions to order by. */
const MAX_ORDERS = 30;

/** Fields of a query, in the order in which they are documented. */
export const QUERY_FIELDS = [
  'site_id',
  'metrics',
  'date_range',
  'dimensions',
  'filters',
  'order_by',
  'include',
  'pagination',
  'explain',
] as const;
const FLAGS = {
  total_rows: 'totalRows',
  time_labels: 'timeLabels',
  imports: 'imports',
  trim_relative_date_range: 'trimRange',
} as const;
export const INCLUDES = [...Object.keys(FLAGS), 'comparisons'];

/** Every dimension that a query can group by. */
export const GROUPABLE = [
  ...TIME_DIMENSIONS,
  ...Object.keys(DIMENSIONS),
  ...Object.keys(WORDED_DIMENSIONS),
  GOAL_DIMENSION,
  ...Object.keys(ITEM_DIMENSIONS),
  'event:props:NAME',
];

type Fields = Readonly<Partial<Record<(typeof QUERY_FIELDS)[number], unknown>>>;

function readFields(body: unknown): Fields {
  if (!isJsonObject(body)) throw queryFailure('invalid_query', 'a query is a JSON object', { where: '' });
  for (const name of Object.keys(body)) {
    if ((QUERY_FIELDS as readonly string[]).includes(name)) continue;
    throw queryFailure(
      'unknown_field',
      `${JSON.stringify(name)} is not a field of a query; allowed are ${QUERY_FIELDS.join(', ')}`,
      { where: name },
    );
  }
  return body;
}

function parseMetrics(value: unknown): MetricName[] {
  if (!Array.isArray(value) || value.length === 0) {
    throw queryFailure('invalid_metrics', 'metrics must be a list with at least one metric', {
      where: 'metrics',
    });
  }
  value.forEach((name, index) => {
    const where = `metrics[${index}]`;
    if (typeof name !== 'string' || !Object.hasOwn(METRICS, name)) {
      throw queryFailure(
        'invalid_metrics',
        `${JSON.stringify(name)} is not a metric; allowed are ${METRIC_NAMES.join(', ')}`,
        { where },
      );
    }
    if (value.indexOf(name) !== index)
      throw queryFailure('invalid_metrics', `${name} is asked for twice`, { where });
  });
  return value as MetricName[];
}

const isTime = (name: unknown): name is TimeDimension =>
  (TIME_DIMENSIONS as readonly unknown[]).includes(name);

/** The bucket that `time` stands for: hours up to two days, days up to half a year, months above. */
function defaultGranularity(range: Range): Granularity {
  if (range.kind === 'instants') return range.end - range.start <= 48 * 3_600_000 + 1 ? 'hour' : 'day';
  if (range.kind === 'all') return 'month';
  const days = countDays(range.from, range.to);
  return days <= 2 ? 'hour' : days <= 190 ? 'day' : 'month';
}

/** What dimensions depend on: `time` on the range, what is written on who asks. */
type Asking = { range: Range; labels: LabelStyle; weekStart: WeekStart | undefined };

function timeGranularity(name: string, { range, weekStart }: Asking): Granularity {
  if (name === 'time') return defaultGranularity(range);
  return name === 'time:week' ? weeksFrom(weekStart) : (name.slice('time:'.length) as Granularity);
}

function parseDimensions(value: unknown, asking: Asking): QueryDimension[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value))
    throw queryFailure('invalid_dimensions', 'dimensions must be a list', { where: 'dimensions' });
  if (value.length > MAX_DIMENSIONS) {
    throw queryFailure('invalid_dimensions', `a query may have ${MAX_DIMENSIONS} dimensions`, {
      where: 'dimensions',
    });
  }
  const dimensions = value.map((name: unknown, index) =>
    parseDimension(name, { ...asking, where: `dimensions[${index}]` }),
  );
  dimensions.forEach((dimension, index) => {
    const where = `dimensions[${index}]`;
    const first = dimensions.findIndex((other) => other.name === dimension.name);
    if (first !== index)
      throw queryFailure('invalid_dimensions', `${dimension.name} is asked for twice`, { where });
    const firstTime = dimensions.findIndex((other) => other.kind === 'time');
    if (dimension.kind === 'time' && firstTime !== index) {
      throw queryFailure('invalid_dimensions', 'a query may have one time dimension', { where });
    }
  });
  return dimensions;
}

function parseDimension(name: unknown, asking: Asking & { where: string }): QueryDimension {
  const { labels, where } = asking;
  if (isTime(name)) return { kind: 'time', name, granularity: timeGranularity(name, asking) };
  if (name === GOAL_DIMENSION) return { kind: 'goal', name };
  const dimension = typeof name === 'string' ? findDimension(name) : undefined;
  if (dimension === undefined) {
    throw queryFailure(
      'invalid_dimensions',
      `${JSON.stringify(name)} is not a dimension; allowed are ${GROUPABLE.join(', ')}`,
      { where },
    );
  }
  const spelling = findSpelling(name as string, labels);
  return { kind: 'text', name: name as string, dimension, ...(spelling === undefined ? {} : { spelling }) };
}

/** A time dimension at the front orders by time; else the first metric, descending, then the dimensions. */
function defaultOrder(dimensions: readonly QueryDimension[]): OrderBy[] {
  const byDimensions = dimensions.map((_, index): OrderBy => ({ by: 'dimension', index, descending: false }));
  const [first, ...others] = byDimensions;
  const byMetric: OrderBy = { by: 'metric', index: 0, descending: true };
  return first !== undefined && dimensions[0]?.kind === 'time'
    ? [first, byMetric, ...others]
    : [byMetric, ...byDimensions];
}

function parseOrderBy(
  value: unknown,
  { metrics, dimensions }: Pick<Query, 'metrics' | 'dimensions'>,
): OrderBy[] {
  if (value === undefined || value === null) return defaultOrder(dimensions);
  if (!Array.isArray(value))
    throw queryFailure('invalid_order_by', 'order_by must be a list of [name, "asc" or "desc"]', {
      where: 'order_by',
    });
  if (value.length > MAX_ORDERS)
    throw queryFailure('invalid_order_by', `order_by may have ${MAX_ORDERS} entries`, { where: 'order_by' });
  const orders = value.map((entry: unknown, index): OrderBy => {
    const where = `order_by[${index}]`;
    const [name, direction] = Array.isArray(entry) && entry.length === 2 ? entry : [];
    if (direction !== 'asc' && direction !== 'desc') {
      throw queryFailure('invalid_order_by', 'an order is [name, "asc" or "desc"]', { where });
    }
    const descending = direction === 'desc';
    const metric = metrics.indexOf(name as MetricName);
    if (metric !== -1) return { by: 'metric', index: metric, descending };
    const dimension = dimensions.findIndex((candidate) => candidate.name === name);
    if (dimension !== -1) return { by: 'dimension', index: dimension, descending };
    const allowed = [...metrics, ...dimensions.map((candidate) => candidate.name)].join(', ');
    throw queryFailure(
      'invalid_order_by',
      `${JSON.stringify(name)} is not in this query; it has ${allowed}`,
      { where: `${where}[0]` },
    );
  });
  // Ties are broken by the dimensions, so that every answer has one order and pages never overlap.
  const ties = dimensions.map((_, index): OrderBy => ({ by: 'dimension', index, descending: false }));
  return [...orders, ...ties];
}

function parseInclude(value: unknown, clock: { zone: string; now: number }): Query['include'] {
  const include: Query['include'] = {
    totalRows: false,
    timeLabels: false,
    imports: false,
    trimRange: false,
    comparison: null,
  };
  if (value === undefined || value === null) return include;
  if (!isJsonObject(value))
    throw queryFailure('invalid_include', 'include must be an object', { where: 'include' });
  for (const [name, wanted] of Object.entries(value)) {
    const where = `include.${name}`;
    if (name === 'comparisons') {
      include.comparison = parseComparison(wanted, clock);
      continue;
    }
    if (!Object.hasOwn(FLAGS, name)) {
      throw queryFailure(
        'invalid_include',
        `${JSON.stringify(name)} cannot be included; allowed are ${INCLUDES.join(', ')}`,
        { where },
      );
    }
    if (typeof wanted !== 'boolean')
      throw queryFailure('invalid_include', `${name} must be true or false`, { where });
    include[FLAGS[name as keyof typeof FLAGS]] = wanted;
  }
  return include;
}

const BOUNDS: Readonly<Record<string, readonly [number, number]>> = {
  limit: [1, MAX_LIMIT],
  offset: [0, Number.MAX_SAFE_INTEGER],
};

function parsePagination(value: unknown, sizes: { orders: number; dimensions: number }) {
  const page = { limit: DEFAULT_LIMIT, offset: 0, after: null };
  if (value === undefined || value === null) return page;
  const refuse = (detail: string, where: string) => queryFailure('invalid_pagination', detail, { where });
  if (!isJsonObject(value)) throw refuse('pagination must be an object', 'pagination');
  const { cursor, ...numbers } = value;
  for (const [name, number] of Object.entries(numbers)) {
    const where = `pagination.${name}`;
    const bound = Object.hasOwn(BOUNDS, name) ? BOUNDS[name] : undefined;
    if (bound === undefined)
      throw refuse(`${JSON.stringify(name)} is unknown; allowed are limit, offset, cursor`, where);
    if (!Number.isInteger(number) || (number as number) < bound[0] || (number as number) > bound[1])
      throw refuse(`${name} must be a whole number from ${bound[0]} to ${bound[1]}`, where);
  }
  if (cursor === undefined || cursor === null) return { ...page, ...numbers };
  if (numbers.offset !== undefined && numbers.offset !== 0)
    throw refuse('a cursor stands in place of an offset', 'pagination.offset');
  return { ...page, ...numbers, after: parseCursor(cursor, sizes) };
}

function parseExplain(value: unknown): boolean {
  if (value === undefined || value === null) return false;
  if (typeof value === 'boolean') return value;
  throw queryFailure('invalid_query', 'explain must be true or false', { where: 'explain' });
}

/** Whether a query tells of goals: what conversion rates are of. */
function hasGoal(dimensions: readonly QueryDimension[], { goal }: Filters): boolean {
  return goal !== null || dimensions.some(({ kind }) => kind === 'goal');
}

function checkMetrics(metrics: readonly MetricName[], tellsOfGoal: boolean): void {
  const lost = metrics.findIndex((metric) => needsGoal(metric) && !tellsOfGoal);
  if (lost === -1) return;
  throw queryFailure(
    'invalid_metrics',
    `${metrics[lost]} needs a goal: add the dimension ${GOAL_DIMENSION} or a filter ["is", "${GOAL_DIMENSION}", [name]]`,
    { where: `metrics[${lost}]` },
  );
}

/** What a query is read with: its site, the time (epoch milliseconds), and how whoever asks writes values. */
export type ParseContext = { site: QuerySite; now: number; labels?: LabelStyle };

/**
 * Reads a query as it came (any JSON value). `site_id` has been resolved to `site` by the caller.
 * @throws Failure of {@link queryFailure}, its `where` the path of what is wrong
 */
export function parseQuery(body: unknown, { site, now, labels = 'footfall' }: ParseContext): Query {
  const fields = readFields(body);
  const clock = { zone: site.timezone, now };
  const metrics = parseMetrics(fields.metrics);
  const include = parseInclude(fields.include, clock);
  const range = parseDateRange(fields.date_range, { ...clock, trim: include.trimRange });
  const dimensions = parseDimensions(fields.dimensions, { range, labels, weekStart: site.weekStart });
  const filters = parseFilters(fields.filters, { goals: site.goals, labels });
  checkMetrics([...metrics, ...filters.metrics.map(({ metric }) => metric)], hasGoal(dimensions, filters));
  const orderBy = parseOrderBy(fields.order_by, { metrics, dimensions });
  return {
    site,
    metrics,
    range,
    dimensions,
    filters,
    askedFilters: Array.isArray(fields.filters) ? fields.filters : [],
    orderBy,
    include,
    askedComparisons: include.comparison && (fields.include as { comparisons?: unknown }).comparisons,
    explain: parseExplain(fields.explain),
    ...parsePagination(fields.pagination, { orders: orderBy.length, dimensions: dimensions.length }),
  };
}
