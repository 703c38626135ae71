/// <reference path="./kafkajs.d.ts" />
import type Cluster from 'kafkajs/src/cluster/index.js';
import type { StreamPartition } from '../event-log.ts';

/** A text for a partition, as keys of maps and for people. */
export const placeOf = ({ stream, partition }: StreamPartition): string => `${stream}/${partition}`;

/** All partitions of some streams, as the metadata has them. */
export function placesIn(cluster: Cluster, streams: Iterable<string>): StreamPartition[] {
  return [...streams].flatMap((stream) =>
    cluster
      .findTopicPartitionMetadata(stream)
      .map(({ partitionId }) => ({ stream, partition: partitionId }))
      .sort((a, b) => a.partition - b.partition),
  );
}

/** The broker that leads a partition. @throws Error when the metadata has none */
export function leaderOf(cluster: Cluster, place: StreamPartition): number {
  const found = cluster
    .findTopicPartitionMetadata(place.stream)
    .find(({ partitionId }) => partitionId === place.partition);
  if (found === undefined || found.leader < 0) throw new Error(`no broker leads ${placeOf(place)} now`);
  return found.leader;
}

/** Places by the broker that leads them. */
export function byLeader<T extends StreamPartition>(cluster: Cluster, places: Iterable<T>): Map<number, T[]> {
  return Map.groupBy(places, (place) => leaderOf(cluster, place));
}

/** In the shape that requests of Kafka have: partitions under their topic. */
export function byStream<T extends StreamPartition, Item>(
  places: Iterable<T>,
  item: (place: T) => Item,
): { topic: string; partitions: Item[] }[] {
  const groups = Map.groupBy(places, ({ stream }) => stream);
  return [...groups].map(([topic, own]) => ({ topic, partitions: own.map(item) }));
}
