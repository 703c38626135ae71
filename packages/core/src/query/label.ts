import { hourLabel } from '../zone.ts';
import type { LabelStyle } from './label-style.ts';
import type { Granularity, Query, QueryDimension } from './query.ts';

/** What a bucket is called in answers. */
function bucketLabel(
  bucket: string,
  granularity: Granularity,
  { zone, style }: { zone: string; style: LabelStyle },
): string {
  if (granularity !== 'hour') return bucket;
  const label = hourLabel(zone, Number(bucket));
  return style === 'plausible' ? label.slice(0, 19).replace('T', ' ') : label;
}

/** What a group is called in answers: a text as it is, a bucket by the site's clock. */
function keyLabel(
  key: string,
  dimension: QueryDimension | undefined,
  { zone, style }: { zone: string; style: LabelStyle },
): string {
  return dimension?.kind === 'time' ? bucketLabel(key, dimension.granularity, { zone, style }) : key;
}

/** The labels of a row's key, one for each dimension of the query. */
export function labelKey(key: readonly string[], { dimensions, site }: Query, style: LabelStyle): string[] {
  return key.map((value, index) => keyLabel(value, dimensions[index], { zone: site.timezone, style }));
}

/** The labels of a query's buckets of time; null for a query without time. */
export function labelBuckets(
  buckets: readonly string[],
  { dimensions, site }: Query,
  style: LabelStyle,
): string[] | null {
  const time = dimensions.find(({ kind }) => kind === 'time');
  return time === undefined
    ? null
    : buckets.map((bucket) => keyLabel(bucket, time, { zone: site.timezone, style }));
}
