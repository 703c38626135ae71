import { hash } from 'node:crypto';
import type { RawEvent } from '@footfall/core/raw-event';

const DAY_MS = 86_400_000;

/** What an event is stored and found by, as an event says it: what its columns give back without its body. */
export type EventColumns = {
  siteId: string;
  eventKey: string;
  visitor: string;
  /** Epoch milliseconds, whole. */
  occurredAt: number;
};

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The key of an event id: the id itself when it is a (lower-case) UUID, else 16 bytes of its SHA-256 written as one. */
export function eventKey(id: string): string {
  if (UUID.test(id)) return id;
  return hash('sha256', id, 'hex')
    .slice(0, 32)
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** Text as Postgres takes it: it knows neither NUL nor half a surrogate pair. */
export function columnText(text: string): string {
  return text.replaceAll('\0', '\ufffd').toWellFormed();
}

/** What an event is stored and found by. */
export function toColumns({ id, siteId, visitor, occurredAt }: RawEvent): EventColumns {
  return {
    siteId: columnText(siteId),
    eventKey: eventKey(id),
    visitor: columnText(visitor),
    occurredAt: Math.floor(occurredAt),
  };
}

/** The bytes of an event key. */
export const keyBytes = (key: string): Buffer => Buffer.from(key.replaceAll('-', ''), 'hex');

const VISITOR_BYTES = 12;
const VISITOR_ID = /^[A-Za-z0-9_-]{16}$/;

/**
 * A visitor (of {@link columnText}) in bytes: the 12 that an id of the collector spells in base64url, else its UTF-8,
 * made longer by a NUL when that happens to be 12 bytes.
 */
export function visitorBytes(visitor: string): Buffer {
  if (VISITOR_ID.test(visitor)) return Buffer.from(visitor, 'base64url');
  const bytes = Buffer.from(visitor);
  return bytes.length === VISITOR_BYTES ? Buffer.concat([bytes, Buffer.of(0)]) : bytes;
}

/** The inverse of {@link visitorBytes}. */
export function decodeVisitor(bytes: Buffer): string {
  if (bytes.length === VISITOR_BYTES) return bytes.toString('base64url');
  return bytes.toString('utf8', 0, bytes.at(-1) === 0 ? bytes.length - 1 : bytes.length);
}

/** UTC day, counted from 1970, and milliseconds of that day. */
export function dayAndTime(at: number): { day: number; time: number } {
  const day = Math.floor(at / DAY_MS);
  return { day, time: at - day * DAY_MS };
}

/** The inverse of {@link dayAndTime}, epoch milliseconds. */
export const toInstant = (day: number, time: number): number => day * DAY_MS + time;

/** First and last millisecond of a span, as {@link dayAndTime} has them. */
export type Bounds = { firstDay: number; firstTime: number; lastDay: number; lastTime: number };

/** What of whole milliseconds lies in `[from, to)`; when that is nothing, the last comes before the first. */
export function toBounds({ from, to }: { from: number; to: number }): Bounds {
  const [first, last] = [dayAndTime(Math.ceil(from)), dayAndTime(Math.ceil(to) - 1)];
  return { firstDay: first.day, firstTime: first.time, lastDay: last.day, lastTime: last.time };
}
