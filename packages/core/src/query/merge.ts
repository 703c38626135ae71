import { addParts, type Parts, zeroParts } from '../part.ts';
import type { PartRow } from '../part-query.ts';
import { bucketOf } from './bucket.ts';
import type { QueryDimension } from './query.ts';

/** One group of the answer: its buckets and texts in the order of the query's dimensions, and the sum of its parts. */
export type Group = { key: string[]; parts: Parts };

/** Adds up the rows of all questions of a plan by group; days become the weeks or months that were asked for. */
export function merge(rows: Iterable<PartRow>, dimensions: readonly QueryDimension[]): Group[] {
  const groups = new Map<string, Group>();
  for (const row of rows) {
    const key = row.key.map((value, index) => {
      const dimension = dimensions[index];
      return dimension?.kind === 'time' ? bucketOf(value, dimension.granularity) : value;
    });
    const id = JSON.stringify(key);
    let group = groups.get(id);
    if (group === undefined) {
      group = { key, parts: zeroParts() };
      groups.set(id, group);
    }
    addParts(group.parts, row.parts);
  }
  return [...groups.values()];
}

/** Adds the buckets that have no data, with zeros, when time is the only dimension. */
export function fillBuckets(groups: readonly Group[], buckets: readonly string[]): Group[] {
  const known = new Map(groups.map((group) => [group.key[0], group]));
  return buckets.map((bucket) => known.get(bucket) ?? { key: [bucket], parts: zeroParts() });
}
