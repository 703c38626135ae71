import {
  columnRow,
  type DerivedField,
  FACT_COLUMNS,
  type FactColumn,
  NONE,
  type Origin,
} from './dimension.ts';
import { ENGAGEMENT, PAGEVIEW, PURCHASE } from './event-name.ts';
import type { EventFact, FactItem } from './fact.ts';
import type { Item, RawEvent } from './raw-event.ts';
import { currentEvent, type StoredEvent } from './stored-event.ts';
import { hourStart } from './zone.ts';

/** A gap longer than this starts the next visit. */
export const VISIT_GAP_MS = 30 * 60_000;

type Visit = { events: StoredEvent[]; engagement: StoredEvent[] };

/** What is the same on all facts of a visit; the texts of the single event are filled in on each. */
type VisitColumns = Pick<EventFact, FactColumn | 'visit' | 'visitHour' | 'visitDurationMs' | 'visitBounced'>;

function earlier(a: StoredEvent, b: StoredEvent): number {
  return a.raw.occurredAt - b.raw.occurredAt || (a.raw.id < b.raw.id ? -1 : a.raw.id > b.raw.id ? 1 : 0);
}

/** The same id counts once; of repeats the one received first stands, whatever order they are read in. */
function distinct(events: readonly StoredEvent[]): StoredEvent[] {
  const byId = new Map<string, StoredEvent>();
  for (const event of events) {
    const known = byId.get(event.raw.id);
    if (
      known === undefined ||
      event.raw.receivedAt < known.raw.receivedAt ||
      (event.raw.receivedAt === known.raw.receivedAt && earlier(event, known) < 0)
    ) {
      byId.set(event.raw.id, event);
    }
  }
  return [...byId.values()];
}

/**
 * A purchase that repeats an order of the same visitor-day is not an event; the first stands. `events` in order. The store takes
 * such an event no more, but may have it from before order numbers were claimed in it.
 */
function withoutRepeatedOrders(events: readonly StoredEvent[]): StoredEvent[] {
  const orders = new Set<string>();
  return events.filter(({ raw }) => {
    if (raw.name !== PURCHASE || raw.order === undefined) return true;
    const known = orders.size;
    return orders.add(raw.order).size > known;
  });
}

function splitVisits(events: readonly StoredEvent[]): Visit[] {
  const visits: Visit[] = [];
  let last = Number.NEGATIVE_INFINITY;
  for (const event of events) {
    const at = event.raw.occurredAt;
    const visit = visits.at(-1);
    if (visit === undefined || at - last > VISIT_GAP_MS) visits.push({ events: [event], engagement: [] });
    else visit.events.push(event);
    last = at;
  }
  return visits;
}

const visitStart = ({ events }: Visit): number => (events[0] as StoredEvent).raw.occurredAt;

/** Visits in order with the engagement that belongs to each: that of the latest that began before it. */
function sessionise(ordered: readonly StoredEvent[]): Visit[] {
  const visits = splitVisits(withoutRepeatedOrders(ordered.filter(({ raw }) => raw.name !== ENGAGEMENT)));
  for (const event of ordered) {
    if (event.raw.name !== ENGAGEMENT) continue;
    visits.findLast((visit) => visitStart(visit) <= event.raw.occurredAt)?.engagement.push(event);
  }
  return visits;
}

function isBounce(events: readonly StoredEvent[]): boolean {
  const pageviews = events.filter((event) => event.raw.name === PAGEVIEW).length;
  return pageviews === 1 && !events.some((event) => event.raw.name !== PAGEVIEW && event.derived.interactive);
}

const exitPageview = ({ events }: Visit): StoredEvent | undefined =>
  events.findLast((event) => event.raw.name === PAGEVIEW);

type DerivedText = { column: FactColumn; field: DerivedField };

/** The columns whose text comes from what was derived of an event. */
const derivedFrom = (event: Origin['event']): readonly DerivedText[] =>
  FACT_COLUMNS.flatMap((column) => {
    const { from } = columnRow(column);
    return from.event === event && 'derived' in from ? [{ column, field: from.derived as DerivedField }] : [];
  });

const OWN = derivedFrom('own');
const FIRST = derivedFrom('first');
const ENTRY = derivedFrom('entry');
const EXIT = derivedFrom('exit');
const OWN_RAW = FACT_COLUMNS.flatMap((column) => {
  const { from } = columnRow(column);
  return 'raw' in from ? [{ column, field: from.raw }] : [];
});

