import type { EventFact, FactItem } from './fact.ts';
import type { PairField } from './fact-field.ts';
import { COUNT_PARTS, type Counting, type CountPart, type Counts, partsOfEach } from './part.ts';

/** Counting, made from the rows of the parts. Counts are an array, which adds up several times faster than a record. */

/** Where each part stands in the numbers of a {@link Tally}. */
export const PLACE = Object.fromEntries(COUNT_PARTS.map((part, index) => [part, index])) as Readonly<
  Record<CountPart, number>
>;

export type Tally = Float64Array;

export const newTally = (): Tally => new Float64Array(COUNT_PARTS.length);

/** The numbers of a tally by part. */
export function countsOf(tally: Tally): Counts {
  return Object.fromEntries(COUNT_PARTS.map((part, index) => [part, tally[index] as number])) as Counts;
}

function placed<Each extends Exclude<Counting['each'], 'amount'>>(each: Each) {
  return partsOfEach(each).map(({ part, row }) => ({ row, at: PLACE[part] }));
}

const EVENT = placed('event');
const ITEM = placed('item');
const VISIT = placed('visit');
const PAIR = placed('pair');
const VISITOR = placed('visitor').map(({ at }) => at);

/** Parts that count an event by its name alone, by name; those of any event are among all of them. */
const OF_ANY_NAME = EVENT.filter(({ row }) => row.flag === undefined && row.name === undefined).map(
  ({ at }) => at,
);
const OF_NAME: ReadonlyMap<string, readonly number[]> = new Map(
  EVENT.flatMap(({ row }) => row.name ?? []).map((name) => [
    name,
    EVENT.filter(({ row }) => row.flag === undefined && (row.name ?? name) === name).map(({ at }) => at),
  ]),
);
const FLAGGED = EVENT.flatMap(({ row: { flag, name }, at }) =>
  flag === undefined ? [] : [{ flag, name, at }],
);
const ITEMS_OF_NAME = Map.groupBy(ITEM, ({ row }) => row.name);

function add(tally: Tally, at: number, more: number): void {
  tally[at] = (tally[at] as number) + more;
}

/** Adds an event with the items of it that lie in the group. */
export function countEvent(tally: Tally, fact: EventFact, items: readonly FactItem[]): void {
  for (const at of OF_NAME.get(fact.name) ?? OF_ANY_NAME) add(tally, at, 1);
  for (const { flag, name, at } of FLAGGED)
    if (fact[flag] && (name === undefined || name === fact.name)) add(tally, at, 1);
  for (const { row, at } of ITEMS_OF_NAME.get(fact.name) ?? [])
    for (const item of items) add(tally, at, item[row.sum]);
}

/** Adds a visit, which any of its facts tells of. */
export function countVisit(tally: Tally, fact: EventFact): void {
  for (const { row, at } of VISIT)
    if (row.flag === undefined || fact[row.flag]) add(tally, at, row.sum === undefined ? 1 : fact[row.sum]);
}

export function countVisitor(tally: Tally): void {
  for (const at of VISITOR) add(tally, at, 1);
}

/** What one visit sent of one page, taken together; null where none was sent. */
export type Pair = Record<PairField, number | null>;

export function countPair(tally: Tally, pair: Pair): void {
  for (const { row, at } of PAIR) {
    const value = pair['sum' in row ? row.sum : row.having];
    if (value !== null) add(tally, at, 'sum' in row ? value : 1);
  }
}
