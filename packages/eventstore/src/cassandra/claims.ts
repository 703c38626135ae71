import { types } from 'cassandra-driver';
import { originBytes } from '../origin.ts';
import { atOnce, getOrMake, queues, splitItems } from './at-once.ts';
import type { Cluster, Row } from './cluster.ts';
import { type DayShards, type OwnedDay, openDayShards } from './day-shards.ts';
import { intBytes, keyHash, NO_SITE } from './key.ts';
import { type Growth, lastShards, type Shards, shardIn } from './shards.ts';
import { CLAIM_ID, CLOSE_IDS, FIND_IDS, FREE_ID } from './statements.ts';

/** An id of a site on a day. */
export type SiteId = { site: string; siteBytes: Buffer; day: number; id: Buffer };

/** An id that an event claims, and whose it turns out to be. */
export type Claim = SiteId & {
  /** What is written when the id is free: {@link holderBytes}. */
  offer: Buffer;
  /** What stands: the offer, or what another has written before. Null until it is known. */
  holder: Buffer | null;
  /** It was free until now. */
  fresh: boolean;
};

/** Who holds an id: a hash of the place in the log it came from, and the shard that its event is in. */
export function holderBytes(origin: string, shard: number): Buffer {
  const bytes = originBytes(origin, Buffer.allocUnsafe(12));
  bytes.writeInt32BE(shard, 8);
  return bytes;
}

export const readShard = (holder: Buffer): number => holder.readInt32BE(8);
export const isHeldBy = (holder: Buffer, origin: string): boolean =>
  holder.compare(originBytes(origin), 0, 8, 0, 8) === 0;

export type Claims = {
  /** Claims ids; each is the first one's that claims it, for good. Fills in the holders. */
  hold(claims: readonly Claim[]): Promise<void>;
  /** Makes ids free again. */
  free(ids: readonly SiteId[]): Promise<void>;
  /** Resolves when nothing goes on in the background. */
  idle(): Promise<void>;
};

/** Ids of one conditional batch: a round of Paxos costs as much as claiming a hundred. */
const IDS_AT_ONCE = 500;
/** Requests on their way at once, of one call. */
const AT_ONCE = 32;
/** More rounds than this it cannot take, unless the table says what cannot be: each finds an id held that was free before. */
const ROUNDS = IDS_AT_ONCE + 1;
/** A day does not grow more often than this while some ids are claimed. */
const GROWTHS = 20;

const claimName = (site: string, id: Buffer) => `${id.toString('latin1')} ${site}`;
const keyOfPartition = (day: number, shard: number): [Buffer, Buffer] => [intBytes(day), intBytes(shard)];

/** Notes the holders that rows tell of. */
function note(claims: readonly Claim[], rows: readonly Row[]): void {
  const holders = new Map<string, Buffer>();
  for (const { site, id, holder } of rows) {
    if (holder) holders.set(claimName(site as string, id as Buffer), Buffer.from(holder as Buffer));
  }
  if (holders.size === 0) return;
  for (const claim of claims) claim.holder = holders.get(claimName(claim.site, claim.id)) ?? claim.holder;
}

const isOpen = ({ holder }: Claim) => holder === null;

/** Some ids of one partition, of which there is one for each place that an id may be at. */
type Group<Id> = { shard: number; ids: readonly Id[] };

/** Ids by the partitions in which they are, in pieces that one statement takes. */
function groupIds<Id extends SiteId>(
  ids: readonly Id[],
  places: readonly ((hash: number) => number)[],
): Group<Id>[] {
  const shards = new Map<number, Id[]>();
  for (const id of ids) {
    const hash = keyHash(id.id);
    for (const place of places) getOrMake(shards, place(hash), (): Id[] => []).push(id);
  }
  return [...shards].flatMap(([shard, own]) =>
    [...splitItems(IDS_AT_ONCE, own)].map((piece) => ({ shard, ids: piece })),
  );
}

