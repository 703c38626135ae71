import { ORDER_MEMORY_DAYS } from '@footfall/core/order-number';
import type { PoolClient } from '@footfall/postgres/pool';
import { bytesArray, int4Array } from './binary-array.ts';
import { keyBytes } from './columns.ts';
import { CLAIM_ORDERS, FREE_ORDERS, HELD_ORDERS } from './statements.ts';

/** An order number that the event of a row claims. `day` is the UTC day of its receipt, counted from 1970. */
export type OrderClaim = { row: number; site: number; order: Buffer; event: Buffer; day: number };

/** A claim that was made just now, as the table has it: the order's key and the event's. */
type Made = { site: number; order_key: string; event_key: string };

export type HeldOrders = {
  /** Rows whose order another event holds. */
  repeats: ReadonlySet<number>;
  made: readonly Made[];
};

const arrays = (claims: readonly OrderClaim[]) => [
  int4Array(claims.map(({ site }) => site)),
  bytesArray(
    'uuid',
    claims.map(({ order }) => order),
  ),
  bytesArray(
    'uuid',
    claims.map(({ event }) => event),
  ),
];

/** Claims order numbers in a transaction that puts their events, too: each is the first event's that claims it. */
export async function claimOrders(client: PoolClient, claims: readonly OrderClaim[]): Promise<HeldOrders> {
  const keys = arrays(claims);
  const days = int4Array(claims.map(({ day }) => day));
  const { rows: made } = await client.query<Made>(CLAIM_ORDERS, [...keys, days, ORDER_MEMORY_DAYS]);
  const { rows: held } = await client.query<{ n: number }>(HELD_ORDERS, keys);
  const own = new Set(held.map(({ n }) => n - 1));
  return { repeats: new Set(claims.flatMap(({ row }, index) => (own.has(index) ? [] : [row]))), made };
}

/** Frees the claims that were made for events which then were not put: their ids were there before. */
export async function freeUnused(
  client: PoolClient,
  made: readonly Made[],
  isPut: (site: number, eventKey: string) => boolean,
): Promise<void> {
  const unused = made.filter(({ site, event_key }) => !isPut(site, event_key));
  if (unused.length === 0) return;
  await client.query(FREE_ORDERS, [
    int4Array(unused.map(({ site }) => site)),
    bytesArray(
      'uuid',
      unused.map(({ order_key }) => keyBytes(order_key)),
    ),
    bytesArray(
      'uuid',
      unused.map(({ event_key }) => keyBytes(event_key)),
    ),
  ]);
}
