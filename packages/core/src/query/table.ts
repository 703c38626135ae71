import { type Basis, type MetricName, type MetricValue, metricBasis, metricValue } from '../metric.ts';
import { crossRate, currencyDigits } from '../money.ts';
import type { PartRow } from '../part-query.ts';
import { type Answered, askTable, rowsIn } from './ask-table.ts';
import { basisKeys, resolveBasis } from './basis.ts';
import { aloneIn } from './basis-question.ts';
import { listBuckets } from './bucket.ts';
import { daysOfRange } from './date-range.ts';
import { groupKey, timeIndex } from './group-key.ts';
import { type FindRate, foreignCurrency, type Group, groupId, merge, zeroSums } from './merge.ts';
import { otherKey } from './other.ts';
import type { Query, QueryDimension } from './query.ts';
import { inSlices, type Pause } from './slices.ts';
import type { Alone, TableSource } from './table-source.ts';
import type { TopPage } from './top.ts';

/** All groups of a query over one range. */
export type Table = {
  groups: readonly Group[];
  /** Buckets of the time dimension, ascending; empty without one. Of what another range is compared with: the other's. */
  buckets: readonly string[];
  /** Whether there is anything to count in the group: its bucket has a counterpart. */
  covers(key: readonly string[]): boolean;
  /** The values of metrics of the group with this key, zeros and nulls where there is none. */
  valuesOf(key: readonly string[], metrics: readonly MetricName[]): MetricValue[];
  /** Foreign currencies with amounts that were left out for want of a rate. */
  withoutRate: ReadonlySet<string>;
  /** Money of other currencies is part of it: it changes when rates do. */
  hasForeign: boolean;
  /** The groups that stand alone; null where all do. */
  alone: Alone | null;
  /** The page of groups that was asked for, where the table has no others. */
  page: TopPage | null;
};

type Rates = { findRate: FindRate; withoutRate: Set<string>; hasForeign: boolean };

async function ratesFor(answered: readonly Answered[], query: Query, source: TableSource): Promise<Rates> {
  const found = new Set<string>();
  for (const one of answered) {
    await inSlices(rowsIn(one), source.pause, (row) => {
      const foreign = foreignCurrency(row, one.question.dimensions.length);
      if (foreign !== null) found.add(foreign.currency);
    });
  }
  const currencies = [...found];
  const none: Rates = { findRate: () => null, withoutRate: new Set(), hasForeign: false };
  if (currencies.length === 0) return none;
  const { currency: home, timezone } = query.site;
  const days = source.ranges.map((range) => daysOfRange(range, timezone));
  const [from = '', to = ''] = [days[0]?.from, days.at(-1)?.to];
  const perEuro = await source.perEuro({ currencies: [home, ...currencies], from, to });
  const withoutRate = new Set<string>();
  const findRate: FindRate = (currency, day) => {
    const [from, to] = [perEuro.get(`${day} ${currency}`), perEuro.get(`${day} ${home}`)];
    if (from !== undefined && to !== undefined) return crossRate({ from, to });
    withoutRate.add(currency);
    return null;
  };
  return { findRate, withoutRate, hasForeign: true };
}

/** Totals of another product may have a bounce, an exit or time on a page and nothing that they are of. */
const isThere = ({ sums: { counts } }: Group): boolean =>
  counts.events !== 0 || counts.visits !== 0 || counts.visitors !== 0 || counts.pageviews !== 0;

/** The groups to show: with time alone every bucket, else those in which something happened, inside the range. */
async function shownGroups(
  groups: ReadonlyMap<string, Group>,
  { query, buckets, pause }: { query: Query; buckets: readonly string[]; pause: Pause },
): Promise<Group[]> {
  const { dimensions } = query;
  if (dimensions.length === 0) return [groups.get(groupId([])) ?? { key: [], sums: zeroSums() }];
  const time = timeIndex(dimensions);
  if (time === 0 && dimensions.length === 1)
    return buckets.map((bucket) => groups.get(bucket) ?? { key: [bucket], sums: zeroSums() });
  const known = new Set(buckets);
  const shown: Group[] = [];
  await inSlices(groups.values(), pause, (group) => {
    // A visit may have begun before a window of hours that its events lie in.
    if (isThere(group) && (time === -1 || known.has(group.key[time] ?? ''))) shown.push(group);
  });
  return shown;
}

/** The sums of each question by group. */
async function mergeAnswered(
  answered: readonly Answered[],
  { query, alone, rates }: { query: Query; alone: Table['alone']; rates: Rates },
  { pause, counterparts }: TableSource,
): Promise<Map<Basis, Map<string, Group>>> {
  const keyIn = basisKeys(query);
  const sums = new Map<Basis, Map<string, Group>>();
  for (const one of answered) {
    const { basis, question } = one;
    const { dimensions } = question;
    const own = alone === null ? null : aloneIn(basis, alone.keys, keyIn);
    const toKey = (row: PartRow) => {
      const key = groupKey(row, dimensions, counterparts);
      if (key === null || own === null || own.has(groupId(key))) return key;
      return alone?.leaveOut ? null : otherKey(key, dimensions);
    };
    const width = dimensions.length;
    sums.set(basis, await merge(rowsIn(one), { width, toKey, findRate: rates.findRate, pause }));
  }
  return sums;
}

/** Tells whether groups are covered; see {@link Table}. */
function coverage(
  { ranges, counterparts }: TableSource,
  dimensions: readonly QueryDimension[],
): Table['covers'] {
  const time = timeIndex(dimensions);
  const dimension = dimensions[time];
  if (counterparts === null) return () => true;
  if (dimension?.kind !== 'time') return () => ranges.length > 0;
  const comparable = counterparts.comparable(dimension.granularity);
  return (key) => comparable.has(key[time] ?? '');
}

/**
 * Asks for the groups of a query over one range, or over those that it is compared with, and for whatever its ratios are of. `metrics` are all that will be asked of it. Where
 * there are more groups than the source's limits allow, it is asked again for the largest of them, and for the sum of the others.
 * @throws Failure `too_many_buckets`, and what the report store throws
 */
export async function buildTable(
  query: Query,
  metrics: readonly MetricName[],
  source: TableSource,
): Promise<Table> {
  const { site, dimensions } = query;
  const { pause, counterparts } = source;
  const range = counterparts?.own ?? source.ranges[0];
  const time = dimensions[timeIndex(dimensions)];
  const buckets =
    range !== undefined && time?.kind === 'time' ? listBuckets(range, time.granularity, site.timezone) : [];
  const { answered, alone, page } = await askTable(query, metrics, source);
  const rates = await ratesFor(answered, query, source);
  const sums = await mergeAnswered(answered, { query, alone, rates }, source);
  const digits = currencyDigits(site.currency);
  const keyIn = basisKeys(query);
  const findSums = (basis: Basis, key: readonly string[]) =>
    sums.get(basis)?.get(groupId(keyIn[basis](key)))?.sums ?? zeroSums();
  return {
    groups: await shownGroups(sums.get('group') ?? new Map(), { query, buckets, pause }),
    buckets,
    covers: coverage(source, dimensions),
    valuesOf: (key, wanted) => {
      const group = findSums('group', key);
      return wanted.map((metric) =>
        metricValue(metric, {
          group,
          basis: findSums(resolveBasis(metricBasis(metric), dimensions), key),
          digits,
        }),
      );
    },
    withoutRate: rates.withoutRate,
    hasForeign: rates.hasForeign,
    alone,
    page,
  };
}
