import { DIMENSIONS, type FactColumn, NONE } from '@footfall/core/dimension';
import type { EventFact } from '@footfall/core/fact';
import { piecesOf } from '../facts.ts';
import { columnName } from '../sql/columns.ts';
import type { StageColumn } from './stage.ts';

/** The totals of a visit's events; engagement is none. */
export type VisitTotals = {
  first: EventFact;
  pageviews: number;
  events: number;
  exits: number;
  orders: number;
  itemsSold: number;
};

/** A visit with the numbers that its visitor has in the file of facts. */
export type VisitRow = VisitTotals & { day: string; visitor: number };

type Column = StageColumn<VisitRow>;

/** Columns of facts that are the same on all events of a visit. */
export const VISIT_COLUMNS: readonly FactColumn[] = [
  ...new Set(
    Object.values(DIMENSIONS)
      .filter(({ scope, column }) => scope === 'visit' || column === 'bot')
      .map(({ column }) => column),
  ),
];

/**
 * The columns of a file of visits: a row a visit. Questions about nothing but visits read it instead of the facts, a quarter of
 * the rows, and need not tell visits apart.
 */
export const VISIT_FILE: readonly Column[] = [
  { name: 'day', type: 'date', cell: ({ day }) => day },
  { name: 'visitor', type: 'integer', cell: ({ visitor }) => visitor },
  { name: 'visit_hour', type: 'bigint', cell: ({ first }) => first.visitHour },
  { name: 'visit_duration_ms', type: 'integer', cell: ({ first }) => first.visitDurationMs },
  { name: 'visit_bounced', type: 'boolean', cell: ({ first }) => first.visitBounced },
  ...(['pageviews', 'events', 'exits', 'orders', 'itemsSold'] as const).map(
    (part): Column => ({ name: columnName(part), type: 'integer', cell: (row) => row[part], absent: 0 }),
  ),
  ...VISIT_COLUMNS.map(
    (name): Column => ({
      name: columnName(name),
      type: 'text',
      cell: ({ first }) => first[name],
      absent: NONE,
    }),
  ),
];

/** The visits of one visitor-day that have an event. */
export function visitsOf(facts: readonly EventFact[]): VisitTotals[] {
  const visits = new Map<number, VisitTotals>();
  for (const fact of facts) {
    if (fact.name === 'engagement') continue;
    let visit = visits.get(fact.visit);
    if (visit === undefined) {
      visit = { first: fact, pageviews: 0, events: 0, exits: 0, orders: 0, itemsSold: 0 };
      visits.set(fact.visit, visit);
    }
    visit.events += 1;
    visit.itemsSold += piecesOf(fact);
    if (fact.exit) visit.exits += 1;
    if (fact.name === 'pageview') visit.pageviews += 1;
    if (fact.name === 'purchase') visit.orders += 1;
  }
  return [...visits.values()];
}
