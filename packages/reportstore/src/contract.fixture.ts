import type { VisitorDayFacts } from '@footfall/core/fact';
import type { PartQuery, PartRow } from '@footfall/core/part-query';
import { DayRollUp, type RollUpRow } from '@footfall/core/roll-up';
import { fact } from './facts.fixture.ts';
import type { DayState, ReportStore } from './report-store.ts';

/** What the parts of the report store's contract share. */

export const DAY = '2026-03-29';
const ONE_DAY = [{ from: DAY, to: DAY }];

type FactsQuery = Extract<PartQuery, { source: 'facts' }>;

/** A question for the numbers of a day without groups. */
export const totals = (siteId: string, more: Partial<FactsQuery> = {}): FactsQuery => ({
  source: 'facts',
  siteId,
  generation: 1,
  days: ONE_DAY,
  groupBy: [],
  parts: ['visitors', 'visits', 'events'],
  filter: null,
  between: null,
  ...more,
});

export const rolledUp = (siteId: string, more: Partial<PartQuery> = {}): PartQuery =>
  ({ ...totals(siteId), source: 'rollUps', ...more }) as PartQuery;

export const row = (key: string[], parts: PartRow['parts']): PartRow => ({ key, parts });

export const visitorDay = (siteId: string, more: Partial<VisitorDayFacts> = {}): VisitorDayFacts => ({
  siteId,
  generation: 1,
  day: DAY,
  visitor: 'v1',
  facts: [fact()],
  ...more,
});

/** The roll-ups of one day, as sealing makes them. */
export function rollUpsOf(all: readonly VisitorDayFacts[], day: string): RollUpRow[] {
  const total = new DayRollUp();
  for (const one of all) if (one.day === day) total.add(one.facts);
  return total.rows();
}

let sites = 0;
/** Sites of their own for every case: cases share the store, so that each also runs among strangers' rows. */
export const newSite = () => `site-${++sites}`;

/** Two instances on one engine, there while tests run. */
export type Stores = { store: ReportStore; other: ReportStore };

export async function stateOf(store: ReportStore, siteId: string, day = DAY): Promise<DayState> {
  const [state] = await store.dayStates(siteId, 1, day, day);
  if (state === undefined) throw new Error(`no state of ${siteId} on ${day}`);
  return state;
}
