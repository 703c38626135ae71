import type { MetricName } from '@footfall/core/metric';
import type { Granularity } from '#chart/bucket-text.ts';

/** The key figures of the overview, in their order; the first drives the chart unless another is chosen. */
export const FIGURES = [
  'visitors',
  'visits',
  'pageviews',
  'views_per_visit',
  'bounce_rate',
  'visit_duration',
] as const satisfies readonly MetricName[];

export type FigureName = (typeof FIGURES)[number];

/** Whether more of a figure is good news: what makes a change green or red. */
export const MORE_IS_BETTER: Readonly<Record<FigureName, boolean>> = {
  visitors: true,
  visits: true,
  pageviews: true,
  views_per_visit: true,
  bounce_rate: false,
  visit_duration: true,
};

export type Figure = {
  name: FigureName;
  value: number | null;
  /** Of the period before; null without a comparison. */
  previous: number | null;
  /** Whole percent. */
  change: number | null;
};

/** A line of the chart a figure, bucket by bucket. */
export type Lines = Readonly<Record<FigureName, readonly (number | null)[]>>;

export type Series = {
  granularity: Granularity;
  /** Buckets as the API labels them. */
  labels: readonly string[];
  lines: Lines;
  /** The bucket that is not over yet; its line is dashed. */
  openFrom: number | null;
  /**
   * What each bucket is compared with, to be laid over this one: the first day or hour of it ('' where there is none), and its values.
   */
  previous: { labels: readonly string[]; lines: Lines } | null;
};
