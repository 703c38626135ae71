import {
  type Basis,
  type MetricName,
  type MetricValue,
  metricBasis,
  metricValue,
  summedPart,
} from '../metric.ts';
import { crossRate, currencyDigits } from '../money.ts';
import type { CountPart, MoneyPart, Part } from '../part.ts';
import type { GroupBound, PartQuery, PartRow } from '../part-query.ts';
import { basisKeys, buildQuestion, partsFor, type Question, resolveBasis } from './basis.ts';
import { listBuckets } from './bucket.ts';
import type { Counterparts } from './counterpart.ts';
import { daysOfRange } from './date-range.ts';
import type { GroupLimits } from './group-limits.ts';
import { bucketKey, type FindRate, foreignCurrency, type Group, groupId, merge, zeroSums } from './merge.ts';
import { otherKey } from './other.ts';
import { type PlannableDay, plan } from './plan.ts';
import type { KnownRange, Query, QueryDimension, QuerySite } from './query.ts';
import { inSlices, type Pause, sortInSlices } from './slices.ts';
import { readValues } from './spelling.ts';

/** What one euro buys of currencies on the days of a range, decimal texts by `day currency`; absent where it is not known. */
export type PerEuro = (need: {
  currencies: readonly string[];
  from: string;
  to: string;
}) => Promise<ReadonlyMap<string, string>>;

/** Where a table's numbers come from: one moment of the report store, the days that it knows, and the operator's rates. */
export type TableSource = {
  run(query: PartQuery): Promise<PartRow[]>;
  /** One; or those that another range is compared with, of which there may be none. */
  ranges: readonly KnownRange[];
  days: readonly PlannableDay[];
  /** Of ranges that another is compared with: their groups are those that the other's are compared with. */
  counterparts: Counterparts | null;
  perEuro: PerEuro;
  /** Rows of days that another product had counted, where they are part of the answer. */
  imported: ((dimensions: readonly QueryDimension[]) => Promise<readonly PartRow[]>) | null;
  pause: Pause;
  limits: GroupLimits;
  /** The groups that are to stand alone, all others added up; null: all, and the largest where those are too many. */
  alone: readonly (readonly string[])[] | null;
};

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
  /** The groups that stand alone, while all others are added up in some; null where all do. */
  alone: readonly (readonly string[])[] | null;
};

/** Parts that tell whether a group is there, whatever is measured: something happened in it, or a visit began in its hour. */
function signsOfLife({ dimensions }: Query): Part[] {
  if (dimensions.length === 0) return [];
  const byHour = dimensions.some((one) => one.kind === 'time' && one.granularity === 'hour');
  return byHour && dimensions.length > 1 ? ['events', 'visits'] : ['events'];
}

function buildQuestions(query: Query, metrics: readonly MetricName[]): Map<Basis, Question> {
  const needs = metrics.map((metric) => resolveBasis(metricBasis(metric), query.dimensions));
  return new Map(
    [...new Set<Basis>(['group', ...needs])].map((basis) => {
      const always = basis === 'group' ? signsOfLife(query) : [];
      const parts = [...new Set([...always, ...partsFor(basis, metrics, query)])];
      return [basis, buildQuestion(basis, query, parts)] as const;
    }),
  );
}

type Rates = { findRate: FindRate; withoutRate: Set<string>; hasForeign: boolean };

