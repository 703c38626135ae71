import { countEvent, newTally, PLACE, type Tally } from '@footfall/core/count';
import { FACT_COLUMNS, isOfVisit, NONE } from '@footfall/core/dimension';
import { ENGAGEMENT } from '@footfall/core/event-name';
import type { EventFact } from '@footfall/core/fact';
import { FACT_FIELDS, VISIT_FIELDS } from '@footfall/core/fact-field';
import { COUNT_PARTS, PARTS } from '@footfall/core/part';
import { columnName } from '../sql/columns.ts';
import type { StageColumn } from './stage.ts';

/** The parts of a visit's events that its row keeps. */
const TOTALS = COUNT_PARTS.filter((part) => ['event', 'item'].includes(PARTS[part].each));

/** The totals of a visit's events; engagement is none. */
export type VisitTotals = { first: EventFact; tally: Tally };

/** A visit with the numbers that its visitor has in the file of facts. */
export type VisitRow = VisitTotals & { day: string; visitor: number };

type Column = StageColumn<VisitRow>;

function visitColumn(field: (typeof VISIT_FIELDS)[number]): Column {
  const name = columnName(field);
  return FACT_FIELDS[field].type === 'flag'
    ? { name, type: 'boolean', cell: ({ first }) => first[field] as boolean, absent: false }
    : { name, type: 'integer', cell: ({ first }) => first[field] as number, absent: 0 };
}

/**
 * The columns of a file of visits: a row a visit. Questions about nothing but visits read it instead of the facts, a quarter of
 * the rows, and need not tell visits apart.
 */
export const VISIT_FILE: readonly Column[] = [
  { name: 'day', type: 'date', cell: ({ day }) => day },
  { name: 'visitor', type: 'integer', cell: ({ visitor }) => visitor },
  { name: 'visit_hour', type: 'bigint', cell: ({ first }) => first.visitHour },
  ...VISIT_FIELDS.map(visitColumn),
  ...TOTALS.map(
    (part): Column => ({
      name: columnName(part),
      type: 'integer',
      cell: ({ tally }) => tally[PLACE[part]] as number,
      absent: 0,
    }),
  ),
  ...FACT_COLUMNS.filter(isOfVisit).map(
    (name): Column => ({
      name: columnName(name),
      type: 'text',
      cell: ({ first }) => first[name],
      absent: NONE,
    }),
  ),
];

/** The visits of one visitor-day that have an event. */
export function sumVisits(facts: readonly EventFact[]): VisitTotals[] {
  const visits = new Map<number, VisitTotals>();
  for (const fact of facts) {
    if (fact.name === ENGAGEMENT) continue;
    let visit = visits.get(fact.visit);
    if (visit === undefined) {
      visit = { first: fact, tally: newTally() };
      visits.set(fact.visit, visit);
    }
    countEvent(visit.tally, fact, fact.items);
  }
  return [...visits.values()];
}
