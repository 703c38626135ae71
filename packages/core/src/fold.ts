import { type FactColumn, NONE } from './dimension.ts';
import type { EventFact } from './fact.ts';
import type { StoredEvent } from './stored-event.ts';
import { hourStart } from './zone.ts';

/** A gap longer than this starts the next visit. */
export const VISIT_GAP_MS = 30 * 60_000;

const ENGAGEMENT = 'engagement';
const PAGEVIEW = 'pageview';

type Visit = { number: number; events: StoredEvent[] };

/** Columns that come from the visit, not from the event itself. */
type VisitColumns = Omit<Pick<EventFact, FactColumn>, 'name' | 'page' | 'hostname'> &
  Pick<EventFact, 'visit' | 'visitHour' | 'visitDurationMs' | 'visitBounced'>;

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

function visitsOf(events: readonly StoredEvent[]): StoredEvent[][] {
  const visits: StoredEvent[][] = [];
  let last = Number.NEGATIVE_INFINITY;
  for (const event of events) {
    const at = event.raw.occurredAt;
    const visit = visits.at(-1);
    if (visit === undefined || at - last > VISIT_GAP_MS) visits.push([event]);
    else visit.push(event);
    last = at;
  }
  return visits;
}

function isBounce(events: readonly StoredEvent[]): boolean {
  const pageviews = events.filter((event) => event.raw.name === PAGEVIEW).length;
  return pageviews === 1 && !events.some((event) => event.raw.name !== PAGEVIEW && event.derived.interactive);
}

function visitColumns({ number, events }: Visit, zone: string): VisitColumns {
  const pages = events.filter((event) => event.raw.name === PAGEVIEW);
  const first = events[0] as StoredEvent;
  const last = events.at(-1) as StoredEvent;
  const { page: _page, hostname, interactive: _interactive, bot, ...attributes } = first.derived;
  return {
    ...attributes,
    bot: String(bot),
    entryPage: pages[0]?.derived.page ?? NONE,
    exitPage: pages.at(-1)?.derived.page ?? NONE,
    entryHostname: hostname,
    visit: number,
    visitHour: hourStart(zone, first.raw.occurredAt),
    visitDurationMs: last.raw.occurredAt - first.raw.occurredAt,
    visitBounced: isBounce(events),
  };
}

function factsOf(visit: Visit, zone: string): EventFact[] {
  const columns = visitColumns(visit, zone);
  return visit.events.map(({ raw, derived }) => ({
    ...columns,
    name: raw.name,
    page: derived.page,
    hostname: derived.hostname,
    eventId: raw.id,
    at: raw.occurredAt,
    hour: hourStart(zone, raw.occurredAt),
    props: raw.props ?? {},
  }));
}

/**
 * Folds all events of one visitor on one local day into facts, in the order of (occurred_at, id). Pure and
 * deterministic: the order of arrival and repeats change nothing. Bots form visits of their own, numbered on
 * from the people's, so that leaving them out leaves the rest as if they had never been.
 */
export function foldVisitorDay(events: readonly StoredEvent[], zone: string): EventFact[] {
  const ordered = distinct(events)
    .filter((event) => event.raw.name !== ENGAGEMENT)
    .sort(earlier);
  const people = visitsOf(ordered.filter((event) => !event.derived.bot));
  const bots = visitsOf(ordered.filter((event) => event.derived.bot));
  return [...people, ...bots].flatMap((visit, number) => factsOf({ number, events: visit }, zone));
}
