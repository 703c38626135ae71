import type { CountPart, MoneyPart } from '@footfall/core/part';
import { DIGIT_GROUPS, fromDigitGroups } from '../schema/digit-groups.ts';
import { EVENTS, ITEMS, not, type Query } from './condition.ts';

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
const wholeOf = (bucket: Bucket): number => Math.round(bucket.value ?? 0);

const sum = (field: string): Aggregation => ({ sum: { field } });

/** Distinct visits, visitors or (of items) events: the documents around those of the group. */
const around = (path: string | null, aggs: Aggregations = {}): Aggregation => ({
  reverse_nested: path === null ? {} : { path },
  ...(Object.keys(aggs).length > 0 ? { aggs } : {}),
});

const named = (name: string): Query => ({ term: { [`${EVENTS}.name`]: name } });

const counted = (filter: Query): Aggregation => ({ filter });

/** Events of a group that meet a condition; the group is of items when `byItem`. */
function eventsThat(name: string, filter: Query, byItem: boolean): Counting<number> {
  if (!byItem) return { aggs: { [name]: counted(filter) }, read: (group) => inside(group, name).doc_count };
  return {
    aggs: { [name]: around(EVENTS, { [name]: counted(filter) }) },
    read: (group) => inside(inside(group, name), name).doc_count,
  };
}

type EventOrVisitPart = Exclude<CountPart, 'scrollSum' | 'scrolled' | 'engagedMs' | 'engaged'>;

const COUNTS: Record<EventOrVisitPart, (byItem: boolean) => Counting<number>> = {
  events: (byItem) =>
    byItem
      ? { aggs: { events: around(EVENTS) }, read: (group) => inside(group, 'events').doc_count }
      : { aggs: {}, read: ({ doc_count }) => doc_count },
  pageviews: (byItem) => eventsThat('pageviews', named('pageview'), byItem),
  exits: (byItem) => eventsThat('exits', { term: { [`${EVENTS}.exit`]: true } }, byItem),
  orders: (byItem) => eventsThat('orders', named('purchase'), byItem),
  itemsSold: (byItem) =>
    byItem
      ? {
          aggs: {
            itemsSold: {
              filter: { term: { [`${ITEMS}.name`]: 'purchase' } },
              aggs: { sum: sum(`${ITEMS}.quantity`) },
            },
          },
          read: (group) => wholeOf(inside(inside(group, 'itemsSold'), 'sum')),
        }
      : {
          aggs: { itemsSold: sum(`${EVENTS}.pieces`) },
          read: (group) => wholeOf(inside(group, 'itemsSold')),
        },
  visits: () => ({ aggs: { visits: around(VISITS) }, read: (group) => inside(group, 'visits').doc_count }),
  bounces: () => ({
    aggs: { bounces: around(VISITS, { bounced: counted({ term: { [`${VISITS}.bounced`]: true } }) }) },
    read: (group) => inside(inside(group, 'bounces'), 'bounced').doc_count,
  }),
  durationMs: () => ({
    aggs: { durationMs: around(VISITS, { sum: sum(`${VISITS}.durationMs`) }) },
    read: (group) => wholeOf(inside(inside(group, 'durationMs'), 'sum')),
  }),
  visitors: () => ({
    aggs: { visitors: around(null) },
    read: (group) => inside(group, 'visitors').doc_count,
  }),
};

/** Engagement as sums over all events of pairs of visit and page. */
const OF_WHOLE_PAIRS: Partial<Record<CountPart, string>> = {
  scrollSum: 'pairScroll',
  scrolled: 'pairScrolled',
  engagedMs: 'engagedMs',
  engaged: 'pairEngaged',
};

/** How a part of events, visits or whole pairs is counted. */
export function countOf(part: CountPart, byItem: boolean): Counting<number> {
  const field = OF_WHOLE_PAIRS[part];
  if (field === undefined) return COUNTS[part as EventOrVisitPart](byItem);
  return { aggs: { [part]: sum(`${EVENTS}.${field}`) }, read: (group) => wholeOf(inside(group, part)) };
}

/** The digit groups of an amount added up where a condition holds. */
function amountWhere(part: MoneyPart, field: string, filter: Query): Counting<bigint> {
  const aggs = Object.fromEntries(DIGIT_GROUPS.map((place) => [`digits${place}`, sum(`${field}${place}`)]));
  return {
    aggs: { [part]: { filter, aggs } },
    read: (group) => {
      const sums = inside(group, part);
      return fromDigitGroups(DIGIT_GROUPS.map((place) => wholeOf(inside(sums, `digits${place}`))));
    },
  };
}

/** How an amount is counted. */
export function moneyOf(part: MoneyPart, byItem: boolean): Counting<bigint> {
  const refund = named('refund');
  if (part === 'revenueEvents') {
    const paid: Query = { bool: { filter: [{ term: { [`${EVENTS}.paid`]: true } }], must_not: [refund] } };
    const { aggs, read } = eventsThat(part, paid, byItem);
    return { aggs, read: (group) => BigInt(read(group)) };
  }
  if (byItem) {
    const name = part === 'refunded' ? 'refund' : 'purchase';
    return amountWhere(part, `${ITEMS}.worth`, { term: { [`${ITEMS}.name`]: name } });
  }
  return amountWhere(part, `${EVENTS}.amount`, part === 'refunded' ? refund : not(refund));
}