async function ratesFor(answered: readonly Answered[], query: Query, source: TableSource): Promise<Rates> {
  const found = new Set<string>();
  for (const { rows, question } of answered) {
    await inSlices(rows, source.pause, (row) => {
      const foreign = foreignCurrency(row, question.dimensions.length);
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

/** Groups by which those that stand alone are told from the others; `ids` are of {@link groupId}. */
type Alone = { keys: readonly (readonly string[])[]; ids: ReadonlySet<string> };

function aloneIn(
  basis: Basis,
  keys: readonly (readonly string[])[],
  keyIn: ReturnType<typeof basisKeys>,
): Alone {
  const own = new Map(keys.map((key) => [groupId(keyIn[basis](key)), keyIn[basis](key)]));
  return { keys: [...own.values()], ids: new Set(own.keys()) };
}

type Answered = { basis: Basis; question: Question; rows: readonly PartRow[]; isCut: boolean };
type BoundOf = (basis: Basis) => GroupBound;

const timeIndex = (dimensions: readonly QueryDimension[]) =>
  dimensions.findIndex(({ kind }) => kind === 'time');

const isByHour = (dimension: QueryDimension | undefined): boolean =>
  dimension?.kind === 'time' && dimension.granularity === 'hour';

/** What the store may have in the place of one value of a key: hours that another is compared with, texts as facts hold them. */
function storedValues(
  value: string,
  dimension: QueryDimension | undefined,
  counterparts: Counterparts | null,
): readonly string[] {
  if (dimension?.kind === 'text') return readValues(value, dimension.spelling);
  return counterparts !== null && isByHour(dimension) ? counterparts.findHours(value) : [value];
}

/** A bound as the store knows its groups. Days are moved by the store. */
function storedBound(
  bound: GroupBound | null,
  { dimensions }: Question,
  counterparts: Counterparts | null,
): GroupBound | null {
  if (bound?.kind !== 'only') return bound;
  const keys = bound.keys.flatMap((key) => {
    let stored: string[][] = [[]];
    key.forEach((value, index) => {
      const values = storedValues(value, dimensions[index], counterparts);
      stored = stored.flatMap((begun) => values.map((one) => [...begun, one]));
    });
    return stored;
  });
  return { kind: 'only', keys };
}

/** The key of the group that a row belongs to; null where its hour has no counterpart. */
function groupKey(
  row: PartRow,
  dimensions: readonly QueryDimension[],
  counterparts: Counterparts | null,
): readonly string[] | null {
  const key = bucketKey(row, dimensions);
  const time = timeIndex(dimensions);
  if (counterparts === null || !isByHour(dimensions[time])) return key;
  const hour = counterparts.find(key[time] ?? '', 'hour');
  return hour === null ? null : key.with(time, hour);
}

/** Asks all questions of a query. */
function askQuestions(
  questions: ReadonlyMap<Basis, Question>,
  boundOf: BoundOf,
  { site, source }: { site: QuerySite; source: TableSource },
): Promise<Answered[]> {
  return Promise.all(
    [...questions].map(async ([basis, question]) => {
      const bound = question.dimensions.length === 0 ? null : boundOf(basis);
      const { days, counterparts } = source;
      const stored = storedBound(bound, question, counterparts);
      const move = counterparts?.move ?? null;
      const queries = source.ranges.flatMap((range) =>
        plan({ site, range, days, ...question, bound: stored, move }),
      );
      const own = queries.map((one) => source.run(one));
      const imported = source.imported?.(question.dimensions) ?? [];
      const all = await Promise.all([...own, imported]);
      const isCut = bound?.kind === 'largest' && all.some(({ length }) => length > bound.count);
      return { basis, question, rows: all.flat(), isCut };
    }),
  );
}

/** The part by which groups are large: what the query orders by, if that is a sum, else events. */
function rankPart({ orderBy, metrics }: Query): Part {
  const [first] = orderBy;
  const metric = first?.by === 'metric' ? metrics[first.index] : undefined;
  return (metric === undefined ? null : summedPart(metric)) ?? 'events';
}

/** The largest groups among rows, by a part and then by events. */
async function findLargest(
  rows: readonly PartRow[],
  { query, by }: { query: Query; by: Part },
  { pause, limits, counterparts }: TableSource,
): Promise<readonly (readonly string[])[]> {
  type Ranked = { key: readonly string[]; value: number; events: number };
  const ranked = new Map<string, Ranked>();
  await inSlices(rows, pause, (row) => {
    const key = groupKey(row, query.dimensions, counterparts);
    if (key === null) return;
    const id = groupId(key);
    const known = ranked.get(id) ?? { key, value: 0, events: 0 };
    known.value += Number(row.counts[by as CountPart] ?? row.amounts?.[by as MoneyPart] ?? 0);
    known.events += row.counts.events ?? 0;
    ranked.set(id, known);
  });
  const order = (a: Ranked, b: Ranked) => b.value - a.value || b.events - a.events;
  const sorted = await sortInSlices([...ranked.values()], order, pause);
  return sorted.slice(0, limits.alone).map(({ key }) => key);
}

/** The answers to all questions, and the groups that stand alone in them where those are not all. */
async function askTable(query: Query, metrics: readonly MetricName[], source: TableSource) {
  const { site } = query;
  const questions = buildQuestions(query, metrics);
  const keyIn = basisKeys(query);
  const askOnly = async (alone: readonly (readonly string[])[]) => ({
    answered: await askQuestions(
      questions,
      (basis) => ({ kind: 'only', keys: aloneIn(basis, alone, keyIn).keys }),
      { site, source },
    ),
    alone,
  });
  if (source.alone !== null) return askOnly(source.alone);
  const by = rankPart(query);
  const largest: GroupBound = { kind: 'largest', count: source.limits.most, by };
  const answered = await askQuestions(questions, () => largest, { site, source });
  if (!answered.some(({ isCut }) => isCut)) return { answered, alone: null };
  const rows = answered.find(({ basis }) => basis === 'group')?.rows ?? [];
  return askOnly(await findLargest(rows, { query, by }, source));
}

/** The sums of each question by group. */
async function mergeAnswered(
  answered: readonly Answered[],
  { query, alone, rates }: { query: Query; alone: Table['alone']; rates: Rates },
  { pause, counterparts }: TableSource,
): Promise<Map<Basis, Map<string, Group>>> {
  const keyIn = basisKeys(query);
  const sums = new Map<Basis, Map<string, Group>>();
  for (const { basis, question, rows } of answered) {
    const { dimensions } = question;
    const ids = alone === null ? null : aloneIn(basis, alone, keyIn).ids;
    const toKey = (row: PartRow) => {
      const key = groupKey(row, dimensions, counterparts);
      if (key === null) return null;
      return ids === null || ids.has(groupId(key)) ? key : otherKey(key, dimensions);
    };
    const width = dimensions.length;
    sums.set(basis, await merge(rows, { width, toKey, findRate: rates.findRate, pause }));
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
  const { answered, alone } = await askTable(query, metrics, source);
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
  };
}
