import type { ClientHints } from './client-hints.ts';
import type { RejectionReason } from './rejection.ts';

/**
 * One event as the collector took it: validated, identified, its address truncated; nothing derived yet.
 * This is what travels the log and what the event store keeps for ever, so fields are only ever added.
 */
export type RawEvent = {
  /** Id given by the sender (or made for it): unique in the site, the key of deduplication. */
  id: string;
  siteId: string;
  /** Keyed hash of who it was on this local day; see visitor.ts. */
  visitor: string;
  name: string;
  /** When it happened, epoch milliseconds. */
  occurredAt: number;
  /** When the collector took it, epoch milliseconds. */
  receivedAt: number;
  /** Absolute http(s) address, query included. */
  url: string;
  referrer?: string;
  title?: string;
  /** Width and height in CSS pixels. */
  screen?: readonly [number, number];
  /** BCP 47 tag as the browser said it. */
  lang?: string;
  props?: Readonly<Record<string, string>>;
  /** False: does not end a bounce. Absent: the default of the event's name. */
  interactive?: boolean;
  revenue?: Money;
  order?: string;
  items?: readonly Item[];
  /** Largest scroll depth in percent; `engagement` only. */
  scroll?: number;
  /** Engaged time in milliseconds; `engagement` only. */
  engagedMs?: number;
  userAgent?: string;
  /** What the browser told beside it. */
  hints?: ClientHints;
  /** Who the sender says it is across days (opt-in): an opaque id of a signed-in customer. */
  user?: string;
  /** Truncated to /24 (IPv4) or /48 (IPv6): the whole address never leaves the collector. */
  ip?: string;
  /** By which right it was sent: {@link SITE_KEY_SENDER}, or the id of the API key (never the key). Absent: before this was noted. */
  sender?: string;
};

/** The sender of whatever came with the public site key alone. */
export const SITE_KEY_SENDER = 'site_key';

/** A decimal amount (as text, never a float) in an ISO 4217 currency. */
export type Money = { amount: string; currency: string };

/** A line of an order; price is of one piece, a decimal string in the event's currency. */
export type Item = { sku: string; name?: string; category?: string; price?: string; quantity: number };

/** An event that was refused, as the log carries it so that the ledger adds up. */
export type RejectedEvent = {
  siteId: string;
  id?: string;
  reason: RejectionReason;
  receivedAt: number;
  /** So many events, of requests that were refused as a whole; absent: one. */
  count?: number;
  /** A record that was taken and could not be understood afterwards, as it stands at its place in the log: kept to be looked at. */
  deadLetter?: { origin: string; value: string };
};

const TEXTS = ['id', 'siteId', 'visitor', 'name', 'url'] as const;
const TIMES = ['occurredAt', 'receivedAt'] as const;

/** Whether something read from the log has what every step relies on: a record that has not came from no collector. */
export function isRawEvent(value: unknown): value is RawEvent {
  if (typeof value !== 'object' || value === null) return false;
  const fields = value as Record<string, unknown>;
  return (
    TEXTS.every((field) => typeof fields[field] === 'string') &&
    TIMES.every((field) => Number.isSafeInteger(fields[field]))
  );
}
