import type { GroupBound, PartRow } from '../part-query.ts';
import type { Question } from './basis.ts';
import type { Counterparts } from './counterpart.ts';
import { bucketKey } from './merge.ts';
import type { QueryDimension } from './query.ts';
import { readValues } from './spelling.ts';

/** Place of the time dimension, -1 without one. */
export const timeIndex = (dimensions: readonly QueryDimension[]) =>
  dimensions.findIndex(({ kind }) => kind === 'time');

const isByHour = (dimension: QueryDimension | undefined): boolean =>
  dimension?.kind === 'time' && dimension.granularity === 'hour';

/** What the store may have in the place of one value of a key: hours that another is compared with, texts as facts hold them. */
function storedValues(
  value: string,
  dimension: QueryDimension | undefined,
  counterparts: Counterparts | null,
): readonly string[] {
  if (dimension?.kind === 'text') return readValues(value, dimension.spelling);
  return counterparts !== null && isByHour(dimension) ? counterparts.findHours(value) : [value];
}

/** A bound as the store knows its groups. Days are moved by the store. */
export function storedBound(
  bound: GroupBound | null,
  { dimensions }: Question,
  counterparts: Counterparts | null,
): GroupBound | null {
  if (bound?.kind !== 'only') return bound;
  const keys = bound.keys.flatMap((key) => {
    let stored: string[][] = [[]];
    key.forEach((value, index) => {
      const values = storedValues(value, dimensions[index], counterparts);
      stored = stored.flatMap((begun) => values.map((one) => [...begun, one]));
    });
    return stored;
  });
  return { ...bound, keys };
}

/** The key of the group that a row belongs to; null where its hour has no counterpart. */
export function groupKey(
  row: PartRow,
  dimensions: readonly QueryDimension[],
  counterparts: Counterparts | null,
): readonly string[] | null {
  const key = bucketKey(row, dimensions);
  const time = timeIndex(dimensions);
  if (counterparts === null || !isByHour(dimensions[time])) return key;
  const hour = counterparts.find(key[time] ?? '', 'hour');
  return hour === null ? null : key.with(time, hour);
}
