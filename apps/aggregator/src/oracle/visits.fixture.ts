import { localMoment } from './calendar.fixture.ts';
import { COUNTRIES, COUNTRY_NAMES, REGION_NAMES, REGIONS } from './places.fixture.ts';

/** An event as a list of events holds it: what was sent, and what is known of its sender. */
export type OracleEvent = {
  id: string;
  visitor: string;
  name: string;
  at: number;
  receivedAt: number;
  page: string;
  hostname: string;
  /** What it says of its visit, should it be the first of one: `visit:source` and the like. */
  visit: Readonly<Record<string, string>>;
  bot: boolean;
  interactive: boolean;
  props: Readonly<Record<string, string>>;
  scroll?: number;
  engagedMs?: number;
  revenue?: { amount: string; currency: string };
  order?: string;
  items?: readonly { sku: string; name?: string; category?: string; price: string; quantity: number }[];
};

export type Visit = {
  key: string;
  startsAt: number;
  seconds: number;
  bounced: boolean;
  texts: Readonly<Record<string, string>>;
  exit: OracleEvent | undefined;
};

/** An event with the visit it belongs to; `counts` is false of engagement. */
export type Placed = { event: OracleEvent; visit: Visit; visitor: string; counts: boolean };

const inOrder = (a: OracleEvent, b: OracleEvent) => a.at - b.at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/**
 * "The same id on the same site counts once", and "a purchase whose order the site has already counts nothing": of repeats the
 * first that came.
 */
function once(events: readonly OracleEvent[]): OracleEvent[] {
  const first: OracleEvent[] = [];
  const ids = new Set<string>();
  const orders = new Set<string>();
  for (const event of events.toSorted((a, b) => a.receivedAt - b.receivedAt)) {
    if (ids.has(event.id)) continue;
    if (event.name === 'purchase' && event.order !== undefined) {
      if (orders.has(event.order)) continue;
      orders.add(event.order);
    }
    ids.add(event.id);
    first.push(event);
  }
  return first;
}

function buildVisit(key: string, events: readonly OracleEvent[]): Visit {
  const [first, last] = [events[0] as OracleEvent, events.at(-1) as OracleEvent];
  const pages = events.filter(({ name }) => name === 'pageview');
  const acted = events.some(({ name, interactive }) => name !== 'pageview' && interactive);
  return {
    key,
    startsAt: first.at,
    seconds: (last.at - first.at) / 1000,
    bounced: pages.length === 1 && !acted,
    texts: {
      ...first.visit,
      'visit:hostname': first.hostname,
      'visit:entry_page': pages[0]?.page ?? '(none)',
      'visit:exit_page': pages.at(-1)?.page ?? '(none)',
      'visit:entry_page_hostname': pages[0]?.hostname ?? '(none)',
      'visit:exit_page_hostname': pages.at(-1)?.hostname ?? '(none)',
      'visit:country_name': COUNTRY_NAMES[COUNTRIES.indexOf(first.visit['visit:country'] ?? '')] ?? '',
      'visit:region_name': REGION_NAMES[REGIONS.indexOf(first.visit['visit:region'] ?? '')] ?? '',
      'visit:bot': String(first.bot),
    },
    exit: pages.at(-1),
  };
}

/** The visits of one visitor on one day: a gap of more than 30 minutes starts the next. */
function placed(visitor: string, events: readonly OracleEvent[]): Placed[] {
  const ordered = events.toSorted(inOrder);
  const counted = ordered.filter(({ name }) => name !== 'engagement');
  const groups: OracleEvent[][] = [];
  counted.forEach((event, index) => {
    const previous = counted[index - 1];
    if (previous === undefined || event.at - previous.at > 30 * 60 * 1000) groups.push([event]);
    else groups.at(-1)?.push(event);
  });
  const visits = groups.map((group, index) => ({ group, visit: buildVisit(`${visitor}#${index}`, group) }));
  const rows = visits.flatMap(({ group, visit }) =>
    group.map((event): Placed => ({ event, visit, visitor, counts: true })),
  );
  for (const event of ordered.filter(({ name }) => name === 'engagement')) {
    const begun = visits.filter(({ visit }) => visit.startsAt <= event.at).at(-1);
    if (begun !== undefined) rows.push({ event, visit: begun.visit, visitor, counts: false });
  }
  return rows;
}

/** All events of a site where they belong, by the days of its zone. Bots' visits are their own. */
export function placeAll(events: readonly OracleEvent[], zone: string): Placed[] {
  const visitorDays = Map.groupBy(
    once(events),
    ({ visitor, at, bot }) => `${localMoment(zone, at).day} ${visitor} ${bot}`,
  );
  return [...visitorDays].flatMap(([key, own]) =>
    // A bot and a person of one id are one visitor in two kinds of visits.
    placed(key, own).map((row) => ({ ...row, visitor: key.slice(0, key.lastIndexOf(' ')) })),
  );
}
