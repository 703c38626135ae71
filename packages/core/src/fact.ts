import type { FactColumn } from './dimension.ts';

/**
 * One event as reports see it, with the attributes of its visit: what the report store holds for open days and
 * for filtered questions. `engagement` events are no facts. Made by {@link import('./fold.ts').foldVisitorDay} only.
 */
export type EventFact = Record<FactColumn, string> & {
  eventId: string;
  /** When it happened, epoch milliseconds. */
  at: number;
  /** Start of its local hour, epoch milliseconds. */
  hour: number;
  /** Number of the visit within the visitor-day, from 0. */
  visit: number;
  /** Start of the visit's local hour, epoch milliseconds. */
  visitHour: number;
  visitDurationMs: number;
  visitBounced: boolean;
  /** The event's own properties; empty when it has none. */
  props: Readonly<Record<string, string>>;
};

/** All facts of one visitor on one local day (`YYYY-MM-DD` in the site's time zone): the unit of replacement. */
export type VisitorDayFacts = {
  siteId: string;
  generation: number;
  day: string;
  visitor: string;
  facts: readonly EventFact[];
};
