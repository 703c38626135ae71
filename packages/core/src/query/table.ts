import {
  type Basis,
  type MetricName,
  type MetricValue,
  metricBasis,
  metricValue,
  requiredParts,
} from '../metric.ts';
import { crossRate, currencyDigits } from '../money.ts';
import { PARTS, type Part } from '../part.ts';
import type { FactFilter, PartQuery, PartRow } from '../part-query.ts';
import { listBuckets } from './bucket.ts';
import { daysOfRange } from './date-range.ts';
import { type FindRate, foreignCurrency, type Group, groupId, merge, zeroSums } from './merge.ts';
import { type PlannableDay, plan } from './plan.ts';
import type { KnownRange, Query, QueryDimension } from './query.ts';

/** What one euro buys of currencies on the days of a range, decimal texts by `day currency`; absent where it is not known. */
export type PerEuro = (need: {
  currencies: readonly string[];
  from: string;
  to: string;
}) => Promise<ReadonlyMap<string, string>>;

/** Where a table's numbers come from: one moment of the report store, the days that it knows, and the operator's rates. */
export type TableSource = {
  run(query: PartQuery): Promise<PartRow[]>;
  range: KnownRange;
  days: readonly PlannableDay[];
  perEuro: PerEuro;
  /** Rows of days that another product had counted, where they are part of the answer. */
  imported: ((dimensions: readonly QueryDimension[]) => Promise<readonly PartRow[]>) | null;
};

/** All groups of a query over one range. */
export type Table = {
  groups: readonly Group[];
  /** Buckets of the time dimension, ascending; empty without one. */
  buckets: readonly string[];
  /** The values of metrics of the group with this key, zeros and nulls where there is none. */
  valuesOf(key: readonly string[], metrics: readonly MetricName[]): MetricValue[];
  /** Foreign currencies with amounts that were left out for want of a rate. */
  withoutRate: ReadonlySet<string>;
  /** Money of other currencies is part of it: it changes when rates do. */
  hasForeign: boolean;
};

type Question = { dimensions: readonly QueryDimension[]; filter: FactFilter | null; parts: readonly Part[] };

const bothFilters = (one: FactFilter | null, other: FactFilter | null): FactFilter | null =>
  one === null || other === null ? (one ?? other) : { type: 'and', of: [one, other] };

/** The question that a basis stands for; `parts` are those it is needed for. */
function buildQuestion(basis: Basis, { dimensions, filters }: Query, parts: readonly Part[]): Question {
  const all = bothFilters(filters.facts, filters.goal);
  switch (basis) {
    case 'group':
      return { dimensions, filter: all, parts };
    case 'total':
      return { dimensions: [], filter: all, parts };
    case 'groupWithoutGoal':
      return { dimensions: dimensions.filter(({ kind }) => kind !== 'goal'), filter: filters.facts, parts };
    case 'totalWithoutGoal':
      return { dimensions: [], filter: filters.facts, parts };
  }
}

/** Parts that tell whether a group is there, whatever is measured: something happened in it, or a visit began in its hour. */
function signsOfLife({ dimensions }: Query): Part[] {
  if (dimensions.length === 0) return [];
  const byHour = dimensions.some((one) => one.kind === 'time' && one.granularity === 'hour');
  return byHour && dimensions.length > 1 ? ['events', 'visits'] : ['events'];
}

function buildQuestions(query: Query, metrics: readonly MetricName[]): Map<Basis, Question> {
  const bases = new Set<Basis>(['group', ...metrics.map(metricBasis)]);
  return new Map(
    [...bases].map((basis) => {
      const always = basis === 'group' ? signsOfLife(query) : [];
      const parts = [...new Set([...always, ...metrics.flatMap((metric) => requiredParts(metric, basis))])];
      return [basis, buildQuestion(basis, query, parts)] as const;
    }),
  );
}

type Rates = { findRate: FindRate; withoutRate: Set<string>; hasForeign: boolean };

