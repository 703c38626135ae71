import { findBroker } from '../client/cluster.ts';
import type { Cluster } from '../client/kafkajs.ts';
import { committedBy, EARLIEST, LATEST, type Offsets, offsetsAt } from '../client/offsets.ts';
import { byLeader, byStream, partitionName, partitionsIn } from '../client/topic-partition.ts';

/** Groups whose name begins so; others on the same Kafka are none of ours. */
async function listGroups(cluster: Cluster, prefix: string): Promise<string[]> {
  const asking = cluster.getNodeIds().map(async (nodeId) => (await findBroker(cluster, nodeId)).listGroups());
  const groups = (await Promise.all(asking)).flatMap((answer) => answer.groups);
  return groups
    .filter(({ groupId, protocolType }) => protocolType === 'consumer' && groupId.startsWith(prefix))
    .map(({ groupId }) => groupId);
}

/**
 * Deletes from the streams what every group has committed and what lies in front of the first record that is not older than
 * `before` (epoch milliseconds). A group counts for the partitions that it has ever held.
 */
export async function trimStreams(
  cluster: Cluster,
  { streams, prefix, before }: { streams: readonly string[]; prefix: string; before: number },
): Promise<void> {
  const partitions = partitionsIn(cluster, streams);
  const groups = await listGroups(cluster, prefix);
  const committed = await Promise.all(groups.map((group) => committedBy(cluster, group, partitions)));
  const [begins, young, ends] = await Promise.all([
    offsetsAt(cluster, partitions, EARLIEST),
    offsetsAt(cluster, partitions, before),
    offsetsAt(cluster, partitions, LATEST),
  ]);
  const at = (offsets: Offsets, name: string) => offsets.get(name) ?? -1;
  const trims = partitions.flatMap((one) => {
    const name = partitionName(one);
    const done = committed.map((offsets) => at(offsets, name)).filter((offset) => offset >= 0);
    const old = at(young, name) < 0 ? at(ends, name) : at(young, name);
    const offset = Math.min(old, ...done);
    return done.length > 0 && offset > at(begins, name) ? [{ ...one, offset }] : [];
  });
  for (const [leader, own] of byLeader(cluster, trims)) {
    const broker = await findBroker(cluster, leader);
    for (const topic of byStream(own, ({ partition, offset }) => ({ partition, offset: String(offset) })))
      await broker.deleteRecords({ topics: [topic] });
  }
}
