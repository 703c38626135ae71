import type { Dimension } from '../dimension.ts';
import type { Goal } from '../goal.ts';
import type { MetricName, MetricValue } from '../metric.ts';
import type { FactFilter, LongerBucket } from '../part-query.ts';
import type { WeekStart } from '../zone.ts';
import type { Spelling } from './spelling.ts';

/** What a query must know of its site. */
export type QuerySite = {
  id: string;
  timezone: string;
  generation: number;
  /** ISO 4217 code that money is shown in. */
  currency: string;
  goals: readonly Goal[];
  /** The day on which its own pages begin weeks. Not said, as the API asks: a Monday. */
  weekStart?: WeekStart;
};

/** Weeks begin on a Monday, but where a site's own pages ask for others; see {@link QuerySite}. */
export type Granularity = 'hour' | 'day' | LongerBucket;

/** Local days, both inclusive, or instants `[start, end)`; `all` ends today and begins with the site's first event. */
export type Range =
  | { kind: 'days'; from: string; to: string }
  | { kind: 'instants'; start: number; end: number }
  | { kind: 'all'; to: string };

/** A range whose beginning is known. */
export type KnownRange = Exclude<Range, { kind: 'all' }>;

/**
 * A dimension of a query: a bucket of time, a text of the facts, or the goals reached. `name` is as it was asked for; `spelling`
 * says how its values are written, where that is not as facts hold them.
 */
export type QueryDimension =
  | { kind: 'time'; name: string; granularity: Granularity }
  | { kind: 'text'; name: string; dimension: Dimension; spelling?: Spelling }
  | { kind: 'goal'; name: string };

/** Order by the metric or dimension at this place of the query. */
export type OrderBy = { by: 'metric' | 'dimension'; index: number; descending: boolean };

/** Keeps groups whose metric compares with a number in this way. */
export type MetricFilter = { metric: MetricName; compare: Comparator; values: readonly number[] };
export type Comparator =
  | 'is'
  | 'is_not'
  | 'greater_than'
  | 'greater_than_or_equal'
  | 'less_than'
  | 'less_than_or_equal';

/** What a query keeps. `goal` stands apart because conversion rates leave it out of their denominators. */
export type Filters = { facts: FactFilter | null; goal: FactFilter | null; metrics: readonly MetricFilter[] };

export type Comparison =
  | { mode: 'previous_period' | 'year_over_year'; matchDayOfWeek: boolean }
  | { mode: 'custom'; range: KnownRange; matchDayOfWeek: boolean };

/** The last row of the page before, by its values in the order of `order_by` and its key. */
export type Cursor = { values: readonly MetricValue[]; key: readonly string[] };

/** A query as understood: checked, its defaults filled in, nothing left to interpret. */
export type Query = {
  site: QuerySite;
  metrics: readonly MetricName[];
  range: Range;
  dimensions: readonly QueryDimension[];
  filters: Filters;
  /** The filters as they were asked for, for the answer's `query`. */
  askedFilters: readonly unknown[];
  orderBy: readonly OrderBy[];
  include: {
    totalRows: boolean;
    timeLabels: boolean;
    imports: boolean;
    trimRange: boolean;
    comparison: Comparison | null;
  };
  /** `include.comparisons` as it was asked for. */
  askedComparisons: unknown;
  limit: number;
  offset: number;
  after: Cursor | null;
  /** The answer is to say how it came about. */
  explain: boolean;
};
