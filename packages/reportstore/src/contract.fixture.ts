import type { EventFact, VisitorDayFacts } from '@footfall/core/fact';
import type { PartQuery, PartRow } from '@footfall/core/part-query';
import { fact } from './facts.fixture.ts';
import type { DayState, ReportStore, SealedVisitorDay } from './report-store.ts';

/** What the parts of the report store's contract share. */

export const DAY = '2026-03-29';
const ONE_DAY = [{ from: DAY, to: DAY }];

type FactsQuery = Extract<PartQuery, { source: 'facts'; relation: 'counts' | 'engagement' }>;

/** A question for the numbers of a day without groups. */
export const totals = (siteId: string, more: Partial<FactsQuery> = {}): FactsQuery => ({
  source: 'facts',
  relation: 'counts',
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

export const row = (key: string[], counts: PartRow['counts']): PartRow => ({ key, counts });

/** When the events of fixtures were received, epoch milliseconds. */
export const RECEIVED = Date.parse('2026-03-29T11:00:00Z');

export const visitorDay = (
  siteId: string,
  more: Partial<VisitorDayFacts & { receivedAt: number }> = {},
): VisitorDayFacts & { receivedAt: number } => ({
  siteId,
  generation: 1,
  day: DAY,
  visitor: 'v1',
  receivedAt: RECEIVED,
  facts: [fact()],
  ...more,
});

let sites = 0;
/** Sites of their own for every case: cases share the store, so that each also runs among strangers' rows. */
export const newSite = () => `site-${++sites}`;

/** Two instances on one engine, there while tests run. */
export type Stores = { store: ReportStore; other: ReportStore };

export const ask = (store: ReportStore, query: PartQuery): Promise<PartRow[]> =>
  store.read((reader) => reader.run(query));

/** All days that a site has. */
export const readStates = (store: ReportStore, siteId: string, generation = 1): Promise<DayState[]> =>
  store.read((reader) => reader.dayStates(siteId, generation, null, null));

export async function readState(store: ReportStore, siteId: string, day = DAY): Promise<DayState> {
  const state = (await readStates(store, siteId)).find((one) => one.day === day);
  if (state === undefined) throw new Error(`no state of ${siteId} on ${day}`);
  return state;
}

/** Portions as an aggregator hands them over. */
export async function* splitPortions(facts: readonly SealedVisitorDay[]): AsyncGenerator<SealedVisitorDay[]> {
  for (let from = 0; from < facts.length; from += 3) yield facts.slice(from, from + 3);
}

type Sealable = Pick<DayState, 'siteId' | 'generation' | 'day' | 'version'>;

/** Seals one day with the facts of some visitors. */
export function sealDay(
  store: ReportStore,
  { siteId, generation, day, version }: Sealable,
  visitors: readonly (readonly EventFact[])[],
): Promise<boolean> {
  const sealing = { siteId, generation, month: day.slice(0, 7), days: [{ day, version }] };
  return store.sealDays(sealing, splitPortions(visitors.map((facts) => ({ day, facts }))));
}

/** Seals some days of a site in a generation with what they hold of `all`, month by month. */
export async function sealThose(
  store: ReportStore,
  { siteId, generation, days }: { siteId: string; generation: number; days: readonly string[] },
  all: readonly VisitorDayFacts[],
): Promise<void> {
  const states = (await readStates(store, siteId, generation)).filter(({ day }) => days.includes(day));
  for (const [month, own] of Map.groupBy(states, ({ day }) => day.slice(0, 7))) {
    const facts = all.filter(
      (one) =>
        one.siteId === siteId && one.generation === generation && own.some(({ day }) => day === one.day),
    );
    const sealed = await store.sealDays({ siteId, generation, month, days: own }, splitPortions(facts));
    if (!sealed) throw new Error(`${month} of ${siteId} was not sealed`);
  }
}
