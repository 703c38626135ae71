import type { EventToPut, PutOutcome } from '../event-store.ts';
import { atOnce, getOrMake } from './at-once.ts';
import { type Claim, type Claims, holderBytes, isHeldBy, shardOf } from './claims.ts';
import type { Cluster, PartitionKey } from './cluster.ts';
import type { DayShards, OwnedDay } from './day-shards.ts';
import { idBytes, intBytes, keyHash, siteText, textBytes, timeBytes } from './key.ts';
import { shardIn } from './shards.ts';
import { PUT_EVENT } from './statements.ts';
import { dayOf } from './utc-day.ts';

export type PutPorts = { cluster: Cluster; days: DayShards; claims: Claims };

/** A site in one put. */
type Site = { text: string; bytes: Buffer; days: Map<number, SiteDay> };
/** Its events of a day, each id once. */
type SiteDay = { site: Site; number: number; day: OwnedDay | null; drafts: Map<string, Draft> };
/** All that one put has of one id: where they are in it, and the claim that is made for them. */
type Draft = { indices: number[]; visitor: Buffer; siteDay: SiteDay; claim: Claim };
/** An event on its way into the table. */
type Placed = { index: number; visitor: Buffer; id: Buffer };

/** Rows and bytes of one batch. A mutation may have 16 MiB, and what is sent at once is held at once. */
const [ROWS_AT_ONCE, BYTES_AT_ONCE] = [400, 512 * 1_024];
/** Requests on their way at once, of one put. */
const AT_ONCE = 32;

const NO_OFFER = Buffer.alloc(0);

/** The ids of a put, each site-day's each once, in the order of the put. */
function draftsOf(events: readonly EventToPut[]): SiteDay[] {
  const sites = new Map<string, Site>();
  const siteDays: SiteDay[] = [];
  for (const [index, { event }] of events.entries()) {
    const { siteId, occurredAt, id, visitor } = event.raw;
    const site = getOrMake(sites, siteId, () => {
      const text = siteText(siteId);
      return { text, bytes: Buffer.from(text), days: new Map() };
    });
    const number = dayOf(occurredAt);
    const siteDay = getOrMake(site.days, number, () => {
      const fresh = { site, number, day: null, drafts: new Map() };
      siteDays.push(fresh);
      return fresh;
    });
    const known = siteDay.drafts.get(id);
    if (known !== undefined) known.indices.push(index);
    else {
      const ids = { site: site.text, siteBytes: site.bytes, day: number, id: idBytes(id) };
      const claim = { ...ids, offer: NO_OFFER, holder: null, fresh: false };
      siteDay.drafts.set(id, { indices: [index], visitor: textBytes(visitor), siteDay, claim });
    }
  }
  return siteDays;
}

/** Begins the days that nobody has written to, and offers each event a place in its own. */
async function offerPlaces(siteDays: readonly SiteDay[], events: readonly EventToPut[], { days }: PutPorts) {
  await atOnce(AT_ONCE, siteDays, async (siteDay) => {
    siteDay.day = await days.of(siteDay.site.text, siteDay.number);
  });
  for (const { day, drafts } of siteDays) {
    const { shards } = day as OwnedDay;
    const place = shardIn(shards, days.segmentOf(day as OwnedDay));
    for (const { claim, visitor, indices } of drafts.values()) {
      const { origin } = events[indices[0] as number] as EventToPut;
      claim.offer = holderBytes(origin, place(keyHash(visitor)));
    }
  }
}

/** Events by the partition that they are placed in, for whoever holds their id. */
function rowsOf(
  { drafts }: SiteDay,
  events: readonly EventToPut[],
  outcomes: PutOutcome[],
): Map<number, Placed[]> {
  const shards = new Map<number, Placed[]>();
  for (const { indices, visitor, claim } of drafts.values()) {
    const holder = claim.holder as Buffer;
    let standing = -1;
    for (const index of indices) {
      const isFirst = holder === claim.offer && index === indices[0];
      if (!isFirst && !isHeldBy(holder, (events[index] as EventToPut).origin)) continue;
      outcomes[index] = 'stored';
      if (standing < 0) standing = index;
    }
    // Written again when it is there: whoever claimed the id may not have come further.
    if (standing < 0) continue;
    // The visitor may be another than that of the first, which was turned away.
    const own =
      standing === indices[0] ? visitor : textBytes((events[standing] as EventToPut).event.raw.visitor);
    getOrMake(shards, shardOf(holder), (): Placed[] => []).push({
      index: standing,
      visitor: own,
      id: claim.id,
    });
  }
  return shards;
}

/** The parameters of the batches that write the events of one partition. */
function* batchesOf(
  placed: readonly Placed[],
  partition: PartitionKey,
  events: readonly EventToPut[],
): Generator<unknown[][]> {
  let batch: unknown[][] = [];
  let bytes = 0;
  for (const { index, visitor, id } of placed) {
    const { raw, derived, logicVersion } = (events[index] as EventToPut).event;
    const rawBytes = Buffer.from(JSON.stringify(raw));
    const derivedBytes = Buffer.from(JSON.stringify(derived));
    const key = [...partition, visitor, timeBytes(raw.occurredAt), id];
    batch.push([...key, rawBytes, derivedBytes, intBytes(logicVersion)]);
    bytes += rawBytes.length + derivedBytes.length;
    if (batch.length < ROWS_AT_ONCE && bytes < BYTES_AT_ONCE) continue;
    yield batch;
    [batch, bytes] = [[], 0];
  }
  if (batch.length > 0) yield batch;
}

/** Puts events as {@link import('../event-store.ts').EventStore} promises. */
export async function putEvents(events: readonly EventToPut[], ports: PutPorts): Promise<PutOutcome[]> {
  const outcomes = events.map((): PutOutcome => 'duplicate');
  const siteDays = draftsOf(events);
  await offerPlaces(siteDays, events, ports);
  const claims = siteDays.flatMap(({ drafts }) => [...drafts.values()].map(({ claim }) => claim));
  await ports.claims.hold(claims);
  const partitions = siteDays.flatMap((siteDay) => {
    const key = [siteDay.site.bytes, intBytes(siteDay.number)];
    return [...rowsOf(siteDay, events, outcomes)].map(([shard, placed]) => ({
      partition: [...key, intBytes(shard)],
      placed,
    }));
  });
  await atOnce(AT_ONCE, partitions, async ({ partition, placed }) => {
    for (const batch of batchesOf(placed, partition, events)) {
      await ports.cluster.write(PUT_EVENT, batch, partition);
    }
  });
  for (const { day, drafts } of siteDays) {
    let fresh = 0;
    for (const { claim } of drafts.values()) if (claim.fresh) fresh += 1;
    ports.days.count(day as OwnedDay, fresh);
  }
  return outcomes;
}
