import { createHash } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { RawEvent } from '@footfall/core/raw-event';
import type { StoredEvent } from '@footfall/core/stored-event';
import { DICTIONARY } from './dictionary.ts';

/**
 * Part of the format, like the dictionary: a window of 8 KiB holds the dictionary and a usual event. The small chunk
 * spares an allocation of 16 KiB an event: 21 instead of 30 µs to write, 4 instead of 9 µs to read. Level 6 would save 2 % more.
 */
const DEFLATE = { dictionary: DICTIONARY, windowBits: 13, level: 3, chunkSize: 2_048 };

/** The columns of an event that need no body to be known. */
export type EventColumns = {
  siteId: string;
  eventKey: string;
  visitor: string;
  occurredAt: number;
};

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The key of an event id: the id itself when it is a (lower-case) UUID, else 16 bytes of its SHA-256 written as one. */
export function eventKey(id: string): string {
  if (UUID.test(id)) return id;
  const hex = createHash('sha256').update(id).digest('hex');
  return hex.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** Text as Postgres takes it: it knows neither NUL nor half a surrogate pair. */
export function columnText(text: string): string {
  return text.replaceAll('\0', '\ufffd').toWellFormed();
}

/** What an event is stored and found by. */
export function columnsOf({ id, siteId, visitor, occurredAt }: RawEvent): EventColumns {
  return {
    siteId: columnText(siteId),
    eventKey: eventKey(id),
    visitor: columnText(visitor),
    occurredAt: Math.floor(occurredAt),
  };
}

/** What the columns say of the raw event by themselves; the body carries the rest. */
const told = ({ siteId, eventKey: id, visitor, occurredAt }: EventColumns) => ({
  id,
  siteId,
  visitor,
  occurredAt,
});

/** The bytes that a stored event's body takes. */
export function encodeBody({ raw, derived }: StoredEvent, columns: EventColumns): Buffer {
  const rest: Partial<RawEvent> & { delay?: number } = { ...raw };
  for (const [field, value] of Object.entries(told(columns)) as [keyof RawEvent, unknown][]) {
    if (raw[field] === value) delete rest[field];
  }
  const delay = raw.receivedAt - columns.occurredAt;
  // A few milliseconds are two digits, the time of day is thirteen.
  if (columns.occurredAt + delay === raw.receivedAt) {
    delete rest.receivedAt;
    rest.delay = delay;
  }
  return deflateRawSync(JSON.stringify({ raw: rest, derived }), DEFLATE);
}

/** The event of a row; the inverse of {@link encodeBody}. */
export function decodeEvent(
  columns: EventColumns,
  row: { logic_version: number; body: Buffer },
): StoredEvent {
  const text = inflateRawSync(row.body, DEFLATE).toString();
  const { raw, derived } = JSON.parse(text) as Pick<StoredEvent, 'derived'> & {
    raw: Partial<RawEvent> & { delay?: number };
  };
  const { delay, ...rest } = raw;
  const receivedAt = delay === undefined ? {} : { receivedAt: columns.occurredAt + delay };
  return {
    raw: { ...told(columns), ...receivedAt, ...rest } as RawEvent,
    derived,
    logicVersion: row.logic_version,
  };
}
