import type { PartitionLag, Position, StreamPartition } from '../../event-log.ts';
import { findBroker } from '../client/cluster.ts';
import { type Cluster, protocolError } from '../client/kafkajs.ts';
import { committedBy, EARLIEST, offsetsAt } from '../client/offsets.ts';
import { byLeader, partitionName, partitionsIn } from '../client/topic-partition.ts';
import { type FetchedRange, fetchRanges, type Wanted } from '../protocol/fetch-request.ts';
import { batchesIn } from '../protocol/record-batch.ts';
import type { Streams } from '../streams.ts';

/**
 * Bytes looked at behind a position, growing while they do not hold a whole batch. The first is what bounds how far the search for
 * the oldest record goes: some dozen small batches, or one or two full ones.
 */
const LOOK_BYTES = [32 * 1024, 1024 * 1024, 16 * 1024 * 1024] as const;
const OUT_OF_RANGE = 1;

/** The oldest time in a range, from the headers of its batches alone. Batches begin in front of the position that they hold. */
function oldestIn({ bytes }: FetchedRange): number | null {
  const times = batchesIn(bytes).map(({ baseTimestamp }) => baseTimestamp);
  return times.length === 0 ? null : Math.min(...times);
}

async function look(
  cluster: Cluster,
  positions: readonly Position[],
  bytes: number,
): Promise<FetchedRange[]> {
  const looking = [...byLeader(cluster, positions)].map(async ([leader, own]) => {
    const broker = await findBroker(cluster, leader, { fetches: true });
    const wanted: Wanted[] = own.map((position) => ({ ...position, maxBytes: bytes }));
    return fetchRanges(broker, wanted, { maxWaitMs: 0, maxBytes: bytes * own.length });
  });
  return (await Promise.all(looking)).flat();
}

type Look = { end: number; oldest: number | null };

/** What lies behind positions: by the name of the partition, its end and its oldest time. Partitions that begin after their position are left out. */
async function lookBehind(cluster: Cluster, positions: readonly Position[]): Promise<Map<string, Look>> {
  const seen = new Map<string, Look>();
  let open = positions;
  for (const bytes of LOOK_BYTES) {
    const ranges = new Map((await look(cluster, open, bytes)).map((one) => [partitionName(one), one]));
    open = open.filter((position) => {
      const range = ranges.get(partitionName(position));
      if (range === undefined || range.errorCode === OUT_OF_RANGE) return false;
      if (range.errorCode !== 0) throw protocolError(range.errorCode);
      const oldest = position.offset < range.end ? oldestIn(range) : null;
      seen.set(partitionName(position), { end: range.end, oldest });
      // A batch larger than what was asked for is not sent, unless it is the first of all.
      return position.offset < range.end && oldest === null;
    });
    if (open.length === 0) break;
  }
  return seen;
}

async function fromBeginning(cluster: Cluster, partitions: readonly StreamPartition[]): Promise<Position[]> {
  const begins = await offsetsAt(cluster, partitions, EARLIEST);
  return partitions.map((topicPartition) => ({
    ...topicPartition,
    offset: begins.get(partitionName(topicPartition)) ?? 0,
  }));
}

/** How far a group is behind in some streams. */
export async function measureLag(
  cluster: Cluster,
  groupId: string,
  { streams, among }: { streams: Streams; among: readonly string[] },
): Promise<PartitionLag[]> {
  const partitions = partitionsIn(cluster, among);
  const committed = await committedBy(cluster, groupId, partitions);
  const committedOffset = (topicPartition: StreamPartition) =>
    committed.get(partitionName(topicPartition)) ?? -1;
  const begun = partitions.filter((topicPartition) => committedOffset(topicPartition) >= 0);
  const known = begun.map((topicPartition) => ({
    ...topicPartition,
    offset: committedOffset(topicPartition),
  }));
  const seen = await lookBehind(cluster, known);
  // Nothing committed yet, or what lay there is gone.
  const others = await fromBeginning(
    cluster,
    partitions.filter((topicPartition) => !seen.has(partitionName(topicPartition))),
  );
  const late = await lookBehind(cluster, others);
  const positions = [...known.filter((one) => seen.has(partitionName(one))), ...others];
  return positions.flatMap(({ stream, partition, offset }) => {
    const topic = streams.topicOf.get(stream);
    const found =
      seen.get(partitionName({ stream, partition })) ?? late.get(partitionName({ stream, partition }));
    if (topic === undefined || found === undefined) return [];
    return [{ topic, stream, partition, committed: offset, end: found.end, oldestReceivedAt: found.oldest }];
  });
}
