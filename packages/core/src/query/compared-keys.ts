import type { Query } from './query.ts';
import type { Table } from './table.ts';

type Buckets = Pick<Table, 'buckets'>;

/** Finds the group that a group is compared with: its own texts, and the bucket at the same place of the other range. */
export function comparedKeys(
  { dimensions }: Pick<Query, 'dimensions'>,
  own: Buckets,
  compared: Buckets,
): (key: readonly string[]) => readonly string[] {
  const time = dimensions.findIndex(({ kind }) => kind === 'time');
  if (time === -1) return (key) => key;
  const places = new Map(own.buckets.map((bucket, index) => [bucket, compared.buckets[index]]));
  return (key) => key.with(time, places.get(key[time] ?? '') ?? '');
}
