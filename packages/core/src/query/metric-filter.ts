import type { MetricValue } from '../metric.ts';
import type { MetricFilter } from './query.ts';

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

/** Whether a value passes a filter. A ratio with nothing to divide by (null) passes none. */
export function passesMetricFilter({ compare, values }: MetricFilter, value: MetricValue): boolean {
  return value !== null && COMPARES[compare](Number(value), values);
}
