import {
  type BucketAt,
  before,
  bucketAt,
  comparedBucketAt,
  isWithin,
  listBuckets,
  parseRange,
  type Range,
} from './calendar.fixture.ts';
import { byPage, dimensionTexts, type Filter, meets, mentions, type OracleGoal } from './keep.fixture.ts';
import { type Basis, EMPTY, type Group, MEASURES, type Value } from './measure.fixture.ts';
import { decimal, minus, over, rounded, times } from './money.fixture.ts';
import type { Placed } from './visits.fixture.ts';

/**
 * Answers queries by brute force over the plain list of events, from the words of definitions.md and contracts.md. Slow and plain;
 * shares nothing with the product.
 */

export type OracleSite = {
  zone: string;
  currency: string;
  goals: readonly OracleGoal[];
  perEuro: Basis['perEuro'];
};

export type OracleQuery = {
  metrics: readonly string[];
  date_range: readonly [string, string];
  dimensions: readonly string[];
  filters: readonly Filter[];
  order_by?: readonly (readonly [string, 'asc' | 'desc'])[];
  include?: { comparisons?: { mode: 'previous_period' } };
  pagination?: { limit: number; offset: number };
};

export type OracleRow = {
  dimensions: string[];
  metrics: Value[];
  comparison?: { metrics: Value[]; change: (number | null)[] };
};

const isTime = (dimension: string) => dimension.startsWith('time:');
const isGoalFilter = ([operator, subject]: Filter) => operator === 'is' && subject === 'event:goal';
const ITEM = /^item:/;

const METRIC_COMPARES: Readonly<Record<string, (value: number, than: number) => boolean>> = {
  greater_than: (value, than) => value > than,
  greater_than_or_equal: (value, than) => value >= than,
  less_than: (value, than) => value < than,
  less_than_or_equal: (value, than) => value <= than,
  is: (value, than) => value === than,
};
const isMetricFilter = ([, subject]: Filter) => typeof subject === 'string' && subject in MEASURES;

type Asked = {
  dimensions: readonly string[];
  filters: readonly Filter[];
  range: Range;
  bucketOf: BucketAt;
};

/** Bots are left out, unless the filters ask for them. */
function withoutBots(rows: readonly Placed[], filters: readonly Filter[]): readonly Placed[] {
  return mentions(filters, 'visit:bot')
    ? rows
    : rows.filter(({ visit }) => visit.texts['visit:bot'] === 'false');
}

/** The events that are kept of a range. */
function kept(people: readonly Placed[], { filters, range }: Asked, site: OracleSite): Placed[] {
  return people
    .filter(({ event }) => isWithin(range, site.zone, event.at))
    .filter((row) => filters.every((filter) => meets(row, filter, people, site.goals)));
}

/** Every key of groups that a row is in; visits go by their start. */
function groupKeys(
  row: Placed,
  { dimensions, bucketOf, filters, people }: Asked & { people: readonly Placed[] },
  site: OracleSite,
  at: number,
): string[][] {
  let keys: string[][] = [[]];
  for (const dimension of dimensions) {
    const texts = isTime(dimension)
      ? [bucketOf(dimension.slice(5), site.zone, at)]
      : dimensionTexts(row, dimension, site.goals);
    const values =
      dimension === 'event:goal'
        ? texts.filter((goal) => filters.every((one) => meets(row, one, people, site.goals, goal)))
        : texts;
    keys = keys.flatMap((key) => values.map((value) => [...key, value]));
  }
  const fields = dimensions.flatMap((name, index) =>
    ITEM.test(name) ? [{ field: name.slice(5), index }] : [],
  );
  // Two dimensions of items are of one item.
  return keys.filter(
    (key) =>
      fields.length < 2 ||
      (row.event.items ?? []).some((item) =>
        fields.every(({ field, index }) => (item[field as 'sku'] ?? '(none)') === key[index]),
      ),
  );
}

type Groups = Map<string, { key: string[]; group: Group }>;

