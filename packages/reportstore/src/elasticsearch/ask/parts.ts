import { type CountPart, type EventsOf, type MoneyPart, partRow } from '@footfall/core/part';
import { DIGIT_GROUPS, fromDigitGroups } from '../schema/digit-groups.ts';
import { firstOfPair, mergedOfPair, visitField } from '../schema/fields.ts';
import { EVENTS, ITEMS, matchAll, not, type Query } from './condition.ts';

/** How parts are counted in Elasticsearch: made from their rows. */

/** The client's own type of it lets no aggregation be made in steps. */
export type Aggregation = Readonly<Record<string, unknown>>;
export type Aggregations = Record<string, Aggregation>;

/** A bucket, or an aggregation that is one, with those inside it. */
export type Bucket = { doc_count: number; value?: number | null; [name: string]: unknown };

/** How a part is counted inside a group: the aggregations it needs, and how their answer is read. */
type Counting<Value> = { aggs: Aggregations; read: (group: Bucket) => Value };

/** Steps from a group outwards; each aggregation on the way is shared by all parts that take it. */
const VISITS = 'visits';

const inside = (bucket: Bucket, name: string): Bucket =>
  (bucket[name] as Bucket | undefined) ?? { doc_count: 0 };
/** Sums are doubles of whole numbers. */
const wholeSum = (bucket: Bucket): number => Math.round(bucket.value ?? 0);

const sum = (field: string): Aggregation => ({ sum: { field } });

/** Distinct visits, visitors or (of items) events: the documents around those of the group. */
const around = (path: string | null, aggs: Aggregations = {}): Aggregation => ({
  reverse_nested: path === null ? {} : { path },
  ...(Object.keys(aggs).length > 0 ? { aggs } : {}),
});

const named = (name: string, path: string = EVENTS): Query => ({ term: { [`${path}.name`]: name } });
const flagged = (field: string): Query => ({ term: { [field]: true } });
const matchEvents = (events: EventsOf): Query =>
  'name' in events ? named(events.name) : not(named(events.except));

const counted = (filter: Query): Aggregation => ({ filter });

/** Events of a group that meet a condition; the group is of items when `byItem`. */
function eventsThat(name: string, filter: Query, byItem: boolean): Counting<number> {
  if (!byItem) return { aggs: { [name]: counted(filter) }, read: (group) => inside(group, name).doc_count };
  return {
    aggs: { [name]: around(EVENTS, { [name]: counted(filter) }) },
    read: (group) => inside(inside(group, name), name).doc_count,
  };
}

/** All events of a group. */
function events(name: string, byItem: boolean): Counting<number> {
  return byItem
    ? { aggs: { [name]: around(EVENTS) }, read: (group) => inside(group, name).doc_count }
    : { aggs: {}, read: ({ doc_count }) => doc_count };
}

/** A number of each visit added up; without one, the visits themselves; those that have a flag. */
function visits(name: string, { field, flag }: { field?: string; flag?: string }): Counting<number> {
  const own = field === undefined ? {} : { sum: sum(`${VISITS}.${field}`) };
  const aggs = flag === undefined ? own : { kept: { filter: flagged(`${VISITS}.${flag}`), aggs: own } };
  return {
    aggs: { [name]: around(VISITS, aggs) },
    read: (group) => {
      const all = inside(group, name);
      const kept = flag === undefined ? all : inside(all, 'kept');
      return field === undefined ? kept.doc_count : wholeSum(inside(kept, 'sum'));
    },
  };
}

/** How a part of events, visits or whole pairs is counted. */
export function countPart(part: CountPart, byItem: boolean): Counting<number> {
  const row = partRow(part);
  const summed = (field: string): Counting<number> => ({
    aggs: { [part]: sum(field) },
    read: (group) => wholeSum(inside(group, part)),
  });
  switch (row.each) {
    case 'visitor':
      return { aggs: { [part]: around(null) }, read: (group) => inside(group, part).doc_count };
    case 'event': {
      const conditions = [
        ...(row.name === undefined ? [] : [named(row.name)]),
        ...(row.flag === undefined ? [] : [flagged(`${EVENTS}.${row.flag}`)]),
      ];
      return conditions.length === 0 ? events(part, byItem) : eventsThat(part, matchAll(conditions), byItem);
    }
    case 'item':
      return byItem
        ? {
            aggs: { [part]: { filter: named(row.name, ITEMS), aggs: { sum: sum(`${ITEMS}.${row.sum}`) } } },
            read: (group) => wholeSum(inside(inside(group, part), 'sum')),
          }
        : summed(`${EVENTS}.${row.column}`);
    case 'visit':
      return visits(part, {
        ...(row.sum === undefined ? {} : { field: visitField(row.sum) }),
        ...(row.flag === undefined ? {} : { flag: visitField(row.flag) }),
      });
    case 'pair':
      return summed(`${EVENTS}.${'sum' in row ? mergedOfPair(row.sum) : firstOfPair(row.having)}`);
    case 'amount':
      throw new TypeError(`${part} is a part of amounts`);
  }
}

/** The digit groups of an amount added up where a condition holds. */
function amountWhere(part: MoneyPart, field: string, filter: Query): Counting<bigint> {
  const aggs = Object.fromEntries(DIGIT_GROUPS.map((place) => [`digits${place}`, sum(`${field}${place}`)]));
  return {
    aggs: { [part]: { filter, aggs } },
    read: (group) => {
      const sums = inside(group, part);
      return fromDigitGroups(DIGIT_GROUPS.map((place) => wholeSum(inside(sums, `digits${place}`))));
    },
  };
}

/** How an amount is counted. */
export function sumMoney(part: MoneyPart, byItem: boolean): Counting<bigint> {
  const row = partRow(part);
  if (row.each !== 'amount') throw new TypeError(`${part} is not a part of amounts`);
  if (!('sum' in row)) {
    const paid = matchAll([flagged(`${EVENTS}.paid`), matchEvents(row.of)]);
    const { aggs, read } = eventsThat(part, paid, byItem);
    return { aggs, read: (group) => BigInt(read(group)) };
  }
  return byItem
    ? amountWhere(part, `${ITEMS}.worth`, named(row.ofItems, ITEMS))
    : amountWhere(part, `${EVENTS}.amount`, matchEvents(row.of));
}
