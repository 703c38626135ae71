import type { StoredEvent } from '@footfall/core/stored-event';

/**
 * The EventStore port: every event once, for ever (per retention), the source that everything downstream is a
 * function of. Adapters: postgres/ (one machine), cassandra/ (many).
 */

export type EventToPut = {
  event: StoredEvent;
  /** The place in the log it came from (`topic/partition/offset/index`): tells a redelivery from a repeat by the sender. */
  origin: string;
  /** What `event.raw` says as JSON text, if it is at hand: a store that keeps text need not write it anew. */
  rawText?: string;
};

/**
 * `stored`: it is in the store and this origin put it there (now, or before a crash); `duplicate`: its id was there from another
 * origin, or it is a purchase whose order number another event of the site holds.
 */
export type PutOutcome = 'stored' | 'duplicate';

/** Instants `[from, to)` in epoch milliseconds; a local day as the caller's time zone has it. */
export type Span = { from: number; to: number };

/** What an event of a site is found by. */
export type EventPlace = { id: string; visitor: string; occurredAt: number };

export interface EventStore {
  /**
   * Puts events by (site, id), durable when it resolves; the first of an id, and of an order number, stands. Deleting an event frees
   * its order. Outcomes in the order given.
   */
  put(events: readonly EventToPut[]): Promise<PutOutcome[]>;
  /**
   * The events of each visitor in its span, in no promised order; answers in the order asked. All of them or, when `most` is given, so
   * many of each: the first by time and, within a millisecond, by an order that never changes.
   */
  readVisitors(
    keys: readonly ({ siteId: string; visitor: string } & Span)[],
    most?: number,
  ): Promise<StoredEvent[][]>;
  /**
   * The events of a site in a span, a visitor's events together, in chunks of bounded size that never split a visitor; with `most` so
   * many of each visitor as {@link EventStore.readVisitors} has.
   */
  scanSite(siteId: string, span: Span, most?: number): AsyncIterable<StoredEvent[]>;
  /** The times of a site's first and last event, both of them in it; null when it has none. */
  span(siteId: string): Promise<Span | null>;
  deleteVisitor(siteId: string, visitor: string, span: Span): Promise<number>;
  /** Deletes single events, which may be gone already; answers how many there were. Their ids are free again. */
  deleteEvents(siteId: string, events: readonly EventPlace[]): Promise<number>;
  /** Deletes a site's events of the UTC days that ended before an instant (epoch milliseconds); answers how many there were. */
  deleteBefore(siteId: string, before: number): Promise<number>;
  deleteSite(siteId: string): Promise<number>;
  ping(): Promise<void>;
  close(): Promise<void>;
}
