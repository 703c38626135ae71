import { DIMENSIONS, type DimensionName } from './dimension.ts';
import type { EventFact } from './fact.ts';
import { type Parts, zeroParts } from './part.ts';

/** Dimension key of the totals of a whole day, and of its hours. */
export const ROLL_UP_ALL = '(all)';
export const ROLL_UP_HOUR = 'time:hour';

export type RollUpDimension = DimensionName | typeof ROLL_UP_ALL | typeof ROLL_UP_HOUR;

/** The totals of one value of one dimension on one local day; hours carry their start in epoch milliseconds as value. */
export type RollUpRow = { dimension: RollUpDimension; value: string; parts: Parts };

/** Where a fact's event parts and its visit parts are counted, for one dimension. */
type Keys = {
  dimension: RollUpDimension;
  event: (fact: EventFact) => string;
  visit: (fact: EventFact) => string;
};

const COLUMN_KEYS: Keys[] = (Object.keys(DIMENSIONS) as DimensionName[])
  .filter((name) => DIMENSIONS[name].rollUp)
  .map((dimension) => {
    const { column } = DIMENSIONS[dimension];
    const value = (fact: EventFact) => fact[column];
    return { dimension, event: value, visit: value };
  });

const KEYS: readonly Keys[] = [
  { dimension: ROLL_UP_ALL, event: () => ROLL_UP_ALL, visit: () => ROLL_UP_ALL },
  { dimension: ROLL_UP_HOUR, event: (fact) => String(fact.hour), visit: (fact) => String(fact.visitHour) },
  ...COLUMN_KEYS,
];

/** Adds up one local day of a site, a visitor at a time, into the rows that sealing stores. */
export class DayRollUp {
  readonly #totals = KEYS.map(() => new Map<string, Parts>());

  /** Adds all facts of one visitor of the day. Each visitor must be added once; bots are left out. */
  add(visitorDay: readonly EventFact[]): void {
    const facts = visitorDay.filter((fact) => fact.bot === 'false');
    KEYS.forEach((keys, index) => {
      const totals = this.#totals[index] as Map<string, Parts>;
      const seenVisitor = new Set<string>();
      const seenVisits = new Set<string>();
      for (const fact of facts) {
        const ofEvent = partsOf(totals, keys.event(fact));
        ofEvent.events += 1;
        if (fact.name === 'pageview') ofEvent.pageviews += 1;
        if (isNew(seenVisitor, keys.event(fact))) ofEvent.visitors += 1;
        if (isNew(seenVisits, `${fact.visit} ${keys.visit(fact)}`))
          addVisit(partsOf(totals, keys.visit(fact)), fact);
      }
    });
  }

  /** The rows of everything added so far. */
  rows(): RollUpRow[] {
    return KEYS.flatMap(({ dimension }, index) =>
      [...(this.#totals[index] as Map<string, Parts>)].map(([value, parts]) => ({ dimension, value, parts })),
    );
  }
}

function partsOf(totals: Map<string, Parts>, value: string): Parts {
  let parts = totals.get(value);
  if (parts === undefined) {
    parts = zeroParts();
    totals.set(value, parts);
  }
  return parts;
}

function isNew(seen: Set<string>, value: string): boolean {
  const size = seen.size;
  return seen.add(value).size > size;
}

function addVisit(parts: Parts, fact: EventFact): void {
  parts.visits += 1;
  parts.durationMs += fact.visitDurationMs;
  if (fact.visitBounced) parts.bounces += 1;
}
