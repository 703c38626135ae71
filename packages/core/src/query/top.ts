import { type MetricName, summedPart } from '../metric.ts';
import { type CountPart, PARTS } from '../part.ts';
import type { GroupBound, PartRow } from '../part-query.ts';
import { groupId } from './merge.ts';
import { type Row, rowAt, rowOrder } from './order.ts';
import type { Query, QueryDimension } from './query.ts';
import { inSlices, type Pause, sortInSlices } from './slices.ts';

/**
 * The first groups of a query without all the others: each store hands over the first groups by its own numbers, and what it does not
 * hand over is bounded by the last of those. It is told what is proven to be first; where that does not reach, all groups are asked for.
 */

/** Pages that end later are made of all groups. */
const DEEPEST = 10_000;

export type LargestBound = Extract<GroupBound, { kind: 'largest' }>;

/** The bound under which stores hand over the first groups of a query; null where their order is not that of one sum. */
export function topBound(query: Query, first: number): LargestBound | null {
  const { dimensions, orderBy, metrics, filters, offset, limit } = query;
  if (first === 0 || offset + limit > DEEPEST || filters.metrics.length > 0) return null;
  // Texts that are written otherwise than they are stored have another order, and are several groups of a store.
  const isStored = (one: QueryDimension) => one.kind === 'text' && one.spelling === undefined;
  if (dimensions.length === 0 || !dimensions.every(isStored)) return null;
  const [by, ...ties] = orderBy;
  if (by?.by !== 'metric' || !by.descending || !ties.every((one) => one.by === 'dimension')) return null;
  const part = summedPart(metrics[by.index] as MetricName);
  if (part === null || !['event', 'visit'].includes(PARTS[part].family)) return null;
  return {
    kind: 'largest',
    count: Math.max(first, offset + limit),
    by: part,
    ties: ties.map(({ index, descending }) => ({ index, descending })),
  };
}

/** The groups of a query in one place. */
export type TopSource = {
  /** All of them; or, of more, the first. */
  rows: readonly PartRow[];
  /** How many there are when `rows` are not all; null when they are. */
  groups: number | null;
  /** Rows of groups by their keys. */
  only(keys: readonly (readonly string[])[]): Promise<readonly PartRow[]>;
};

/** A page of groups that is exact; see {@link Query} for what its fields are of. */
export type TopPage = { keys: readonly (readonly string[])[]; more: boolean; total: number | null };

type Summed = { key: readonly string[]; value: number; events: number };
type Sums = Map<string, Summed>;

async function addRows(sums: Sums, rows: readonly PartRow[], { by, pause }: { by: CountPart; pause: Pause }) {
  await inSlices(rows, pause, ({ key, counts }) => {
    const id = groupId(key);
    const known = sums.get(id) ?? { key, value: 0, events: 0 };
    known.value += counts[by] ?? 0;
    known.events += counts.events ?? 0;
    sums.set(id, known);
  });
}

/** Which groups that another source has shown a source has not: they may be among those that it has kept back. */
function missingKeys(sums: Sums, { rows }: TopSource): (readonly string[])[] {
  const shown = new Set(rows.map(({ key }) => groupId(key)));
  return [...sums].filter(([id]) => !shown.has(id)).map(([, { key }]) => key);
}

type Ranking = { query: Query; bound: LargestBound; pause: Pause };

/** Rows of sums, as the order of the query compares them. */
const rankedRow = ({ key, value }: Pick<Summed, 'key' | 'value'>, { orderBy }: Query): Row => {
  const values: number[] = [];
  values[orderBy[0]?.index ?? 0] = value;
  return { key, values };
};

/**
 * Tells whether a row is before every group that no source has shown. In one source a group that is not shown comes after the last that
 * is, and is nowhere else. In several it has no more than the last ones have together.
 */
function isProven(cut: readonly TopSource[], { query, bound }: Ranking): (row: Row) => boolean {
  const order = rowOrder(query.orderBy, query.dimensions);
  const value = ({ counts }: PartRow) => counts[bound.by as CountPart] ?? 0;
  const last = cut.map(({ rows }) =>
    rows
      .map((row) => rankedRow({ key: row.key, value: value(row) }, query))
      .reduce((a, b) => (order(a, b) > 0 ? a : b)),
  );
  const [only] = last;
  if (only === undefined) return () => true;
  if (last.length === 1) return (row) => order(row, only) <= 0;
  const place = query.orderBy[0]?.index ?? 0;
  const most = last.reduce((sum, { values }) => sum + Number(values[place]), 0);
  return ({ values }) => Number(values[place]) > most;
}

/** How many groups there are; null where two sources have kept groups back, which may be the same. */
async function countGroups(all: Sums, cut: readonly TopSource[], own: Sums): Promise<number | null> {
  const [only, another] = cut;
  if (another !== undefined) return null;
  const live = [...all].filter(([id, { events }]) => events > 0 && (own.get(id)?.events ?? 0) === 0).length;
  return (only?.groups ?? 0) + live;
}

/**
 * The page of groups that a query asks for, from sources whose groups add up; null where what they have shown does not prove it.
 * Every group is measured later: this finds their keys.
 */
export async function findTop(sources: readonly TopSource[], ranking: Ranking): Promise<TopPage | null> {
  const { query, bound, pause } = ranking;
  const adding = { by: bound.by as CountPart, pause };
  const cut = sources.filter(({ groups }) => groups !== null);
  const sums: Sums = new Map();
  for (const { rows } of sources) await addRows(sums, rows, adding);
  // What is in the only source that keeps groups back, of the groups that are known.
  const own: Sums = new Map();
  const asked = await Promise.all(
    cut.map(async (source) => {
      const missing = missingKeys(sums, source);
      return missing.length === 0 ? [] : source.only(missing);
    }),
  );
  for (const [index, { rows }] of cut.entries()) {
    await addRows(sums, asked[index] ?? [], adding);
    await addRows(own, [...rows, ...(asked[index] ?? [])], adding);
  }
  const proven = isProven(cut, ranking);
  const live = [...sums.values()].filter(({ events }) => events > 0).map((one) => rankedRow(one, query));
  const order = rowOrder(query.orderBy, query.dimensions);
  const first = await sortInSlices(live.filter(proven), order, pause);
  return cutPage(first, query, {
    all: live.length,
    total: await countGroups(sums, cut, own),
    isWhole: cut.length === 0,
  });
}

/** The page of rows that are known to be first; null where it may reach beyond them, or what is asked of all groups is not known. */
function cutPage(
  first: readonly Row[],
  query: Query,
  { all, total, isWhole }: { all: number; total: number | null; isWhole: boolean },
): TopPage | null {
  const { orderBy, dimensions, after, offset, limit, include } = query;
  const order = rowOrder(orderBy, dimensions);
  const last = after === null ? null : rowAt(after, orderBy);
  const rest = last === null ? first.slice(offset) : first.filter((row) => order(row, last) > 0);
  const known = isWhole || first.length === total;
  if (rest.length < limit && !known) return null;
  if (include.totalRows && total === null) return null;
  const more = rest.length > limit || first.length < (total ?? all);
  // Of several sources nothing may be left but what is not known.
  if (!more && total === null) return null;
  return { keys: rest.slice(0, limit).map(({ key }) => key), more, total };
}