/** Fills in texts; loops by number, since this is done for every event. An older logic may not have derived all of them. */
function fillIn(
  texts: Record<FactColumn, string>,
  rows: readonly DerivedText[],
  event: StoredEvent | undefined,
): void {
  if (event === undefined) return;
  for (let index = 0; index < rows.length; index++) {
    const { column, field } = rows[index] as DerivedText;
    const value: string | boolean | undefined = event.derived[field];
    if (value !== undefined) texts[column] = typeof value === 'string' ? value : String(value);
  }
}

/** Facts are copies of it, so that all have their columns in one order, which keeps reading them fast. */
const NO_TEXTS = Object.fromEntries(FACT_COLUMNS.map((column) => [column, NONE])) as Record<
  FactColumn,
  string
>;

function visitColumns(visit: Visit, number: number, zone: string): VisitColumns {
  const { events } = visit;
  const [first, last] = [events[0] as StoredEvent, events.at(-1) as StoredEvent];
  const columns = {
    ...NO_TEXTS,
    visit: number,
    visitHour: hourStart(zone, first.raw.occurredAt),
    visitDurationMs: last.raw.occurredAt - first.raw.occurredAt,
    visitBounced: isBounce(events),
  };
  fillIn(columns, FIRST, first);
  fillIn(
    columns,
    ENTRY,
    events.find((event) => event.raw.name === PAGEVIEW),
  );
  fillIn(columns, EXIT, exitPageview(visit));
  return columns;
}

function factItem({ sku, name, category, price, quantity }: Item): FactItem {
  return { sku, name: name || NONE, category: category || NONE, price: price ?? '0', quantity };
}

const NOTHING: readonly never[] = [];
const NO_PROPS = {};

/** Properties that say something: one with an empty value is none, like one that is not there. */
function saidProps(props: NonNullable<RawEvent['props']>): NonNullable<RawEvent['props']> {
  // Most events have none that is empty, and keep theirs.
  if (!Object.values(props).includes('')) return props;
  return Object.fromEntries(Object.entries(props).filter(([, value]) => value !== ''));
}

function buildFact(event: StoredEvent, columns: VisitColumns, zone: string): EventFact {
  const { raw } = event;
  const engagement = raw.name === ENGAGEMENT;
  const fact: EventFact = {
    ...columns,
    eventId: raw.id,
    at: raw.occurredAt,
    hour: hourStart(zone, raw.occurredAt),
    exit: false,
    props: raw.props === undefined ? NO_PROPS : saidProps(raw.props),
    scroll: engagement && raw.scroll !== undefined ? Math.round(raw.scroll * 100) : null,
    engagedMs: engagement && raw.engagedMs !== undefined ? Math.round(raw.engagedMs) : null,
    // Engagement is not an event, so nothing of it is sold.
    amount: engagement ? null : (raw.revenue?.amount ?? null),
    currency: raw.revenue?.currency ?? '',
    items: engagement ? NOTHING : (raw.items?.map(factItem) ?? NOTHING),
  };
  fillIn(fact, OWN, event);
  for (const { column, field } of OWN_RAW) fact[column] = raw[field] ?? NONE;
  return fact;
}

function buildFacts(visit: Visit, number: number, zone: string): EventFact[] {
  const columns = visitColumns(visit, number, zone);
  const exit = exitPageview(visit);
  const facts = visit.events.map((event) => {
    const fact = buildFact(event, columns, zone);
    fact.exit = event === exit;
    return fact;
  });
  return [...facts, ...visit.engagement.map((event) => buildFact(event, columns, zone))];
}

/**
 * Folds all events of one visitor on one local day into facts: visit by visit, the events of each in the order of
 * (occurred_at, id), then its engagement. Pure and deterministic: the order of arrival and repeats change nothing. Bots form
 * visits of their own, numbered on from the people's, so that leaving them out leaves the rest as if they had never been.
 */
export function foldVisitorDay(events: readonly StoredEvent[], zone: string): EventFact[] {
  const ordered = distinct(events).map(currentEvent).sort(earlier);
  const people = sessionise(ordered.filter((event) => !event.derived.bot));
  const bots = sessionise(ordered.filter((event) => event.derived.bot));
  return [...people, ...bots].flatMap((visit, number) => buildFacts(visit, number, zone));
}
