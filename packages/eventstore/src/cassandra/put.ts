import { claimedOrder } from '@footfall/core/order-number';
import type { EventToPut, PutOutcome } from '../event-store.ts';
import { atOnce, getOrMake } from './at-once.ts';
import { type Claim, type Claims, holderBytes, isHeldBy, readShard } from './claims.ts';
import type { Cluster } from './cluster.ts';
import type { DayShards, OwnedDay } from './day-shards.ts';
import { derivedText } from './derived-text.ts';
import { idBytes, intBytes, keyHash, siteText, textBytes, timeBytes } from './key.ts';
import { holdsOrder, type OrderClaim, type Orders, orderClaim, orderMark } from './orders.ts';
import { shardIn } from './shards.ts';
import { PUT_EVENT, PUT_ORDER } from './statements.ts';
import { utcDay } from './utc-day.ts';

export type PutPorts = { cluster: Cluster; days: DayShards; claims: Claims; orders: Orders };

/** A site in one put. */
type Site = { text: string; bytes: Buffer; days: Map<number, SiteDay> };
/** Its events of a day, each id once. */
type SiteDay = { site: Site; number: number; day: OwnedDay | null; drafts: Map<string, Draft> };
/** All that one put has of one id: the claim that is made for it, the first event, and where others of the id are. */
type Draft = Claim & { first: number; others: number[] | null; visitor: Buffer };
/** An event on its way into the table; `order` is what it claims. */
type Placed = { index: number; put: EventToPut; visitor: Buffer; id: Buffer; order: OrderClaim | null };
/** The events of one partition. */
type Partition = { siteDay: SiteDay; shard: number; placed: readonly Placed[] };

/** Rows and bytes of one batch. A mutation may have 16 MiB, and what is sent at once is held at once. */
const [ROWS_AT_ONCE, BYTES_AT_ONCE] = [400, 512 * 1_024];
/** Requests on their way at once, of one put. */
const AT_ONCE = 32;

const NO_BYTES: Buffer = Buffer.alloc(0);

/** The ids of a put, each site-day's each once, in the order of the put. */
function groupBySiteDay(events: readonly EventToPut[]): SiteDay[] {
  const sites = new Map<string, Site>();
  const siteDays: SiteDay[] = [];
  for (const [index, { event }] of events.entries()) {
    const { siteId, occurredAt, id, visitor } = event.raw;
    const site = getOrMake(sites, siteId, () => {
      const text = siteText(siteId);
      return { text, bytes: Buffer.from(text), days: new Map() };
    });
    const number = utcDay(occurredAt);
    const { drafts } = getOrMake(site.days, number, () => {
      const fresh = { site, number, day: null, drafts: new Map() };
      siteDays.push(fresh);
      return fresh;
    });
    const known = drafts.get(id);
    if (known !== undefined) {
      known.others ??= [];
      known.others.push(index);
      continue;
    }
    drafts.set(id, {
      site: site.text,
      siteBytes: site.bytes,
      day: number,
      id: idBytes(id),
      offer: NO_BYTES,
      holder: null,
      fresh: false,
      first: index,
      others: null,
      visitor: textBytes(visitor),
    });
  }
  return siteDays;
}

/** Begins the days that nobody has written to, and offers each event a place in its own. */
async function offerPlaces(
  siteDays: readonly SiteDay[],
  events: readonly EventToPut[],
  { days }: PutPorts,
): Promise<void> {
  await atOnce(AT_ONCE, siteDays, async (siteDay) => {
    siteDay.day = await days.of(siteDay.site.text, siteDay.number);
  });
  for (const { day, drafts } of siteDays) {
    const { shards } = day as OwnedDay;
    const place = shardIn(shards, days.currentSegment(day as OwnedDay));
    for (const draft of drafts.values()) {
      const { origin } = events[draft.first] as EventToPut;
      draft.offer = holderBytes(origin, place(keyHash(draft.visitor)));
    }
  }
}

/** The events of an id that whoever holds it has put: the indices of those that are stored. */
function standing({ holder, offer, first, others }: Draft, events: readonly EventToPut[]): number[] {
  if (holder === offer && others === null) return [first];
  const isHolder = (index: number) => isHeldBy(holder as Buffer, (events[index] as EventToPut).origin);
  return [first, ...(others ?? [])].filter(isHolder);
}