function groupRows(rows: readonly Placed[], asked: Asked, site: OracleSite): Groups {
  const groups: Groups = new Map();
  const add = (key: string[], kind: 'events' | 'visits' | 'engagement', row: Placed) => {
    const id = JSON.stringify(key);
    const items = Object.fromEntries(
      asked.dimensions.flatMap((name, index) => (ITEM.test(name) ? [[name.slice(5), key[index] ?? '']] : [])),
    );
    const known = groups.get(id) ?? { key, group: { events: [], visits: [], engagement: [], items } };
    (known.group[kind] as Placed[]).push(row);
    groups.set(id, known);
  };
  const people = withoutBots(rows, asked.filters);
  const keyed = { ...asked, people };
  for (const row of kept(people, asked, site)) {
    const { event, visit, counts } = row;
    for (const key of groupKeys(row, keyed, site, event.at)) add(key, counts ? 'events' : 'engagement', row);
    if (counts) for (const key of groupKeys(row, keyed, site, visit.startsAt)) add(key, 'visits', row);
  }
  return groups;
}

/** Text by code point. */
function compareTexts(a: string, b: string): number {
  const [left, right] = [Array.from(a), Array.from(b)];
  for (let index = 0; index < Math.min(left.length, right.length); index += 1) {
    const difference = (left[index]?.codePointAt(0) ?? 0) - (right[index]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

function compareLabels(dimension: string, a: string, b: string): number {
  return dimension === 'time:hour' ? Date.parse(a) - Date.parse(b) : compareTexts(a, b);
}

function change(now: Value, then: Value): number | null {
  if (now === null || then === null) return null;
  const [a, b] = [decimal(String(now)), decimal(String(then))];
  if (b[0] === 0n) return a[0] === 0n ? 0 : 100;
  return Number(rounded(times(over(minus(a, b), b), [100n, 1n]), 0));
}

type Table = {
  keys: string[][];
  buckets: string[];
  valuesOf: (key: readonly string[], metrics: readonly string[]) => Value[];
};

/** What is counted: the range, and the buckets that its instants fall into. */
type Counted = { range: Range; bucketOf: BucketAt };

function buildTable(
  rows: readonly Placed[],
  query: OracleQuery,
  { range, bucketOf }: Counted,
  site: OracleSite,
  leftOut: Basis['leftOut'],
): Table {
  const { dimensions } = query;
  const filters = query.filters.filter((filter) => !isMetricFilter(filter));
  const withoutGoal = filters.filter((filter) => !isGoalFilter(filter));
  const groups = groupRows(rows, { dimensions, filters, range, bucketOf }, site);
  const total = groupRows(rows, { dimensions: [], filters, range, bucketOf }, site);
  const totalWithout = groupRows(rows, { dimensions: [], filters: withoutGoal, range, bucketOf }, site);
  const others = dimensions.filter((name) => name !== 'event:goal');
  const groupsWithout = groupRows(rows, { dimensions: others, filters: withoutGoal, range, bucketOf }, site);
  const isByExit = dimensions.includes('visit:exit_page') && !dimensions.includes('event:page');
  const pages = dimensions.map((name) => (name === 'visit:exit_page' ? 'event:page' : name));
  const byPages = isByExit
    ? groupRows(rows, { dimensions: pages, filters: filters.map(byPage), range, bucketOf }, site)
    : groups;
  const groupIn = (all: Groups, key: readonly string[]) => all.get(JSON.stringify(key))?.group ?? EMPTY;
  const time = dimensions.find(isTime);
  const buckets = time === undefined ? [] : listBuckets(time.slice(5), site.zone, range, bucketOf);
  const there = [...groups.values()].filter(({ group }) => group.events.length + group.visits.length > 0);
  const timeAt = dimensions.findIndex(isTime);
  const inside = there.filter(({ key }) => timeAt === -1 || buckets.includes(key[timeAt] ?? ''));
  const keys =
    dimensions.length === 0
      ? [[]]
      : time !== undefined && dimensions.length === 1
        ? buckets.map((bucket) => [bucket])
        : inside.map(({ key }) => key);
  return {
    keys,
    buckets,
    valuesOf: (key, metrics) => {
      const group = groupIn(groups, key);
      const basis: Basis = {
        total: groupIn(total, []),
        totalWithoutGoal: groupIn(totalWithout, []),
        groupWithoutGoal: groupIn(
          groupsWithout,
          key.filter((_, index) => dimensions[index] !== 'event:goal'),
        ),
        page: groupIn(byPages, key),
        zone: site.zone,
        currency: site.currency,
        perEuro: site.perEuro,
        leftOut,
      };
      return metrics.map((metric) => MEASURES[metric]?.(group, basis) ?? null);
    },
  };
}

function resolveOrder(query: OracleQuery): readonly (readonly [string, 'asc' | 'desc'])[] {
  const byDimensions = query.dimensions.map((name) => [name, 'asc'] as const);
  if (query.order_by !== undefined) return [...query.order_by, ...byDimensions];
  const metric = [query.metrics[0] ?? '', 'desc'] as const;
  return isTime(query.dimensions[0] ?? '')
    ? [...byDimensions.slice(0, 1), metric, ...byDimensions]
    : [metric, ...byDimensions];
}

function compareRows(a: OracleRow, b: OracleRow, query: OracleQuery): number {
  for (const [name, direction] of resolveOrder(query)) {
    const sign = direction === 'desc' ? -1 : 1;
    const dimension = query.dimensions.indexOf(name);
    if (dimension !== -1) {
      const difference = compareLabels(name, a.dimensions[dimension] ?? '', b.dimensions[dimension] ?? '');
      if (difference !== 0) return difference * sign;
      continue;
    }
    const [left, right] = [a, b].map(({ metrics }) => metrics[query.metrics.indexOf(name)] ?? null);
    if (left === right) continue;
    // Nothing stands behind every number, whichever way the rest goes.
    if (left === null || left === undefined) return 1;
    if (right === null || right === undefined) return -1;
    if (Number(left) !== Number(right)) return (Number(left) - Number(right)) * sign;
  }
  return 0;
}

/** The answer to a query: rows, the number of all, and the currencies that were left out. */
export function oracleAnswer(rows: readonly Placed[], query: OracleQuery, site: OracleSite) {
  const leftOut = new Set<string>();
  const note = (currency: string) => leftOut.add(currency);
  const range = parseRange(query.date_range);
  const now = buildTable(rows, query, { range, bucketOf: bucketAt }, site, note);
  const earlier = before(range);
  const bucketOf = comparedBucketAt(range, earlier, site.zone);
  const then =
    query.include?.comparisons === undefined
      ? null
      : buildTable(rows, query, { range: earlier, bucketOf }, site, note);
  const granularity = query.dimensions.find(isTime)?.slice(5);
  const covered =
    granularity === undefined ? null : new Set(listBuckets(granularity, site.zone, earlier, bucketOf));
  // Amounts are left out of every group of the other range, also of those that no row is compared with.
  for (const key of then?.keys ?? []) then?.valuesOf(key, query.metrics);
  const limits = query.filters.filter(isMetricFilter);
  const results = now.keys
    .map((key) => ({ key, metrics: now.valuesOf(key, query.metrics) }))
    .filter(({ key }) =>
      limits.every(([operator, metric, [than]]) => {
        const [value] = now.valuesOf(key, [metric]);
        return value !== null && value !== undefined && METRIC_COMPARES[operator]?.(Number(value), than);
      }),
    )
    .map(({ key, metrics }): OracleRow => {
      if (then === null) return { dimensions: key, metrics };
      const bucket = key[query.dimensions.findIndex(isTime)];
      const isCovered = covered === null || covered.has(bucket ?? '');
      const compared = isCovered ? then.valuesOf(key, query.metrics) : query.metrics.map(() => null);
      const changes = metrics.map((value, index) => change(value, compared[index] ?? null));
      return { dimensions: key, metrics, comparison: { metrics: compared, change: changes } };
    })
    .sort((a, b) => compareRows(a, b, query));
  const { offset = 0, limit = 10_000 } = query.pagination ?? {};
  return { results: results.slice(offset, offset + limit), total: results.length, leftOut };
}
