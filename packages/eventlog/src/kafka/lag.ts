/// <reference path="./kafkajs.d.ts" />
import type Cluster from 'kafkajs/src/cluster/index.js';
import type { PartitionLag, Position, StreamPartition } from '../event-log.ts';
import { brokerOf, errorOf } from './cluster.ts';
import { fetchStretches, type Stretch, type Wanted } from './fetch.ts';
import { committedBy, EARLIEST, offsetsAt } from './offsets.ts';
import { byLeader, placeOf, placesIn } from './places.ts';
import { batchesIn } from './record-batch.ts';
import type { Streams } from './streams.ts';

/**
 * Bytes looked at behind a position, growing while they do not hold a whole batch. The first is what bounds how far the search for
 * the oldest record goes: some dozen small batches, or one or two full ones.
 */
const LOOK_BYTES = [32 * 1024, 1024 * 1024, 16 * 1024 * 1024] as const;
const OUT_OF_RANGE = 1;

/** The oldest time in a stretch, from the headers of its batches alone. Batches begin in front of the position that they hold. */
function oldestIn({ bytes }: Stretch): number | null {
  const times = batchesIn(bytes).map(({ baseTimestamp }) => baseTimestamp);
  return times.length === 0 ? null : Math.min(...times);
}

async function look(cluster: Cluster, positions: readonly Position[], bytes: number): Promise<Stretch[]> {
  const looking = [...byLeader(cluster, positions)].map(async ([leader, own]) => {
    const broker = await brokerOf(cluster, leader, { fetches: true });
    const wanted: Wanted[] = own.map((position) => ({ ...position, maxBytes: bytes }));
    return fetchStretches(broker, wanted, { maxWaitMs: 0, maxBytes: bytes * own.length });
  });
  return (await Promise.all(looking)).flat();
}

type Look = { end: number; oldest: number | null };

/** What lies behind positions: by place, its end and its oldest time. Places that begin behind their position are left out. */
async function lookBehind(cluster: Cluster, positions: readonly Position[]): Promise<Map<string, Look>> {
  const seen = new Map<string, Look>();
  let open = positions;
  for (const bytes of LOOK_BYTES) {
    const stretches = new Map((await look(cluster, open, bytes)).map((one) => [placeOf(one), one]));
    open = open.filter((position) => {
      const stretch = stretches.get(placeOf(position));
      if (stretch === undefined || stretch.errorCode === OUT_OF_RANGE) return false;
      if (stretch.errorCode !== 0) throw errorOf(stretch.errorCode);
      const oldest = position.offset < stretch.end ? oldestIn(stretch) : null;
      seen.set(placeOf(position), { end: stretch.end, oldest });
      // A batch larger than what was asked for is not sent, unless it is the first of all.
      return position.offset < stretch.end && oldest === null;
    });
    if (open.length === 0) break;
  }
  return seen;
}

async function fromBeginning(cluster: Cluster, places: readonly StreamPartition[]): Promise<Position[]> {
  const begins = await offsetsAt(cluster, places, EARLIEST);
  return places.map((place) => ({ ...place, offset: begins.get(placeOf(place)) ?? 0 }));
}

/** How far a group is behind in some streams. */
export async function lagOf(
  cluster: Cluster,
  groupId: string,
  { streams, among }: { streams: Streams; among: readonly string[] },
): Promise<PartitionLag[]> {
  const places = placesIn(cluster, among);
  const committed = await committedBy(cluster, groupId, places);
  const offsetOf = (place: StreamPartition) => committed.get(placeOf(place)) ?? -1;
  const begun = places.filter((place) => offsetOf(place) >= 0);
  const known = begun.map((place) => ({ ...place, offset: offsetOf(place) }));
  const seen = await lookBehind(cluster, known);
  // Nothing committed yet, or what lay there is gone.
  const others = await fromBeginning(
    cluster,
    places.filter((place) => !seen.has(placeOf(place))),
  );
  const late = await lookBehind(cluster, others);
  const positions = [...known.filter((one) => seen.has(placeOf(one))), ...others];
  return positions.flatMap(({ stream, partition, offset }) => {
    const topic = streams.topicOf.get(stream);
    const found = seen.get(placeOf({ stream, partition })) ?? late.get(placeOf({ stream, partition }));
    if (topic === undefined || found === undefined) return [];
    return [{ topic, stream, partition, committed: offset, end: found.end, oldestReceivedAt: found.oldest }];
  });
}