/** The events that hold their ids, by the partition that they are placed in; others of the same origin are the same event. */
function placeDrafts({ site, drafts }: SiteDay, events: readonly EventToPut[]): Map<number, Placed[]> {
  const shards = new Map<number, Placed[]>();
  for (const draft of drafts.values()) {
    // Written again when it is there: whoever claimed the id may not have come further.
    for (const index of standing(draft, events)) {
      const put = events[index] as EventToPut;
      // The visitor may be another than that of the first, which was turned away.
      const visitor = index === draft.first ? draft.visitor : textBytes(put.event.raw.visitor);
      const order = claimedOrder(put.event.raw);
      getOrMake(shards, readShard(draft.holder as Buffer), (): Placed[] => []).push({
        ...{ index, put, visitor, id: draft.id },
        order: order === null ? null : orderClaim(site.bytes, order, put.origin),
      });
    }
  }
  return shards;
}

/** Leaves out purchases whose order another event holds. Only who holds its id asks for an order, so that none is held by nothing. */
async function withoutRepeatedOrders(
  partitions: readonly Partition[],
  { orders }: PutPorts,
): Promise<Partition[]> {
  // In the order of the put, whatever partitions the events are in: the first of an order stands.
  const placed = partitions.flatMap((partition) => partition.placed).sort((a, b) => a.index - b.index);
  await orders.hold(placed.flatMap(({ order }) => order ?? []));
  return partitions.map((partition) => ({
    ...partition,
    placed: partition.placed.filter(({ order }) => order === null || holdsOrder(order)),
  }));
}

/** The parameters of the batches that write the events of one partition. */
function* splitBatches(
  placed: readonly Placed[],
  [site, day, shard]: readonly [Buffer, Buffer, Buffer],
): Generator<unknown[][]> {
  let batch: unknown[][] = [];
  let bytes = 0;
  let version = { number: Number.NaN, bytes: NO_BYTES };
  for (const { put, visitor, id, order } of placed) {
    const { raw, derived, logicVersion } = put.event;
    const rawBytes = Buffer.from(put.rawText ?? JSON.stringify(raw));
    const derivedBytes = Buffer.from(derivedText(derived));
    const time = timeBytes(raw.occurredAt);
    if (version.number !== logicVersion) version = { number: logicVersion, bytes: intBytes(logicVersion) };
    const row = [site, day, shard, visitor, time, id, rawBytes, derivedBytes, version.bytes];
    batch.push(order === null ? row : [...row, orderMark(order)]);
    bytes += rawBytes.length + derivedBytes.length;
    if (batch.length < ROWS_AT_ONCE && bytes < BYTES_AT_ONCE) continue;
    yield batch;
    [batch, bytes] = [[], 0];
  }
  if (batch.length > 0) yield batch;
}

async function writePartition({ siteDay, shard, placed }: Partition, { cluster }: PutPorts): Promise<void> {
  const partition = [siteDay.site.bytes, intBytes(siteDay.number), intBytes(shard)] as const;
  const [plain, ordered] = [
    placed.filter(({ order }) => order === null),
    placed.filter(({ order }) => order !== null),
  ];
  for (const batch of splitBatches(plain, partition)) await cluster.write(PUT_EVENT, batch, [...partition]);
  for (const batch of splitBatches(ordered, partition)) await cluster.write(PUT_ORDER, batch, [...partition]);
}

/** Puts events as {@link import('../event-store.ts').EventStore} promises. */
export async function putEvents(events: readonly EventToPut[], ports: PutPorts): Promise<PutOutcome[]> {
  const outcomes = events.map((): PutOutcome => 'duplicate');
  const siteDays = groupBySiteDay(events);
  await offerPlaces(siteDays, events, ports);
  await ports.claims.hold(siteDays.flatMap(({ drafts }) => [...drafts.values()]));
  const placed = siteDays.flatMap((siteDay) =>
    [...placeDrafts(siteDay, events)].map(([shard, own]) => ({ siteDay, shard, placed: own })),
  );
  const partitions = await withoutRepeatedOrders(placed, ports);
  await atOnce(AT_ONCE, partitions, (partition) => writePartition(partition, ports));
  for (const { placed: own } of partitions) for (const { index } of own) outcomes[index] = 'stored';
  for (const { day, drafts } of siteDays) {
    let fresh = 0;
    for (const draft of drafts.values()) if (draft.fresh) fresh += 1;
    ports.days.count(day as OwnedDay, fresh);
  }
  return outcomes;
}
