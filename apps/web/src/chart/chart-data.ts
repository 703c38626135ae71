import type { Unit } from '#format/number.ts';
import type { Granularity } from './bucket-text.ts';
import type { Frame } from './plot.ts';

/** What a chart shows. */
export type ChartData = {
  /** What the line counts, in words. */
  label: string;
  unit: Unit;
  granularity: Granularity;
  labels: readonly string[];
  values: readonly (number | null)[];
  /** The bucket that is not over. */
  openFrom: number | null;
  previous: { labels: readonly string[]; values: readonly (number | null)[] } | null;
};

/** Height of the chart in pixels, its margins for labels included. */
export const HEIGHT = 280;
/** Where its lines live, pixels from the top. */
export const FRAME: Frame = { top: 20, zero: HEIGHT - 28 };
