import { localIso } from '../zone.ts';
import { spanOfRange } from './bucket.ts';
import type { KnownRange, Query } from './query.ts';

/** The query as it was understood, which an answer repeats: its defaults filled in, its range (`range`) in the site's local time. */
export function describeQuery(query: Query, range: KnownRange): Record<string, unknown> {
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
      trim_relative_date_range: include.trimRange,
      ...(include.comparison === null ? {} : { comparisons: query.askedComparisons }),
    },
    pagination: { limit: query.limit, offset: query.offset },
  };
}
