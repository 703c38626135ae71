import type { Dimension } from '../dimension.ts';
import type { MetricName } from '../metric.ts';
import type { FactFilter } from '../part-query.ts';

/** What a query must know of its site. */
export type QuerySite = { id: string; timezone: string; generation: number };

export type Granularity = 'hour' | 'day' | 'week' | 'month';

/** Local days, both inclusive, or instants `[start, end)`; `all` ends today and begins with the site's first event. */
export type Range =
  | { kind: 'days'; from: string; to: string }
  | { kind: 'instants'; start: number; end: number }
  | { kind: 'all'; to: string };

/** A range whose beginning is known. */
export type KnownRange = Exclude<Range, { kind: 'all' }>;

/** A dimension of a query: a bucket of time or a text of the facts. `name` is as it was asked for. */
export type QueryDimension =
  | { kind: 'time'; name: string; granularity: Granularity }
  | { kind: 'text'; name: string; dimension: Dimension };

/** Order by the metric or dimension at this place of the query. */
export type OrderBy = { by: 'metric' | 'dimension'; index: number; descending: boolean };

/** A query as understood: checked, its defaults filled in, nothing left to interpret. */
export type Query = {
  site: QuerySite;
  metrics: readonly MetricName[];
  range: Range;
  dimensions: readonly QueryDimension[];
  filter: FactFilter | null;
  /** The filters as they were asked for, for the answer's `query`. */
  askedFilters: readonly unknown[];
  orderBy: readonly OrderBy[];
  include: { totalRows: boolean; timeLabels: boolean };
  limit: number;
  offset: number;
};
