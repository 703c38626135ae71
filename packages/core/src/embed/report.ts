import { TIME_DIMENSIONS } from '../dimension.ts';
import type { MetricName } from '../metric.ts';

/** What a report that is embedded answers: the metrics, and the dimensions that it groups and filters by. */
export type EmbedReport = { metrics: readonly MetricName[]; dimensions: readonly string[] };

// Without `exit_rate`: it divides by views of a page in all visits, also in those that a locked filter on the exit page leaves out.
const TRAFFIC = [
  'visitors',
  'visits',
  'pageviews',
  'events',
  'views_per_visit',
  'bounce_rate',
  'visit_duration',
  'scroll_depth',
  'time_on_page',
  'percentage',
] as const satisfies readonly MetricName[];

const SALES = [
  'total_revenue',
  'average_revenue',
  'orders',
  'items_sold',
  'refunded_revenue',
  'net_revenue',
] as const satisfies readonly MetricName[];

const SOURCES = [
  'visit:source',
  'visit:referrer',
  'visit:channel',
  'visit:utm_source',
  'visit:utm_medium',
  'visit:utm_campaign',
  'visit:utm_term',
  'visit:utm_content',
];
const PAGES = ['event:page', 'visit:entry_page', 'visit:exit_page'];
const PLACES = ['visit:country', 'visit:region', 'visit:city', 'visit:language'];
const TECHNOLOGY = [
  'visit:device',
  'visit:browser',
  'visit:browser_version',
  'visit:os',
  'visit:os_version',
  'visit:screen',
];

/** Every report but a single figure can be asked for over time. */
const overTime = (metrics: readonly MetricName[], dimensions: readonly string[] = []): EmbedReport => ({
  metrics,
  dimensions: [...TIME_DIMENSIONS, ...dimensions],
});

/** The reports that embed keys and tokens name. Properties of events are in none: they are what tokens lock. */
export const EMBED_REPORTS = {
  overview: overTime(TRAFFIC, [...SOURCES, ...PAGES, ...PLACES, ...TECHNOLOGY]),
  figures: { metrics: TRAFFIC, dimensions: [] },
  chart: overTime(TRAFFIC),
  sources: overTime(TRAFFIC, SOURCES),
  pages: overTime(TRAFFIC, PAGES),
  places: overTime(TRAFFIC, PLACES),
  technology: overTime(TRAFFIC, TECHNOLOGY),
  events: overTime(['visitors', 'events', 'percentage'], ['event:name']),
  goals: overTime(['visitors', 'events', 'conversion_rate'], ['event:goal']),
  sales: overTime(SALES),
  products: overTime(SALES, ['item:sku', 'item:name', 'item:category']),
} as const satisfies Record<string, EmbedReport>;

export type EmbedReportName = keyof typeof EMBED_REPORTS;
export const EMBED_REPORT_NAMES = Object.keys(EMBED_REPORTS) as EmbedReportName[];

/** The report of a name; undefined where there is none. */
export const findEmbedReport = (name: string): EmbedReport | undefined =>
  Object.hasOwn(EMBED_REPORTS, name) ? EMBED_REPORTS[name as EmbedReportName] : undefined;
