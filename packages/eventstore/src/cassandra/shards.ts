/**
 * The partitions of a day, as a list of how many were opened at a time: `[1, 4]` is partition 0, and 1 to 4, opened when 0 was
 * getting full. What was placed stays where it is, so a key is at one of as many places as the list is long.
 */
export type Shards = readonly number[];

/** How a kind of day begins and grows. */
export type Growth = {
  /** Entries that a partition should hold. */
  capacity: number;
  /** Partitions that a day begins with, at least. */
  least: number;
  /** How many times as many are opened as the last time. */
  factor: number;
};

const before = (shards: Shards, segment: number) =>
  shards.slice(0, segment).reduce((sum, count) => sum + count, 0);

/** Tells the partition of a key, by its hash, in one segment of the list. */
export function shardIn(shards: Shards, segment: number): (hash: number) => number {
  const first = before(shards, segment);
  const count = shards[segment] as number;
  return (hash) => first + (hash % count);
}

/** All partitions in which a key may be, the oldest first. */
export function candidates(shards: Shards, hash: number): number[] {
  return shards.map((_, segment) => shardIn(shards, segment)(hash));
}

/** The number of all partitions. */
export function countShards(shards: Shards): number {
  return before(shards, shards.length);
}

/** The partitions of the last segment. */
export function lastShards(shards: Shards): number[] {
  const first = before(shards, shards.length - 1);
  return Array.from({ length: shards.at(-1) as number }, (_, n) => first + n);
}

/** The list of a day that begins, for so many entries. */
export function firstShards(entries: number, { capacity, least, factor }: Growth): Shards {
  let count = least;
  while (count * capacity < entries) count *= factor;
  return [count];
}

/** Whether so many entries fill the partitions. */
export function isFull(shards: Shards, entries: number, { capacity }: Growth): boolean {
  return entries >= countShards(shards) * capacity;
}

/** The list after the next opening. */
export function grown(shards: Shards, { factor }: Growth): Shards {
  return [...shards, (shards.at(-1) as number) * factor];
}

/** Partitions that can hold the same keys, those of several days together. */
export type Slice<Day> = { day: Day; shard: number }[];

/**
 * All partitions of some days in groups, so that whoever is in a group is in no other. (Each number in a list divides the next, so
 * keys that are apart modulo the least are apart everywhere.)
 */
export function sliceDays<Day>(days: readonly { day: Day; shards: Shards }[]): Slice<Day>[] {
  const least = Math.min(...days.flatMap(({ shards }) => shards));
  return Array.from({ length: days.length === 0 ? 0 : least }, (_, slice) =>
    days.flatMap(({ day, shards }) =>
      shards.flatMap((count, segment) =>
        Array.from({ length: count / least }, (_, n) => ({
          day,
          shard: before(shards, segment) + n * least + slice,
        })),
      ),
    ),
  );
}
