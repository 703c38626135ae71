import type { EventFact, FactItem } from './fact.ts';
import type { EventFlag, PairField } from './fact-field.ts';
import { COUNT_PARTS, type Counting, type CountPart, type Counts, partsOfEach } from './part.ts';

/** Counting, made from the rows of the parts. Counts are an array, which adds up several times faster than a record. */

/** Where each part stands in the numbers of a {@link Tally}. */
export const PLACE = Object.fromEntries(COUNT_PARTS.map((part, index) => [part, index])) as Readonly<
  Record<CountPart, number>
>;

export type Tally = Float64Array;

export const newTally = (): Tally => new Float64Array(COUNT_PARTS.length);

/** The numbers of a tally by part. */
export function toCounts(tally: Tally): Counts {
  return Object.fromEntries(COUNT_PARTS.map((part, index) => [part, tally[index] as number])) as Counts;
}

function placed<Each extends Exclude<Counting['each'], 'amount'>>(each: Each) {
  return partsOfEach(each).map(({ part, row }) => ({ row, at: PLACE[part] }));
}

const EVENT = placed('event');
const ITEM = placed('item');
/** Plain records: rows differ in shape, which makes reading them slow. */
const VISIT = placed('visit').map(({ row: { flag = null, sum = null }, at }) => ({ flag, sum, at }));
const PAIR = placed('pair').map(({ row, at }) => ({
  field: 'sum' in row ? row.sum : row.having,
  isSum: 'sum' in row,
  at,
}));
const VISITOR = placed('visitor').map(({ at }) => at);

/** What an event of a name adds to: one look-up for each, since roll-ups count it once in each of their dimensions. */
type OfName = {
  always: readonly number[];
  flagged: readonly { flag: EventFlag; at: number }[];
  items: readonly { sum: 'quantity'; at: number }[];
};

function ofName(name: string | null): OfName {
  const own = EVENT.filter(({ row }) => row.name === undefined || row.name === name);
  return {
    always: own.filter(({ row }) => row.flag === undefined).map(({ at }) => at),
    flagged: own.flatMap(({ row: { flag }, at }) => (flag === undefined ? [] : [{ flag, at }])),
    items: ITEM.filter(({ row }) => row.name === name).map(({ row: { sum }, at }) => ({ sum, at })),
  };
}

const OF_ANY_NAME = ofName(null);
const OF_NAME: ReadonlyMap<string, OfName> = new Map(
  [...EVENT, ...ITEM].flatMap(({ row: { name } }) => (name === undefined ? [] : [[name, ofName(name)]])),
);

function add(tally: Tally, at: number, more: number): void {
  tally[at] = (tally[at] as number) + more;
}

/** Adds an event with the items of it that lie in the group. */
export function countEvent(tally: Tally, fact: EventFact, items: readonly FactItem[]): void {
  const { always, flagged, items: summed } = OF_NAME.get(fact.name) ?? OF_ANY_NAME;
  for (let index = 0; index < always.length; index++) add(tally, always[index] as number, 1);
  for (let index = 0; index < flagged.length; index++) {
    const { flag, at } = flagged[index] as OfName['flagged'][number];
    if (fact[flag]) add(tally, at, 1);
  }
  if (summed.length === 0) return;
  for (const { sum, at } of summed) for (const item of items) add(tally, at, item[sum]);
}

/** Adds a visit, which any of its facts tells of. */
export function countVisit(tally: Tally, fact: EventFact): void {
  for (let index = 0; index < VISIT.length; index++) {
    const { flag, sum, at } = VISIT[index] as (typeof VISIT)[number];
    if (flag === null || fact[flag]) add(tally, at, sum === null ? 1 : fact[sum]);
  }
}

export function countVisitor(tally: Tally): void {
  for (let index = 0; index < VISITOR.length; index++) add(tally, VISITOR[index] as number, 1);
}

/** What one visit sent of one page, taken together; null where none was sent. */
export type Pair = Record<PairField, number | null>;

export function countPair(tally: Tally, pair: Pair): void {
  for (let index = 0; index < PAIR.length; index++) {
    const { field, isSum, at } = PAIR[index] as (typeof PAIR)[number];
    const value = pair[field];
    if (value !== null) add(tally, at, isSum ? value : 1);
  }
}
