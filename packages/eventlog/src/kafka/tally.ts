/// <reference path="./kafkajs.d.ts" />
import type Cluster from 'kafkajs/src/cluster/index.js';
import type { Position, StreamPartition } from '../event-log.ts';
import { brokerOf, errorOf } from './cluster.ts';
import { fetchStretches, type Wanted } from './fetch.ts';
import { EARLIEST, LATEST, offsetsAt } from './offsets.ts';
import { byLeader, placeOf, placesIn } from './places.ts';
import { batchesIn, visitRecords } from './record-batch.ts';
import { dayFor } from './tally-header.ts';

/** Bytes read at once, of all partitions and of each: bounds memory, and for how long nothing else gets its turn. */
const READ_BYTES = { all: 512 * 1024, each: 128 * 1024 } as const;

/** From where to where records are counted. */
type Stretch = StreamPartition & { from: number; to: number };

async function stretchesBehind(
  cluster: Cluster,
  places: readonly StreamPartition[],
  after: readonly Position[],
): Promise<Stretch[]> {
  const counted = new Map<string, number>();
  for (const position of after) {
    const place = placeOf(position);
    counted.set(place, Math.max(position.offset, counted.get(place) ?? -1));
  }
  // In this order: a partition that is trimmed in between looks shorter, not longer.
  const begins = await offsetsAt(cluster, places, EARLIEST);
  const ends = await offsetsAt(cluster, places, LATEST);
  return places
    .map((place) => {
      const from = Math.max((counted.get(placeOf(place)) ?? -1) + 1, begins.get(placeOf(place)) ?? 0);
      return { ...place, from, to: ends.get(placeOf(place)) ?? 0 };
    })
    .filter(({ from, to }) => from < to);
}

/** Counts one answer; moves the stretches on that it was about. */
async function readOn(
  cluster: Cluster,
  { leader, open }: { leader: number; open: readonly Stretch[] },
  count: { siteId: string; days: Map<string, number> },
): Promise<void> {
  const broker = await brokerOf(cluster, leader, { fetches: true });
  const wanted: Wanted[] = open.map(({ stream, partition, from }) => ({
    stream,
    partition,
    offset: from,
    maxBytes: READ_BYTES.each,
  }));
  const answer = await fetchStretches(broker, wanted, { maxWaitMs: 0, maxBytes: READ_BYTES.all });
  for (const { errorCode, end, bytes, ...place } of answer) {
    if (errorCode !== 0) throw errorOf(errorCode);
    const stretch = open.find((one) => placeOf(one) === placeOf(place));
    if (stretch === undefined) continue;
    // A partition may lose its end with its leader, when an operator allows that.
    stretch.to = Math.min(stretch.to, end);
    for (const batch of batchesIn(bytes).filter(({ whole }) => whole)) {
      visitRecords(batch, stretch.from, (record) => {
        const day = record.offset < stretch.to ? dayFor(count.siteId, record) : undefined;
        if (day !== undefined) count.days.set(day, (count.days.get(day) ?? 0) + 1);
      });
      stretch.from = batch.lastOffset + 1;
    }
  }
}

/** Counts the records of a site by day that lie behind positions, or from the beginning, up to where the streams end now. */
export async function tallyOf(
  cluster: Cluster,
  streams: readonly string[],
  { after, siteId }: { after: readonly Position[]; siteId: string },
): Promise<Map<string, number>> {
  const days = new Map<string, number>();
  const stretches = await stretchesBehind(cluster, placesIn(cluster, streams), after);
  const reading = [...byLeader(cluster, stretches)].map(async ([leader, own]) => {
    // The one served first is another each time, since only the first gets a batch that is larger than what is asked for.
    for (let open = own; open.length > 0; ) {
      await readOn(cluster, { leader, open }, { siteId, days });
      open = [...open.slice(1), ...open.slice(0, 1)].filter(({ from, to }) => from < to);
    }
  });
  await Promise.all(reading);
  return days;
}
