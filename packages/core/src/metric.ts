import type { Part, Parts } from './part.ts';
import { roundedRatio } from './ratio.ts';

/**
 * What a merchant can measure, as data: which additive parts a metric needs and how it is made of them, once, at the
 * very end. `total` parts are of the same query without dimensions. Adding a metric is a row and its test.
 */
type MetricRow = { label: string; unit: 'count' | 'ratio' | 'percent' | 'seconds' } & (
  | { kind: 'count'; part: Part }
  | {
      kind: 'ratio';
      numerator: Part;
      denominator: Part;
      /** The denominator is of the same query without dimensions. */
      ofTotal?: true;
      /** The ratio is multiplied by this fraction. */
      factor?: readonly [number, number];
      places: number;
    }
);

export const METRICS = {
  visitors: { label: 'Visitors', unit: 'count', kind: 'count', part: 'visitors' },
  visits: { label: 'Visits', unit: 'count', kind: 'count', part: 'visits' },
  pageviews: { label: 'Pageviews', unit: 'count', kind: 'count', part: 'pageviews' },
  events: { label: 'Events', unit: 'count', kind: 'count', part: 'events' },
  views_per_visit: {
    label: 'Views per visit',
    unit: 'ratio',
    kind: 'ratio',
    numerator: 'pageviews',
    denominator: 'visits',
    places: 2,
  },
  bounce_rate: {
    label: 'Bounce rate',
    unit: 'percent',
    kind: 'ratio',
    numerator: 'bounces',
    denominator: 'visits',
    factor: [100, 1],
    places: 0,
  },
  visit_duration: {
    label: 'Visit duration',
    unit: 'seconds',
    kind: 'ratio',
    numerator: 'durationMs',
    denominator: 'visits',
    factor: [1, 1000],
    places: 0,
  },
  percentage: {
    label: 'Share of visitors',
    unit: 'percent',
    kind: 'ratio',
    numerator: 'visitors',
    denominator: 'visitors',
    ofTotal: true,
    factor: [100, 1],
    places: 1,
  },
} as const satisfies Record<string, MetricRow>;

export type MetricName = keyof typeof METRICS;

export const METRIC_NAMES = Object.keys(METRICS) as MetricName[];

/** The parts that a group needs for a metric. */
export function partsOf(metric: MetricName): Part[] {
  const row: MetricRow = METRICS[metric];
  if (row.kind === 'count') return [row.part];
  return row.ofTotal ? [row.numerator] : [row.numerator, row.denominator];
}

/** The parts that a metric needs of the same query without dimensions. */
export function totalPartsOf(metric: MetricName): Part[] {
  const row: MetricRow = METRICS[metric];
  return row.kind === 'ratio' && row.ofTotal ? [row.denominator] : [];
}

/** The metric's value from its parts: a whole number, a rounded ratio, or null where there is nothing to divide by. */
export function metricValue(metric: MetricName, parts: Parts, total: Parts): number | null {
  const row: MetricRow = METRICS[metric];
  if (row.kind === 'count') return parts[row.part];
  const denominator = (row.ofTotal ? total : parts)[row.denominator];
  return roundedRatio(parts[row.numerator], denominator, row);
}
