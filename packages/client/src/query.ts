import type { components } from './schema.ts';

type Schemas = components['schemas'];

export type Metric = Schemas['Metric'];
export type Dimension = Schemas['Dimension'];

/** What values of a metric are; money is decimal text, null where there was nothing to divide by. */
export type MetricValueType<Name extends Metric> = Name extends Schemas['CountMetric']
  ? number
  : Name extends Schemas['RatioMetric']
    ? number | null
    : Name extends Schemas['MoneyMetric']
      ? string
      : string | null;

type MetricValueTypes<Names extends readonly Metric[]> = {
  readonly [Place in keyof Names]: MetricValueType<Names[Place]>;
};
type DimensionLabels<Names extends readonly Dimension[]> = { readonly [Place in keyof Names]: string };

/** A query whose answer has its types: values in the order of `metrics`, labels in that of `dimensions`. */
export type Query<Metrics extends readonly Metric[], Dimensions extends readonly Dimension[]> = Omit<
  Schemas['Query'],
  'metrics' | 'dimensions'
> & { readonly metrics: Metrics; readonly dimensions?: Dimensions };

export type Row<Metrics extends readonly Metric[], Dimensions extends readonly Dimension[]> = {
  readonly dimensions: DimensionLabels<Dimensions>;
  readonly metrics: MetricValueTypes<Metrics>;
  /** With `include.comparisons`; `change` in whole percent. */
  readonly comparison?: {
    readonly metrics: MetricValueTypes<Metrics>;
    readonly change: { readonly [Place in keyof Metrics]: number | null };
  };
};

export type Answer<Metrics extends readonly Metric[], Dimensions extends readonly Dimension[]> = Omit<
  Schemas['QueryAnswer'],
  'results'
> & { readonly results: readonly Row<Metrics, Dimensions>[] };

/** A row as an object: its values by metric, its labels by dimension. */
export type Named<Metrics extends readonly Metric[], Dimensions extends readonly Dimension[]> = {
  readonly [Name in Metrics[number]]: MetricValueType<Name>;
} & { readonly [Name in Dimensions[number]]: string };

/** The rows of an answer as objects. */
export function named<
  const Metrics extends readonly Metric[],
  const Dimensions extends readonly Dimension[] = readonly [],
>(
  {
    metrics,
    dimensions = [] as unknown as Dimensions,
  }: Pick<Query<Metrics, Dimensions>, 'metrics' | 'dimensions'>,
  { results }: Answer<Metrics, Dimensions>,
): Named<Metrics, Dimensions>[] {
  return results.map(
    (row) =>
      Object.fromEntries([
        ...dimensions.map((name, place) => [name, row.dimensions[place]]),
        ...metrics.map((name, place) => [name, row.metrics[place]]),
      ]) as Named<Metrics, Dimensions>,
  );
}
