import type { StoredEvent } from '@footfall/core/stored-event';
import type { Pool } from '@footfall/postgres/pool';
import { eventStoreFailure } from '../errors.ts';
import type { Span } from '../event-store.ts';
import { bytesArray, int4Array } from './binary-array.ts';
import { FORMAT, readBody } from './body.ts';
import {
  columnText,
  decodeVisitor,
  type EventColumns,
  toBounds,
  toInstant,
  visitorBytes,
} from './columns.ts';
import { READ, READ_FIRST, SCAN, SCAN_FIRST, SCAN_STARTS } from './statements.ts';
import type { Terms } from './terms.ts';

/** Events in one chunk of a scan, unless a single visitor has more: bounds memory. */
const CHUNK = 5_000;

type Ports = { pool: Pool; terms: Terms };
export type VisitorSpan = { siteId: string; visitor: string } & Span;

/** An event as it is stored. */
type Stored = { columns: EventColumns; body: Buffer };

function decode({ columns, body }: Stored, valueOfTerm: (term: number) => unknown): StoredEvent {
  if (body[0] === FORMAT) return readBody(body, columns, valueOfTerm);
  throw eventStoreFailure(
    'unknown_format',
    `event ${columns.eventKey} is stored in format ${body[0]}; this program knows ${FORMAT}`,
  );
}

/** Stands for the value of a term in events that are decoded again: it reads as any of them. */
const UNKNOWN: readonly never[] = [];

/** The events of rows. Terms that are not known here are read from the database all at once, and the rows again. */
async function decodeAll(rows: readonly Stored[], terms: Terms): Promise<StoredEvent[]> {
  const missing = new Set<number>();
  const events = rows.map((row) =>
    decode(row, (term) => {
      const value = terms.valueOf(term);
      if (value === undefined) missing.add(term);
      return value ?? UNKNOWN;
    }),
  );
  if (missing.size === 0) return events;
  const read = await terms.read([...missing]);
  return rows.map((row) =>
    decode(row, (term) => {
      const value = read.get(term) ?? terms.valueOf(term);
      if (value === undefined)
        throw eventStoreFailure('lost_term', `event ${row.columns.eventKey} refers to term ${term}`);
      return value;
    }),
  );
}

type ReadRow = [n: number, key: string, day: number, time: number, body: Buffer];

/** All events of each visitor in its span, as {@link import('../event-store.ts').EventStore} promises. */
export async function readVisitors(
  keys: readonly VisitorSpan[],
  { pool, terms }: Ports,
  most?: number,
): Promise<StoredEvent[][]> {
  const events = keys.map((): StoredEvent[] => []);
  if (keys.length === 0) return events;
  const asked = keys.map((key) => ({
    siteId: columnText(key.siteId),
    visitor: columnText(key.visitor),
    ...toBounds(key),
  }));
  const { rows } = await pool.query<ReadRow>({
    text: most === undefined ? READ : READ_FIRST,
    rowMode: 'array',
    values: [
      asked.map(({ siteId }) => siteId),
      bytesArray(
        'bytea',
        asked.map(({ visitor }) => visitorBytes(visitor)),
      ),
      int4Array(asked.map(({ firstDay }) => firstDay)),
      int4Array(asked.map(({ firstTime }) => firstTime)),
      int4Array(asked.map(({ lastDay }) => lastDay)),
      int4Array(asked.map(({ lastTime }) => lastTime)),
      ...(most === undefined ? [] : [most]),
    ],
  });
  const stored = rows.map(([n, eventKey, day, time, body]): Stored => {
    const { siteId, visitor } = asked[n - 1] as (typeof asked)[number];
    return { columns: { siteId, visitor, eventKey, occurredAt: toInstant(day, time) }, body };
  });
  const decoded = await decodeAll(stored, terms);
  for (const [index, [n]] of rows.entries()) events[n - 1]?.push(decoded[index] as StoredEvent);
  return events;
}

type ScanRow = [visitor: Buffer, key: string, day: number, time: number, body: Buffer];

/** All events of a site in a span, as {@link import('../event-store.ts').EventStore} promises. */
export async function* scanSite(
  { siteId: site, span, most }: { siteId: string; span: Span; most: number | undefined },
  { pool, terms }: Ports,
): AsyncGenerator<StoredEvent[]> {
  const siteId = columnText(site);
  const { firstDay, firstTime, lastDay, lastTime } = toBounds(span);
  const { rows: starts } = await pool.query<{ visitor: Buffer }>(SCAN_STARTS, [
    siteId,
    firstDay,
    lastDay,
    CHUNK,
  ]);
  for (const [n] of starts.entries()) {
    // Whoever comes meanwhile is in one of the chunks: the first begins with the least of all ids, the last has no end.
    const since = n === 0 ? Buffer.alloc(0) : starts[n]?.visitor;
    const until = starts[n + 1]?.visitor ?? null;
    const { rows } = await pool.query<ScanRow>({
      text: most === undefined ? SCAN : SCAN_FIRST,
      rowMode: 'array',
      values: [
        ...[siteId, firstDay, firstTime, lastDay, lastTime, since, until],
        ...(most === undefined ? [] : [most]),
      ],
    });
    if (rows.length === 0) continue;
    const stored = rows.map(([visitor, eventKey, day, time, body]): Stored => {
      const columns = { siteId, visitor: decodeVisitor(visitor), eventKey, occurredAt: toInstant(day, time) };
      return { columns, body };
    });
    yield await decodeAll(stored, terms);
  }
}