/** The statements on one partition of ids. */
function idsTable(cluster: Cluster) {
  const one = queues();
  /** Conditional statements of one process on a partition follow each other, instead of hindering each other. */
  const decide = (query: string, each: Buffer[][], [day, shard]: readonly [number, number]) =>
    one(`${day} ${shard}`, () => cluster.decide(query, each, keyOfPartition(day, shard)));
  return {
    /** Looks who holds ids, in a partition in which nothing is claimed any more. */
    async find(day: number, shard: number, claims: readonly Claim[]): Promise<void> {
      const pairs = claims.map(({ site, id }) => new types.Tuple(site, id));
      const partition = keyOfPartition(day, shard);
      note(claims, await cluster.rows(FIND_IDS, [...partition, pairs], { partition }));
    },
    /** Claims ids. Answers false when the partition is closed: then those that are left must be claimed in another. */
    async claim(day: number, shard: number, claims: readonly Claim[]): Promise<boolean> {
      const [dayBytes, shardBytes] = keyOfPartition(day, shard);
      let left = claims;
      for (let round = 1; left.length > 0; round += 1) {
        if (round > ROUNDS) throw new Error(`ids of day ${day}, shard ${shard} are neither free nor held`);
        const each = left.map(({ siteBytes, id, offer }) => [offer, dayBytes, shardBytes, siteBytes, id]);
        const hindrances = await decide(CLAIM_ID, each, [day, shard]);
        if (hindrances === null) {
          for (const claim of left) {
            claim.holder = claim.offer;
            claim.fresh = true;
          }
          return true;
        }
        note(left, hindrances);
        left = left.filter(isOpen);
        if (left.length > 0 && hindrances.some((row) => row.closed === true)) return false;
      }
      return true;
    },
    async free(day: number, shard: number, ids: readonly SiteId[]): Promise<void> {
      const [dayBytes, shardBytes] = keyOfPartition(day, shard);
      const each = ids.map(({ siteBytes, id }) => [dayBytes, shardBytes, siteBytes, id]);
      await decide(FREE_ID, each, [day, shard]);
    },
    async close(day: number, shard: number): Promise<void> {
      await decide(CLOSE_IDS, [keyOfPartition(day, shard)], [day, shard]);
    },
  };
}

type IdsTable = ReturnType<typeof idsTable>;

async function holdOfDay(
  claims: readonly Claim[],
  { table, days, day }: { table: IdsTable; days: DayShards; day: OwnedDay },
): Promise<void> {
  let left = claims;
  for (let growths = 0; left.length > 0; growths += 1) {
    if (growths > GROWTHS) throw new Error(`the ids of day ${day.day} are closed, and no others are opened`);
    const { shards } = day;
    const places = shards.map((_, segment) => shardIn(shards, segment));
    // Where nothing is claimed any more it is enough to look.
    const older = groupIds(left, places.slice(0, -1));
    await atOnce(AT_ONCE, older, ({ shard, ids }) => table.find(day.day, shard, ids));
    let isClosed = false;
    const open = groupIds(left.filter(isOpen), places.slice(-1));
    await atOnce(AT_ONCE, open, async ({ shard, ids }) => {
      if (!(await table.claim(day.day, shard, ids))) isClosed = true;
    });
    left = left.filter(isOpen);
    // Whoever closed it may be about to open the next, or be gone.
    if (isClosed && day.shards === shards) await days.grow(day);
  }
}

/** Opens the ids of a cluster: who holds which, exactly, whatever happens at the same time. */
export function openClaims(cluster: Cluster, growth: Growth): Claims {
  const table = idsTable(cluster);
  // A day's next partitions are opened when nothing can be claimed in the last ones any more, so that looking there is enough.
  const beforeGrowth = (day: number, shards: Shards) =>
    atOnce(AT_ONCE, lastShards(shards), (shard) => table.close(day, shard));
  const days = openDayShards({ cluster, growth, memory: 0, beforeGrowth });
  return {
    async hold(claims) {
      const groups = new Map<number, Claim[]>();
      for (const claim of claims) getOrMake(groups, claim.day, (): Claim[] => []).push(claim);
      await atOnce(AT_ONCE, [...groups], async ([number, own]) => {
        const day = await days.of(NO_SITE, number);
        await holdOfDay(own, { table, days, day });
        days.count(day, own.filter(({ fresh }) => fresh).length);
      });
    },
    async free(ids) {
      const groups = new Map<number, SiteId[]>();
      for (const id of ids) getOrMake(groups, id.day, (): SiteId[] => []).push(id);
      for (const [number, own] of groups) {
        // As it is now, since what another process has opened is not known here.
        const [day] = await days.between(NO_SITE, number, number);
        if (day === undefined) continue;
        const { shards } = day;
        const places = shards.map((_, segment) => shardIn(shards, segment));
        await atOnce(AT_ONCE, groupIds(own, places), ({ shard, ids: some }) =>
          table.free(number, shard, some),
        );
      }
    },
    idle: () => days.idle(),
  };
}
