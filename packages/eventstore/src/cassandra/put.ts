import type { EventToPut, PutOutcome } from '../event-store.ts';
import { atOnce, getOrMake } from './at-once.ts';
import { type Claim, type Claims, holderBytes, isHeldBy, readShard } from './claims.ts';
import type { Cluster } from './cluster.ts';
import type { DayShards, OwnedDay } from './day-shards.ts';
import { derivedText } from './derived-text.ts';
import { idBytes, intBytes, keyHash, siteText, textBytes, timeBytes } from './key.ts';
import { shardIn } from './shards.ts';
import { PUT_EVENT } from './statements.ts';
import { utcDay } from './utc-day.ts';

export type PutPorts = { cluster: Cluster; days: DayShards; claims: Claims };

/** A site in one put. */
type Site = { text: string; bytes: Buffer; days: Map<number, SiteDay> };
/** Its events of a day, each id once. */
type SiteDay = { site: Site; number: number; day: OwnedDay | null; drafts: Map<string, Draft> };
/** All that one put has of one id: the claim that is made for it, the first event, and where others of the id are. */
type Draft = Claim & { first: number; others: number[] | null; visitor: Buffer };
/** An event on its way into the table. */
type Placed = { put: EventToPut; visitor: Buffer; id: Buffer };

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

/** Events by the partition that they are placed in; notes which are stored. */
function placeDrafts(
  { drafts }: SiteDay,
  events: readonly EventToPut[],
  outcomes: PutOutcome[],
): Map<number, Placed[]> {
  const shards = new Map<number, Placed[]>();
  for (const draft of drafts.values()) {
    const stored = standing(draft, events);
    for (const index of stored) outcomes[index] = 'stored';
    const [index] = stored;
    // Written again when it is there: whoever claimed the id may not have come further.
    if (index === undefined) continue;
    const put = events[index] as EventToPut;
    // The visitor may be another than that of the first, which was turned away.
    const visitor = index === draft.first ? draft.visitor : textBytes(put.event.raw.visitor);
    getOrMake(shards, readShard(draft.holder as Buffer), (): Placed[] => []).push({
      put,
      visitor,
      id: draft.id,
    });
  }
  return shards;
}

/** The parameters of the batches that write the events of one partition. */
function* splitBatches(
  placed: readonly Placed[],
  [site, day, shard]: readonly [Buffer, Buffer, Buffer],
): Generator<unknown[][]> {
  let batch: unknown[][] = [];
  let bytes = 0;
  let version = { number: Number.NaN, bytes: NO_BYTES };
  for (const { put, visitor, id } of placed) {
    const { raw, derived, logicVersion } = put.event;
    const rawBytes = Buffer.from(put.rawText ?? JSON.stringify(raw));
    const derivedBytes = Buffer.from(derivedText(derived));
    const time = timeBytes(raw.occurredAt);
    if (version.number !== logicVersion) version = { number: logicVersion, bytes: intBytes(logicVersion) };
    batch.push([site, day, shard, visitor, time, id, rawBytes, derivedBytes, version.bytes]);
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
  const siteDays = groupBySiteDay(events);
  await offerPlaces(siteDays, events, ports);
  await ports.claims.hold(siteDays.flatMap(({ drafts }) => [...drafts.values()]));
  const partitions = siteDays.flatMap((siteDay) =>
    [...placeDrafts(siteDay, events, outcomes)].map(([shard, placed]) => ({ siteDay, shard, placed })),
  );
  await atOnce(AT_ONCE, partitions, async ({ siteDay, shard, placed }) => {
    const partition = [siteDay.site.bytes, intBytes(siteDay.number), intBytes(shard)] as const;
    for (const batch of splitBatches(placed, partition)) {
      await ports.cluster.write(PUT_EVENT, batch, [...partition]);
    }
  });
  for (const { day, drafts } of siteDays) {
    let fresh = 0;
    for (const draft of drafts.values()) if (draft.fresh) fresh += 1;
    ports.days.count(day as OwnedDay, fresh);
  }
  return outcomes;
}