async function ratesFor(rows: readonly { row: PartRow; width: number }[], query: Query, source: TableSource) {
  const foreign = rows.flatMap(({ row, width }) => foreignCurrency(row, width) ?? []);
  const currencies = [...new Set(foreign.map(({ currency }) => currency))];
  const none: Rates = { findRate: () => null, withoutRate: new Set(), hasForeign: false };
  if (currencies.length === 0) return none;
  const home = query.site.currency;
  const days = daysOfRange(source.range, query.site.timezone);
  const perEuro = await source.perEuro({ currencies: [home, ...currencies], ...days });
  const withoutRate = new Set<string>();
  const findRate: FindRate = (currency, day) => {
    const [from, to] = [perEuro.get(`${day} ${currency}`), perEuro.get(`${day} ${home}`)];
    if (from !== undefined && to !== undefined) return crossRate({ from, to });
    withoutRate.add(currency);
    return null;
  };
  return { findRate, withoutRate, hasForeign: true };
}

const isThere = ({ sums }: Group): boolean =>
  Object.entries(sums.counts).some(
    ([part, count]) => count !== 0 && PARTS[part as Part].family !== 'engagement',
  );

/** The groups to show: with time alone every bucket, else those in which something happened, inside the range. */
function shownGroups(groups: ReadonlyMap<string, Group>, query: Query, buckets: readonly string[]): Group[] {
  const { dimensions } = query;
  if (dimensions.length === 0) return [groups.get(groupId([])) ?? { key: [], sums: zeroSums() }];
  const time = dimensions.findIndex(({ kind }) => kind === 'time');
  if (time === 0 && dimensions.length === 1)
    return buckets.map((bucket) => groups.get(bucket) ?? { key: [bucket], sums: zeroSums() });
  const known = new Set(buckets);
  // A visit may have begun before a window of hours that its events lie in.
  return [...groups.values()].filter(
    (group) => isThere(group) && (time === -1 || known.has(group.key[time] ?? '')),
  );
}

/**
 * Asks for the groups of a query over one range, and for whatever its ratios are of. `metrics` are all that will be asked of it.
 * @throws Failure `too_many_buckets`, and what the report store throws
 */
export async function buildTable(
  query: Query,
  metrics: readonly MetricName[],
  source: TableSource,
): Promise<Table> {
  const { site, dimensions } = query;
  const { range, days } = source;
  const time = dimensions.find(({ kind }) => kind === 'time');
  const buckets = time?.kind === 'time' ? listBuckets(range, time.granularity, site.timezone) : [];
  const answered = await Promise.all(
    [...buildQuestions(query, metrics)].map(async ([basis, question]) => {
      const queries = plan({ site, range, days, ...question });
      const own = queries.map((one) => source.run(one));
      const imported = source.imported?.(question.dimensions) ?? [];
      const rows = (await Promise.all([...own, imported])).flat();
      return { basis, question, rows };
    }),
  );
  const widths = answered.flatMap(({ rows, question }) =>
    rows.map((row) => ({ row, width: question.dimensions.length })),
  );
  const { findRate, withoutRate, hasForeign } = await ratesFor(widths, query, source);
  const sums = new Map(
    answered.map(({ basis, question, rows }) => [basis, merge(rows, question.dimensions, findRate)] as const),
  );
  const digits = currencyDigits(site.currency);
  const goalAt = dimensions.findIndex(({ kind }) => kind === 'goal');
  const keyIn: Record<Basis, (key: readonly string[]) => readonly string[]> = {
    group: (key) => key,
    total: () => [],
    totalWithoutGoal: () => [],
    groupWithoutGoal: (key) => key.filter((_, index) => index !== goalAt),
  };
  const findSums = (basis: Basis, key: readonly string[]) =>
    sums.get(basis)?.get(groupId(keyIn[basis](key)))?.sums ?? zeroSums();
  return {
    groups: shownGroups(sums.get('group') ?? new Map(), query, buckets),
    buckets,
    valuesOf: (key, wanted) => {
      const group = findSums('group', key);
      return wanted.map((metric) =>
        metricValue(metric, { group, basis: findSums(metricBasis(metric), key), digits }),
      );
    },
    withoutRate,
    hasForeign,
  };
}
