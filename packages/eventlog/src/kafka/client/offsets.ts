import type { StreamPartition } from '../../event-log.ts';
import { findBroker } from './cluster.ts';
import type { Broker, Cluster, TopicOffsets } from './kafkajs.ts';
import { byLeader, byStream, partitionName } from './topic-partition.ts';

/** Of a partition: where it begins, and where the next record will lie. Any other number is a time: the first record not older. */
export const EARLIEST = -2;
export const LATEST = -1;

/** Offsets by {@link partitionName}. */
export type Offsets = Map<string, number>;

const READ_UNCOMMITTED = 0;

function offsetsIn(topics: readonly TopicOffsets[]): [name: string, offset: number][] {
  return topics.flatMap(({ topic: stream, partitions }) =>
    partitions.map(
      ({ partition, offset }) => [partitionName({ stream, partition }), Number(offset)] as const,
    ),
  ) as [string, number][];
}

/** The offset at a time (epoch milliseconds, {@link EARLIEST}, {@link LATEST}) of each partition; -1 when all its records are older. */
export async function offsetsAt(
  cluster: Cluster,
  partitions: readonly StreamPartition[],
  timestamp: number,
): Promise<Offsets> {
  const asking = [...byLeader(cluster, partitions)].map(async ([leader, own]) => {
    const broker = await findBroker(cluster, leader);
    const topics = byStream(own, ({ partition }) => ({ partition, timestamp }));
    return offsetsIn((await broker.listOffsets({ isolationLevel: READ_UNCOMMITTED, topics })).responses);
  });
  return new Map((await Promise.all(asking)).flat());
}

const coordinators = new WeakMap<Cluster, Map<string, number | string>>();

/** The broker that keeps a group; remembered as long as the connections are, which end when it says that it no longer is. */
export async function findCoordinator(cluster: Cluster, groupId: string): Promise<Broker> {
  const known = coordinators.get(cluster) ?? new Map<string, number | string>();
  coordinators.set(cluster, known);
  const nodeId = known.get(groupId) ?? (await cluster.findGroupCoordinator({ groupId })).nodeId;
  known.set(groupId, nodeId);
  return findBroker(cluster, nodeId);
}

/** What a group has committed of each partition; -1: nothing yet. */
export async function committedBy(
  cluster: Cluster,
  groupId: string,
  partitions: readonly StreamPartition[],
): Promise<Offsets> {
  if (partitions.length === 0) return new Map();
  const coordinator = await findCoordinator(cluster, groupId);
  const topics = byStream(partitions, ({ partition }) => ({ partition }));
  return new Map(offsetsIn((await coordinator.offsetFetch({ groupId, topics })).responses));
}

/** Who commits: a member as of a generation of its group. */
export type Standing = { groupId: string; memberId: string; generation: number };

/** Commits the first offsets that a member of a group has not handled. Rejects when its standing is of the past. */
export async function commitOffsets(
  cluster: Cluster,
  { groupId, memberId, generation }: Standing,
  positions: readonly (StreamPartition & { offset: number })[],
): Promise<void> {
  const coordinator = await findCoordinator(cluster, groupId);
  const topics = byStream(positions, ({ partition, offset }) => ({ partition, offset: String(offset) }));
  await coordinator.offsetCommit({ groupId, memberId, groupGenerationId: generation, topics });
}
