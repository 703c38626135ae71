import type { Position, StreamPartition } from '../../event-log.ts';
import { findBroker } from '../client/cluster.ts';
import { type Cluster, protocolError } from '../client/kafkajs.ts';
import { EARLIEST, LATEST, offsetsAt } from '../client/offsets.ts';
import { byLeader, partitionName, partitionsIn } from '../client/topic-partition.ts';
import { fetchRanges, type Wanted } from '../protocol/fetch-request.ts';
import { batchesIn, visitRecords } from '../protocol/record-batch.ts';
import { dayFor } from '../protocol/tally-header.ts';

/** Bytes read at once, of all partitions and of each: bounds memory, and for how long nothing else gets its turn. */
const READ_BYTES = { all: 512 * 1024, each: 128 * 1024 } as const;

/** From where to where records are counted. */
type CountedRange = StreamPartition & { from: number; to: number };

async function rangesAfter(
  cluster: Cluster,
  partitions: readonly StreamPartition[],
  after: readonly Position[],
): Promise<CountedRange[]> {
  const counted = new Map<string, number>();
  for (const position of after) {
    const name = partitionName(position);
    counted.set(name, Math.max(position.offset, counted.get(name) ?? -1));
  }
  // In this order: a partition that is trimmed in between looks shorter, not longer.
  const begins = await offsetsAt(cluster, partitions, EARLIEST);
  const ends = await offsetsAt(cluster, partitions, LATEST);
  return partitions
    .map((topicPartition) => {
      const from = Math.max(
        (counted.get(partitionName(topicPartition)) ?? -1) + 1,
        begins.get(partitionName(topicPartition)) ?? 0,
      );
      return { ...topicPartition, from, to: ends.get(partitionName(topicPartition)) ?? 0 };
    })
    .filter(({ from, to }) => from < to);
}

/** Counts one answer; moves the ranges on that it was about. */
async function readOn(
  cluster: Cluster,
  { leader, open }: { leader: number; open: readonly CountedRange[] },
  count: { siteId: string | null; days: Map<string, number> },
): Promise<void> {
  const broker = await findBroker(cluster, leader, { fetches: true });
  const wanted: Wanted[] = open.map(({ stream, partition, from }) => ({
    stream,
    partition,
    offset: from,
    maxBytes: READ_BYTES.each,
  }));
  const answer = await fetchRanges(broker, wanted, { maxWaitMs: 0, maxBytes: READ_BYTES.all });
  for (const { errorCode, end, bytes, ...topicPartition } of answer) {
    if (errorCode !== 0) throw protocolError(errorCode);
    const range = open.find((one) => partitionName(one) === partitionName(topicPartition));
    if (range === undefined) continue;
    // A partition may lose its end with its leader, when an operator allows that.
    range.to = Math.min(range.to, end);
    for (const batch of batchesIn(bytes).filter(({ whole }) => whole)) {
      visitRecords(batch, range.from, (record) => {
        const day = record.offset < range.to ? dayFor(count.siteId, record) : undefined;
        if (day !== undefined) count.days.set(day, (count.days.get(day) ?? 0) + 1);
      });
      range.from = batch.lastOffset + 1;
    }
  }
}

/** Counts the records of a site, or of all, by day that lie behind positions, or from the beginning, up to where the streams end now. */
export async function countTally(
  cluster: Cluster,
  streams: readonly string[],
  { after, siteId }: { after: readonly Position[]; siteId: string | null },
): Promise<Map<string, number>> {
  const days = new Map<string, number>();
  const ranges = await rangesAfter(cluster, partitionsIn(cluster, streams), after);
  const reading = [...byLeader(cluster, ranges)].map(async ([leader, own]) => {
    // The one served first is another each time, since only the first gets a batch that is larger than what is asked for.
    for (let open = own; open.length > 0; ) {
      await readOn(cluster, { leader, open }, { siteId, days });
      open = [...open.slice(1), ...open.slice(0, 1)].filter(({ from, to }) => from < to);
    }
  });
  await Promise.all(reading);
  return days;
}
