import type { StreamPartition } from '../../event-log.ts';
import type { Cluster } from './kafkajs.ts';

/** A text for a partition, as keys of maps and for people. */
export const partitionName = ({ stream, partition }: StreamPartition): string => `${stream}/${partition}`;

/** All partitions of some streams, as the metadata has them. */
export function partitionsIn(cluster: Cluster, streams: Iterable<string>): StreamPartition[] {
  return [...streams].flatMap((stream) =>
    cluster
      .findTopicPartitionMetadata(stream)
      .map(({ partitionId }) => ({ stream, partition: partitionId }))
      .sort((a, b) => a.partition - b.partition),
  );
}

/** The broker that leads a partition. @throws Error when the metadata has none */
export function findLeader(cluster: Cluster, topicPartition: StreamPartition): number {
  const found = cluster
    .findTopicPartitionMetadata(topicPartition.stream)
    .find(({ partitionId }) => partitionId === topicPartition.partition);
  if (found === undefined || found.leader < 0)
    throw new Error(`no broker leads ${partitionName(topicPartition)} now`);
  return found.leader;
}

/** Partitions by the broker that leads them. */
export function byLeader<T extends StreamPartition>(
  cluster: Cluster,
  partitions: Iterable<T>,
): Map<number, T[]> {
  return Map.groupBy(partitions, (topicPartition) => findLeader(cluster, topicPartition));
}

/** In the shape that requests of Kafka have: partitions under their topic. */
export function byStream<T extends StreamPartition, Item>(
  partitions: Iterable<T>,
  item: (topicPartition: T) => Item,
): { topic: string; partitions: Item[] }[] {
  const groups = Map.groupBy(partitions, ({ stream }) => stream);
  return [...groups].map(([topic, own]) => ({ topic, partitions: own.map(item) }));
}
