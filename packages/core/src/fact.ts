import type { FactColumn } from './dimension.ts';
import type { Money } from './raw-event.ts';

/**
 * One event as reports see it, with the attributes of its visit: what the report store holds. `engagement` events are facts
 * too, for scroll depth and time on page alone: wherever events, visits or visitors are counted they are left out.
 * Made by {@link import('./fold.ts').foldVisitorDay} only.
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
  /** The last pageview of its visit. */
  exit: boolean;
  /** The event's own properties; empty when it has none. */
  props: Readonly<Record<string, string>>;
  /** Scroll depth in hundredths of a percent; `engagement` only. */
  scroll: number | null;
  /** `engagement` only. */
  engagedMs: number | null;
  /** Decimal text; null when the event has none. */
  amount: string | null;
  /** ISO 4217 code of the amount and the items' prices; '' for the site's own. */
  currency: Money['currency'];
  items: readonly FactItem[];
};

/** A line of an order; absent texts are `(none)`, an absent price is `0`. */
export type FactItem = { sku: string; name: string; category: string; price: string; quantity: number };

/** All facts of one visitor on one local day (`YYYY-MM-DD` in the site's time zone): the unit of replacement. */
export type VisitorDayFacts = {
  siteId: string;
  generation: number;
  day: string;
  visitor: string;
  facts: readonly EventFact[];
};
