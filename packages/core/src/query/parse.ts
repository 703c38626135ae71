import { DIMENSIONS, dimensionOf, TIME_DIMENSIONS, type TimeDimension } from '../dimension.ts';
import { METRIC_NAMES, METRICS, type MetricName } from '../metric.ts';
import { countDays } from '../zone.ts';
import { parseDateRange } from './date-range.ts';
import { queryFailure } from './errors.ts';
import { parseFilters } from './filter.ts';
import type { Granularity, OrderBy, Query, QueryDimension, QuerySite, Range } from './query.ts';

export const MAX_LIMIT = 10_000;
const DEFAULT_LIMIT = MAX_LIMIT;
const MAX_DIMENSIONS = 4;

const FIELDS = [
  'site_id',
  'metrics',
  'date_range',
  'dimensions',
  'filters',
  'order_by',
  'include',
  'pagination',
] as const;
const INCLUDES = { total_rows: 'totalRows', time_labels: 'timeLabels' } as const;

type Fields = Readonly<Partial<Record<(typeof FIELDS)[number], unknown>>>;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function fieldsOf(body: unknown): Fields {
  if (!isRecord(body)) throw queryFailure('invalid_query', 'a query is a JSON object', { where: '' });
  for (const name of Object.keys(body)) {
    if ((FIELDS as readonly string[]).includes(name)) continue;
    throw queryFailure(
      'unknown_field',
      `${JSON.stringify(name)} is no field of a query; allowed are ${FIELDS.join(', ')}`,
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
        `${JSON.stringify(name)} is no metric; allowed are ${METRIC_NAMES.join(', ')}`,
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

function parseDimensions(value: unknown, range: Range): QueryDimension[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value))
    throw queryFailure('invalid_dimensions', 'dimensions must be a list', { where: 'dimensions' });
  if (value.length > MAX_DIMENSIONS) {
    throw queryFailure('invalid_dimensions', `a query may have ${MAX_DIMENSIONS} dimensions`, {
      where: 'dimensions',
    });
  }
  const dimensions = value.map((name: unknown, index) =>
    parseDimension(name, { range, where: `dimensions[${index}]` }),
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

function parseDimension(name: unknown, { range, where }: { range: Range; where: string }): QueryDimension {
  if (isTime(name)) {
    const granularity =
      name === 'time' ? defaultGranularity(range) : (name.slice('time:'.length) as Granularity);
    return { kind: 'time', name, granularity };
  }
  const dimension = typeof name === 'string' ? dimensionOf(name) : undefined;
  if (dimension === undefined) {
    const allowed = [...TIME_DIMENSIONS, ...Object.keys(DIMENSIONS), 'event:props:NAME'].join(', ');
    throw queryFailure(
      'invalid_dimensions',
      `${JSON.stringify(name)} is no dimension; allowed are ${allowed}`,
      { where },
    );
  }
  return { kind: 'text', name: name as string, dimension };
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

function parseInclude(value: unknown): Query['include'] {
  const include = { totalRows: false, timeLabels: false };
  if (value === undefined || value === null) return include;
  if (!isRecord(value))
    throw queryFailure('invalid_include', 'include must be an object', { where: 'include' });
  for (const [name, wanted] of Object.entries(value)) {
    const where = `include.${name}`;
    if (!Object.hasOwn(INCLUDES, name)) {
      throw queryFailure(
        'invalid_include',
        `${JSON.stringify(name)} cannot be included; allowed are ${Object.keys(INCLUDES).join(', ')}`,
        { where },
      );
    }
    if (typeof wanted !== 'boolean')
      throw queryFailure('invalid_include', `${name} must be true or false`, { where });
    include[INCLUDES[name as keyof typeof INCLUDES]] = wanted;
  }
  return include;
}

function parsePagination(value: unknown): { limit: number; offset: number } {
  if (value === undefined || value === null) return { limit: DEFAULT_LIMIT, offset: 0 };
  if (!isRecord(value))
    throw queryFailure('invalid_pagination', 'pagination must be an object', { where: 'pagination' });
  const bounds: Readonly<Record<string, readonly [number, number]>> = {
    limit: [1, MAX_LIMIT],
    offset: [0, Number.MAX_SAFE_INTEGER],
  };
  for (const [name, number] of Object.entries(value)) {
    const where = `pagination.${name}`;
    const bound = Object.hasOwn(bounds, name) ? bounds[name] : undefined;
    if (bound === undefined)
      throw queryFailure(
        'invalid_pagination',
        `${JSON.stringify(name)} is unknown; allowed are limit, offset`,
        { where },
      );
    if (!Number.isInteger(number) || (number as number) < bound[0] || (number as number) > bound[1]) {
      throw queryFailure(
        'invalid_pagination',
        `${name} must be a whole number from ${bound[0]} to ${bound[1]}`,
        { where },
      );
    }
  }
  const { limit, offset } = value as { limit?: number; offset?: number };
  return { limit: limit ?? DEFAULT_LIMIT, offset: offset ?? 0 };
}

/**
 * Reads a query as it came (any JSON value) at a time (epoch milliseconds). `site_id` has been resolved to `site` by the caller.
 * @throws Failure of {@link queryFailure}, its `where` the path of what is wrong
 */
export function parseQuery(body: unknown, { site, now }: { site: QuerySite; now: number }): Query {
  const fields = fieldsOf(body);
  const metrics = parseMetrics(fields.metrics);
  const range = parseDateRange(fields.date_range, { zone: site.timezone, now });
  const dimensions = parseDimensions(fields.dimensions, range);
  return {
    site,
    metrics,
    range,
    dimensions,
    filter: parseFilters(fields.filters),
    askedFilters: Array.isArray(fields.filters) ? fields.filters : [],
    orderBy: parseOrderBy(fields.order_by, { metrics, dimensions }),
    include: parseInclude(fields.include),
    ...parsePagination(fields.pagination),
  };
}
