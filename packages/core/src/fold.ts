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
import type { Item } from './raw-event.ts';
import type { StoredEvent } from './stored-event.ts';
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

/** A purchase that repeats an order (a confirmation that was loaded again) is no event; the first stands. `events` in order. */
function withoutRepeatedOrders(events: readonly StoredEvent[]): StoredEvent[] {
  const orders = new Set<string>();
  return events.filter(({ raw }) => {
    if (raw.name !== PURCHASE || raw.order === undefined) return true;
    const known = orders.size;
    return orders.add(raw.order).size > known;
  });
}

function visitsOf(events: readonly StoredEvent[]): Visit[] {
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

const startOf = ({ events }: Visit): number => (events[0] as StoredEvent).raw.occurredAt;

/** Visits in order with the engagement that belongs to each: that of the latest that began before it. */
function sessionise(ordered: readonly StoredEvent[]): Visit[] {
  const visits = visitsOf(withoutRepeatedOrders(ordered.filter(({ raw }) => raw.name !== ENGAGEMENT)));
  for (const event of ordered) {
    if (event.raw.name !== ENGAGEMENT) continue;
    visits.findLast((visit) => startOf(visit) <= event.raw.occurredAt)?.engagement.push(event);
  }
  return visits;
}

function isBounce(events: readonly StoredEvent[]): boolean {
  const pageviews = events.filter((event) => event.raw.name === PAGEVIEW).length;
  return pageviews === 1 && !events.some((event) => event.raw.name !== PAGEVIEW && event.derived.interactive);
}

const exitOf = ({ events }: Visit): StoredEvent | undefined =>
  events.findLast((event) => event.raw.name === PAGEVIEW);

type EventOfVisit = Exclude<Origin['event'], 'own'>;
type TextOf = (event: StoredEvent | undefined) => string;

/** What was derived by an older logic may lack a field that came later. */
function textOf(from: Origin): TextOf {
  if ('raw' in from) return (event) => event?.raw[from.raw] ?? NONE;
  return (event) => String(event?.derived[from.derived as DerivedField] ?? NONE);
}

const TEXTS = FACT_COLUMNS.map((column) => {
  const { from } = columnRow(column);
  return { column, event: from.event, textOf: textOf(from) };
});
const OWN_TEXTS = TEXTS.filter(({ event }) => event === 'own');
const VISIT_TEXTS = TEXTS.flatMap(({ event, ...text }) => (event === 'own' ? [] : [{ event, ...text }]));
/** Facts are copies of it, so that all have their columns in one order, which keeps reading them fast. */
const NO_TEXTS = Object.fromEntries(FACT_COLUMNS.map((column) => [column, NONE])) as Record<
  FactColumn,
  string
>;

function visitColumns(visit: Visit, number: number, zone: string): VisitColumns {
  const { events } = visit;
  const [first, last] = [events[0] as StoredEvent, events.at(-1) as StoredEvent];
  const of: Record<EventOfVisit, StoredEvent | undefined> = {
    first,
    entry: events.find((event) => event.raw.name === PAGEVIEW),
    exit: exitOf(visit),
  };
  const texts = { ...NO_TEXTS };
  for (const { column, event, textOf: read } of VISIT_TEXTS) texts[column] = read(of[event]);
  return {
    ...texts,
    visit: number,
    visitHour: hourStart(zone, first.raw.occurredAt),
    visitDurationMs: last.raw.occurredAt - first.raw.occurredAt,
    visitBounced: isBounce(events),
  };
}

function factItem({ sku, name, category, price, quantity }: Item): FactItem {
  return { sku, name: name || NONE, category: category || NONE, price: price ?? '0', quantity };
}

const NOTHING: readonly never[] = [];
const NO_PROPS = {};

function factOf(event: StoredEvent, columns: VisitColumns, zone: string): EventFact {
  const { raw } = event;
  const engagement = raw.name === ENGAGEMENT;
  const fact: EventFact = {
    ...columns,
    eventId: raw.id,
    at: raw.occurredAt,
    hour: hourStart(zone, raw.occurredAt),
    exit: false,
    props: raw.props ?? NO_PROPS,
    scroll: engagement && raw.scroll !== undefined ? Math.round(raw.scroll * 100) : null,
    engagedMs: engagement && raw.engagedMs !== undefined ? Math.round(raw.engagedMs) : null,
    // Engagement is no event, so nothing of it is sold.
    amount: engagement ? null : (raw.revenue?.amount ?? null),
    currency: raw.revenue?.currency ?? '',
    items: engagement ? NOTHING : (raw.items?.map(factItem) ?? NOTHING),
  };
  for (const { column, textOf: read } of OWN_TEXTS) fact[column] = read(event);
  return fact;
}

function factsOf(visit: Visit, number: number, zone: string): EventFact[] {
  const columns = visitColumns(visit, number, zone);
  const exit = exitOf(visit);
  const facts = visit.events.map((event) => {
    const fact = factOf(event, columns, zone);
    fact.exit = event === exit;
    return fact;
  });
  return [...facts, ...visit.engagement.map((event) => factOf(event, columns, zone))];
}

/**
 * Folds all events of one visitor on one local day into facts: visit by visit, the events of each in the order of
 * (occurred_at, id), then its engagement. Pure and deterministic: the order of arrival and repeats change nothing. Bots form
 * visits of their own, numbered on from the people's, so that leaving them out leaves the rest as if they had never been.
 */
export function foldVisitorDay(events: readonly StoredEvent[], zone: string): EventFact[] {
  const ordered = distinct(events).sort(earlier);
  const people = sessionise(ordered.filter((event) => !event.derived.bot));
  const bots = sessionise(ordered.filter((event) => event.derived.bot));
  return [...people, ...bots].flatMap((visit, number) => factsOf(visit, number, zone));
}
