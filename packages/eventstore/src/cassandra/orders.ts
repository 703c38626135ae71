import { ORDER_MEMORY_DAYS } from '@footfall/core/order-number';
import { originBytes } from '../origin.ts';
import { atOnce, getOrMake, queues, splitItems } from './at-once.ts';
import type { Cluster, Row } from './cluster.ts';
import { intBytes, keyHash, textBytes } from './key.ts';
import { CLAIM_ORDER, FREE_ORDER } from './statements.ts';

/** An order number that an event claims, and whose it turns out to be. */
export type OrderClaim = {
  siteBytes: Buffer;
  order: Buffer;
  /** The place in the log that the event came from, hashed. */
  offer: Buffer;
  /** What stands: the offer, or another's. Null until it is known. */
  holder: Buffer | null;
};

/** An order as the event that holds it keeps it: the number, behind the eight bytes of who claimed it. */
export const orderMark = ({ offer, order }: OrderClaim): Buffer => Buffer.concat([offer, order]);
const readMark = (mark: Buffer) => ({ holder: mark.subarray(0, 8), order: mark.subarray(8) });

export const orderClaim = (siteBytes: Buffer, order: string, origin: string): OrderClaim => ({
  siteBytes,
  order: textBytes(order),
  offer: originBytes(origin),
  holder: null,
});

/** The event's own claim stands. */
export const holdsOrder = ({ holder, offer }: OrderClaim): boolean => holder?.equals(offer) ?? false;

export type Orders = {
  /** Claims order numbers; each is the first one's that claims it. Fills in the holders. */
  hold(claims: readonly OrderClaim[]): Promise<void>;
  /** Frees the orders of events that go ({@link orderMark}), where their claims still stand. */
  free(siteBytes: Buffer, marks: readonly Buffer[]): Promise<void>;
};

/** Partitions of a site's orders: of ten million, some 150,000 in each. */
const SHARDS = 64;
const AT_ONCE = 32;
/** A round of Paxos costs as much as claiming a hundred. */
const ORDERS_AT_ONCE = 100;
const MEMORY_SECONDS = intBytes(ORDER_MEMORY_DAYS * 24 * 3_600);

const shardKey = (order: Buffer): Buffer => intBytes(keyHash(order) % SHARDS);
const isOpen = ({ holder }: OrderClaim) => holder === null;

function note(claims: readonly OrderClaim[], rows: readonly Row[]): void {
  const holders = new Map<string, Buffer>();
  for (const { order_number, holder } of rows)
    if (holder) holders.set((order_number as Buffer).toString('latin1'), Buffer.from(holder as Buffer));
  for (const claim of claims) claim.holder ??= holders.get(claim.order.toString('latin1')) ?? null;
}

/** Each order of a partition once: of several that claim it at once, the first. */
function firstOfEach(claims: readonly OrderClaim[]): OrderClaim[] {
  const first = new Map<string, OrderClaim>();
  for (const claim of claims) getOrMake(first, claim.order.toString('latin1'), () => claim);
  return [...first.values()];
}

/** Opens the orders of a cluster: which event of a site holds which number, whatever happens at the same time. */
export function openOrders(cluster: Cluster): Orders {
  const one = queues();
  /** Conditional statements of one process on a partition follow each other, instead of hindering each other. */
  const decide = (query: string, each: unknown[][], [site, shard]: readonly [Buffer, Buffer]) =>
    one(`${site.toString('latin1')} ${shard.toString('hex')}`, () =>
      cluster.decide(query, each, [site, shard]),
    );

  async function holdOfPartition(claims: readonly OrderClaim[], partition: readonly [Buffer, Buffer]) {
    // Each round without success finds at least one order held that was free before.
    for (let left = claims.filter(isOpen); left.length > 0; left = left.filter(isOpen)) {
      const asked = firstOfEach(left);
      const each = asked.map(({ order, offer }) => [MEMORY_SECONDS, offer, ...partition, order]);
      const hindrances = await decide(CLAIM_ORDER, each, partition);
      if (hindrances !== null) note(left, hindrances);
      else for (const claim of asked) claim.holder = claim.offer;
      // Others of the same number are the repeats of the one that holds it now.
      for (const { order, holder } of asked)
        for (const claim of left) if (claim.order.equals(order)) claim.holder ??= holder;
    }
  }

  return {
    async hold(claims) {
      const partitions = new Map<string, { key: readonly [Buffer, Buffer]; claims: OrderClaim[] }>();
      for (const claim of claims) {
        const key = [claim.siteBytes, shardKey(claim.order)] as const;
        const name = `${key[0].toString('latin1')} ${key[1].toString('hex')}`;
        getOrMake(partitions, name, () => ({ key, claims: [] as OrderClaim[] })).claims.push(claim);
      }
      await atOnce(AT_ONCE, [...partitions.values()], async ({ key, claims: own }) => {
        for (const some of splitItems(ORDERS_AT_ONCE, own)) await holdOfPartition(some, key);
      });
    },
    async free(siteBytes, marks) {
      // One at a time: in a batch, a claim that has ended would keep the others.
      await atOnce(AT_ONCE, marks, async (mark) => {
        const { holder, order } = readMark(mark);
        const partition = [siteBytes, shardKey(order)] as const;
        await decide(FREE_ORDER, [[...partition, order, holder]], partition);
      });
    },
  };
}
