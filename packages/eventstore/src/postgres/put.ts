import { claimedOrder } from '@footfall/core/order-number';
import { type Pool, type PoolClient, transaction } from '@footfall/postgres/pool';
import type { EventToPut, PutOutcome } from '../event-store.ts';
import { originBytes } from '../origin.ts';
import { bytesArray, int4Array } from './binary-array.ts';
import { writeBody } from './body.ts';
import { byteWriter } from './bytes.ts';
import { dayAndTime, type EventColumns, eventKey, keyBytes, toColumns, visitorBytes } from './columns.ts';
import type { Say, SayMemo } from './interned.ts';
import { claimOrders, freeUnused, type OrderClaim } from './orders.ts';
import { type Parts, splitParts } from './parts.ts';
import type { SiteNumbers } from './sites.ts';
import { PUT, SAME_ORIGIN } from './statements.ts';
import type { Terms } from './terms.ts';

type Ports = { pool: Pool; sites: SiteNumbers; terms: Terms; memo: SayMemo };

/** An event as it is sent, but for its body. */
type Row = { columns: EventColumns; site: number; parts: Parts; key: Buffer; origin: Buffer };

/** Of no site: the table refuses it, and the put is tried again. */
const GONE = -1;

/** A site that is deleted between the look at its number and the writing; more often than this it is something else. */
const ATTEMPTS = 5;

async function buildRows(events: readonly EventToPut[], { sites, memo }: Ports): Promise<Row[]> {
  const taken = events.map(({ event, origin }) => ({ event, origin, columns: toColumns(event.raw) }));
  const siteIds = new Set(taken.map(({ columns }) => columns.siteId));
  const numbers = await sites.of(siteIds);
  const says = new Map([...siteIds].map((siteId) => [siteId, memo.of(numbers.get(siteId) ?? GONE)]));
  return taken.map(({ event, origin, columns }) => {
    const site = numbers.get(columns.siteId) ?? GONE;
    const parts = splitParts(event, columns, says.get(columns.siteId) as Say);
    return { columns, site, parts, key: keyBytes(columns.eventKey), origin: originBytes(origin) };
  });
}

/** What a put writes of a row. */
type Written = { row: Row; index: number; body: Buffer };

async function writeBodies(rows: readonly Row[], { terms }: Ports): Promise<Written[]> {
  const writer = byteWriter();
  await terms.number(
    rows.map(({ columns, parts }) => ({ visitor: columns.visitor, interned: parts.interned })),
  );
  return rows.map((row, index) => ({ row, index, body: writeBody(row.parts, writer) }));
}

/** Answers the indices of those that were not there. */
async function insert(written: readonly Written[], client: Pick<PoolClient, 'query'>): Promise<number[]> {
  const times = written.map(({ row }) => dayAndTime(row.columns.occurredAt));
  const { rows: added } = await client.query<{ n: number }>(PUT, [
    int4Array(written.map(({ row }) => row.site)),
    bytesArray(
      'uuid',
      written.map(({ row }) => row.key),
    ),
    int4Array(times.map(({ day }) => day)),
    int4Array(times.map(({ time }) => time)),
    bytesArray(
      'bytea',
      written.map(({ row }) => visitorBytes(row.columns.visitor)),
    ),
    bytesArray(
      'int8',
      written.map(({ row }) => row.origin),
    ),
    bytesArray(
      'bytea',
      written.map(({ body }) => body),
    ),
  ]);
  return added.flatMap(({ n }) => written[n - 1]?.index ?? []);
}

function listClaims(events: readonly EventToPut[], rows: readonly Row[]): OrderClaim[] {
  return rows.flatMap(({ site, key }, row) => {
    const raw = events[row]?.event.raw;
    const order = raw === undefined ? null : claimedOrder(raw);
    if (raw === undefined || order === null) return [];
    return [{ row, site, order: keyBytes(eventKey(order)), event: key, day: dayAndTime(raw.receivedAt).day }];
  });
}

/** As {@link insert}, with the events of orders that are taken left out: claims and events are there together, or neither. */
function insertWithOrders(
  written: readonly Written[],
  claims: readonly OrderClaim[],
  { pool }: Ports,
): Promise<number[]> {
  return transaction(pool, async (client) => {
    const { repeats, made } = await claimOrders(client, claims);
    const added = await insert(
      written.filter(({ index }) => !repeats.has(index)),
      client,
    );
    const names = new Set(
      added.flatMap((index) => {
        const row = written[index]?.row;
        return row === undefined ? [] : [`${row.site} ${row.columns.eventKey}`];
      }),
    );
    await freeUnused(client, made, (site, key) => names.has(`${site} ${key}`));
    return added;
  });
}

/** Of the rows of these indices, those whose event is there from the same origin. */
async function sameOrigin(
  rows: readonly Row[],
  indices: readonly number[],
  { pool }: Ports,
): Promise<number[]> {
  if (indices.length === 0) return [];
  const asked = indices.flatMap((index) => rows[index] ?? []);
  const { rows: same } = await pool.query<{ n: number }>(SAME_ORIGIN, [
    int4Array(asked.map(({ site }) => site)),
    bytesArray(
      'uuid',
      asked.map(({ key }) => key),
    ),
    bytesArray(
      'int8',
      asked.map(({ origin }) => origin),
    ),
  ]);
  return same.flatMap(({ n }) => indices[n - 1] ?? []);
}

/** What Postgres says of a row without a site, which is one whose site is gone. */
const isSiteGone = (error: unknown) => error instanceof Error && 'code' in error && error.code === '23502';

/** Puts events as {@link import('../event-store.ts').EventStore} promises. */
export async function putEvents(events: readonly EventToPut[], ports: Ports): Promise<PutOutcome[]> {
  const outcomes = events.map((): PutOutcome => 'duplicate');
  if (events.length === 0) return outcomes;
  for (let attempt = 1; ; attempt += 1) {
    const rows = await buildRows(events, ports);
    try {
      const written = await writeBodies(rows, ports);
      const claims = listClaims(events, rows);
      const added =
        claims.length === 0
          ? await insert(written, ports.pool)
          : await insertWithOrders(written, claims, ports);
      for (const index of added) outcomes[index] = 'stored';
      const known = [...outcomes.keys()].filter((index) => outcomes[index] === 'duplicate');
      for (const index of await sameOrigin(rows, known, ports)) outcomes[index] = 'stored';
      return outcomes;
    } catch (error) {
      if (!isSiteGone(error) || attempt === ATTEMPTS) throw error;
      ports.sites.forget(rows.map(({ columns }) => columns.siteId));
    }
  }
}
