import type { Pool } from '@footfall/postgres/pool';
import type { EventToPut, PutOutcome } from '../event-store.ts';
import { originBytes } from '../origin.ts';
import { bytesArray, int4Array } from './binary-array.ts';
import { writeBody } from './body.ts';
import { byteWriter } from './bytes.ts';
import { dayAndTime, type EventColumns, keyBytes, toColumns, visitorBytes } from './columns.ts';
import type { Say, SayMemo } from './interned.ts';
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

/** Answers the indices of those that were not there. */
async function insert(rows: readonly Row[], { pool, terms }: Ports): Promise<number[]> {
  const writer = byteWriter();
  const times = rows.map(({ columns }) => dayAndTime(columns.occurredAt));
  await terms.number(
    rows.map(({ columns, parts }) => ({ visitor: columns.visitor, interned: parts.interned })),
  );
  const bodies = rows.map(({ parts }) => writeBody(parts, writer));
  const { rows: added } = await pool.query<{ n: number }>(PUT, [
    int4Array(rows.map(({ site }) => site)),
    bytesArray(
      'uuid',
      rows.map(({ key }) => key),
    ),
    int4Array(times.map(({ day }) => day)),
    int4Array(times.map(({ time }) => time)),
    bytesArray(
      'bytea',
      rows.map(({ columns }) => visitorBytes(columns.visitor)),
    ),
    bytesArray(
      'int8',
      rows.map(({ origin }) => origin),
    ),
    bytesArray('bytea', bodies),
  ]);
  return added.map(({ n }) => n - 1);
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
      for (const index of await insert(rows, ports)) outcomes[index] = 'stored';
      const known = [...outcomes.keys()].filter((index) => outcomes[index] === 'duplicate');
      for (const index of await sameOrigin(rows, known, ports)) outcomes[index] = 'stored';
      return outcomes;
    } catch (error) {
      if (!isSiteGone(error) || attempt === ATTEMPTS) throw error;
      ports.sites.forget(rows.map(({ columns }) => columns.siteId));
    }
  }
}
