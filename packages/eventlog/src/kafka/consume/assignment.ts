import type { StreamPartition } from '../../event-log.ts';
import { partitionName } from '../client/topic-partition.ts';

/** A member of a group as it presents itself. */
export type Member = {
  id: string;
  /** What it reads. */
  streams: readonly string[];
  /** What it holds, and of which generation it knows that. */
  holds: readonly StreamPartition[];
  generation: number;
};

/** Partitions by the id of the member that they belong to. */
export type Assignment = Map<string, StreamPartition[]>;

type Owners = ReadonlyMap<string, string>;

/** Who holds what, by the name of the partition. Of two who say they do, the one that heard of it last: the other has been away. */
function findOwners(members: readonly Member[]): Owners {
  const inOrder = members.toSorted((a, b) => a.generation - b.generation || (a.id < b.id ? -1 : 1));
  return new Map(
    inOrder.flatMap(({ id, holds }) =>
      holds.map((topicPartition) => [partitionName(topicPartition), id] as const),
    ),
  );
}

/** How many partitions of a stream each of its readers should have: alike, and one more for those that hold more now. */
function quotas(
  count: number,
  readers: readonly { id: string; held: number; total: number }[],
): Map<string, number> {
  const each = Math.floor(count / readers.length);
  const rest = count - each * readers.length;
  const rank = ({ held }: { held: number }) => (held > each ? 0 : 1);
  const inOrder = readers.toSorted(
    (a, b) => rank(a) - rank(b) || a.total - b.total || (a.id < b.id ? -1 : 1),
  );
  return new Map(inOrder.map(({ id }, index) => [id, each + (index < rest ? 1 : 0)]));
}

function assignStream(
  { stream, count }: { stream: string; count: number },
  { readers, owners, assignment }: { readers: readonly string[]; owners: Owners; assignment: Assignment },
): void {
  const partitions = Array.from({ length: count }, (_, partition) => ({ stream, partition }));
  const held = Map.groupBy(partitions, (topicPartition) => owners.get(partitionName(topicPartition)));
  const wanted = quotas(
    count,
    readers.map((id) => ({
      id,
      held: held.get(id)?.length ?? 0,
      total: assignment.get(id)?.length ?? 0,
    })),
  );
  const kept = readers.map((id) => [id, (held.get(id) ?? []).slice(0, wanted.get(id))] as const);
  const taken = new Set(kept.flatMap(([, own]) => own));
  const free = partitions.filter((topicPartition) => !taken.has(topicPartition));
  for (const [id, own] of kept) {
    const more = free.splice(0, (wanted.get(id) ?? 0) - own.length);
    assignment.get(id)?.push(...own, ...more);
  }
}

/**
 * What each member should hold in the end: of each stream as many partitions as any other of its readers, or one more, and as much
 * as possible of what it holds already. `counts`: partitions by stream.
 */
export function target(counts: ReadonlyMap<string, number>, members: readonly Member[]): Assignment {
  const assignment: Assignment = new Map(members.map(({ id }) => [id, []]));
  const owners = findOwners(members);
  const ids = members.map(({ id }) => id).sort();
  for (const [stream, count] of [...counts].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const reads = new Set(members.flatMap(({ id, streams }) => (streams.includes(stream) ? [id] : [])));
    const readers = ids.filter((id) => reads.has(id));
    if (readers.length > 0) assignStream({ stream, count }, { readers, owners, assignment });
  }
  return assignment;
}

/**
 * What each member may hold now: what it should in the end, without what another still holds. That one sees that it should not,
 * finishes what it has in hand, and joins again without it; then it is free. So nobody stops for the sake of others.
 */
export function assign(counts: ReadonlyMap<string, number>, members: readonly Member[]): Assignment {
  const owners = findOwners(members);
  return new Map(
    [...target(counts, members)].map(([id, partitions]) => [
      id,
      partitions.filter((topicPartition) => (owners.get(partitionName(topicPartition)) ?? id) === id),
    ]),
  );
}
