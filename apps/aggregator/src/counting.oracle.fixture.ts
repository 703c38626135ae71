import type { StoredEvent } from '@footfall/core/stored-event';
import { localDay } from '@footfall/core/zone';

/**
 * Counts by brute force over the plain list of events, from the words of docs/metrics.md: shares no code with the
 * fold, the roll-ups, the planner or a store (of core only the local day, which has tests of its own).
 */
export type Question = {
  /** The group of an event; null: not in any. */
  group: (event: StoredEvent, visit: StoredEvent[]) => string;
  keep: (event: StoredEvent, visit: StoredEvent[]) => boolean;
  /** Visits count in the group of their first event instead of that of each kept event (for time). */
  visitsAtStart: boolean;
  days: readonly string[];
};

export type Counted = {
  visitors: number;
  visits: number;
  pageviews: number;
  events: number;
  bounce_rate: number | null;
  visit_duration: number | null;
};

type Tally = { visitors: Set<string>; visits: Map<string, StoredEvent[]>; pageviews: number; events: number };

/** The visits of one visitor-day: a pause of more than half an hour begins another. */
function visitsOf(events: StoredEvent[]): StoredEvent[][] {
  const inOrder = events.toSorted(
    (a, b) => a.raw.occurredAt - b.raw.occurredAt || (a.raw.id < b.raw.id ? -1 : 1),
  );
  const visits: StoredEvent[][] = [];
  for (const event of inOrder) {
    const last = visits.at(-1)?.at(-1);
    if (last !== undefined && event.raw.occurredAt - last.raw.occurredAt <= 1_800_000)
      visits.at(-1)?.push(event);
    else visits.push([event]);
  }
  return visits;
}

const half = (value: number) => Math.floor(value + 0.5);

function bounced(visit: StoredEvent[]): boolean {
  const pages = visit.filter(({ raw }) => raw.name === 'pageview');
  return (
    pages.length === 1 && visit.every((event) => event.raw.name === 'pageview' || !event.derived.interactive)
  );
}

const seconds = (visit: StoredEvent[]) =>
  ((visit.at(-1)?.raw.occurredAt ?? 0) - (visit[0]?.raw.occurredAt ?? 0)) / 1000;

function present({ visitors, visits, pageviews, events }: Tally): Counted {
  const all = [...visits.values()];
  const duration = all.reduce((sum, visit) => sum + seconds(visit), 0);
  return {
    visitors: visitors.size,
    visits: all.length,
    pageviews,
    events,
    bounce_rate: all.length === 0 ? null : half((all.filter(bounced).length / all.length) * 100),
    visit_duration: all.length === 0 ? null : half(duration / all.length),
  };
}

/** Every group that has an event, with its figures. */
export function count(
  events: readonly StoredEvent[],
  zone: string,
  question: Question,
): Map<string, Counted> {
  const byId = new Map(events.toReversed().map((event) => [event.raw.id, event]));
  const people = [...byId.values()].filter(({ raw, derived }) => raw.name !== 'engagement' && !derived.bot);
  const visitorDays = Map.groupBy(people, ({ raw }) => `${localDay(zone, raw.occurredAt)} ${raw.visitor}`);
  const tallies = new Map<string, Tally>();
  const tallyOf = (group: string) => {
    if (!tallies.has(group))
      tallies.set(group, { visitors: new Set(), visits: new Map(), pageviews: 0, events: 0 });
    return tallies.get(group) as Tally;
  };
  for (const [visitorDay, own] of visitorDays) {
    if (!question.days.includes(visitorDay.slice(0, 10))) continue;
    for (const [number, visit] of visitsOf(own).entries()) {
      for (const event of visit.filter((candidate) => question.keep(candidate, visit))) {
        const tally = tallyOf(question.group(event, visit));
        tally.events += 1;
        if (event.raw.name === 'pageview') tally.pageviews += 1;
        tally.visitors.add(visitorDay);
        const first = visit[0] as StoredEvent;
        tallyOf(
          question.visitsAtStart ? question.group(first, visit) : question.group(event, visit),
        ).visits.set(`${visitorDay} ${number}`, visit);
      }
    }
  }
  return new Map([...tallies].map(([group, tally]) => [group, present(tally)]));
}
