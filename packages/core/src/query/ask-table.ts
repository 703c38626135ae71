import { type Basis, type MetricName, summedPart } from '../metric.ts';
import type { CountPart, MoneyPart, Part } from '../part.ts';
import type { GroupBound, PartQuery, PartRow, TopQuery, TopRows } from '../part-query.ts';
import { basisKeys, type Question } from './basis.ts';
import { aloneIn, buildQuestions } from './basis-question.ts';
import { groupKey, storedBound } from './group-key.ts';
import { groupId } from './merge.ts';
import { plan } from './plan.ts';
import type { Query, QuerySite } from './query.ts';
import { inSlices, sortInSlices } from './slices.ts';
import type { Alone, TableSource } from './table-source.ts';
import { findTop, type LargestBound, type TopPage, type TopSource, topBound } from './top.ts';

/** What one planned question (null: imports) was answered; `top` where it was asked for its first groups. */
type Piece = {
  query: PartQuery | null;
  rows: readonly PartRow[];
  isCut: boolean;
  top: Pick<TopRows, 'groups'> | null;
};
export type Answered = { basis: Basis; question: Question; pieces: readonly Piece[] };
type FindBound = (basis: Basis) => GroupBound;

const isAnyCut = (answered: readonly Answered[]): boolean =>
  answered.some(({ pieces }) => pieces.some(({ isCut }) => isCut));

export function* rowsIn({ pieces }: Answered): Generator<PartRow> {
  for (const { rows } of pieces) yield* rows;
}

const isTop = (query: PartQuery): query is TopQuery =>
  query.bound?.kind === 'largest' && query.bound.ties !== undefined;

/** Asks one planned question; null where the first groups of it are wanted and cannot be told. */
async function askPiece(query: PartQuery, { run, top }: TableSource): Promise<Piece | null> {
  const most = query.bound?.kind === 'largest' ? query.bound.count : Number.POSITIVE_INFINITY;
  if (!isTop(query)) {
    const rows = await run(query);
    return { query, rows, isCut: rows.length > most, top: null };
  }
  const first = (await top?.(query)) ?? null;
  return first && { query, rows: first.rows, isCut: first.rows.length > most, top: first };
}

/** Asks all questions of a query; null where the first groups of one are wanted and cannot be told. */
async function askQuestions(
  questions: ReadonlyMap<Basis, Question>,
  findBound: FindBound,
  { site, source }: { site: QuerySite; source: TableSource },
): Promise<Answered[] | null> {
  const answered = await Promise.all(
    [...questions].map(async ([basis, question]) => {
      const bound = question.dimensions.length === 0 ? null : findBound(basis);
      const { days, counterparts } = source;
      const stored = storedBound(bound, question, counterparts);
      const move = counterparts?.move ?? null;
      const queries = source.ranges.flatMap((range) =>
        plan({ site, range, days, ...question, bound: stored, move }),
      );
      const own = queries.map((one) => askPiece(one, source));
      const [imported, ...pieces] = await Promise.all([source.imported?.(question.dimensions) ?? [], ...own]);
      const isCut = bound?.kind === 'largest' && imported.length > bound.count;
      const whole = pieces.filter((piece) => piece !== null);
      if (whole.length < pieces.length) return null;
      return { basis, question, pieces: [...whole, { query: null, rows: imported, isCut, top: null }] };
    }),
  );
  const told = answered.filter((one) => one !== null);
  return told.length < answered.length ? null : told;
}

/** The part by which groups are large: what the query orders by, if that is a sum, else events. */
function rankPart({ orderBy, metrics }: Query): Part {
  const [first] = orderBy;
  const metric = first?.by === 'metric' ? metrics[first.index] : undefined;
  return (metric === undefined ? null : summedPart(metric)) ?? 'events';
}

/** The largest groups among rows, by a part and then by events. */
async function findLargest(
  rows: Iterable<PartRow>,
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

/** The answers to all questions, the groups that stand alone in them where those are not all, and the page where they are no more. */
type Asked = { answered: readonly Answered[]; alone: Alone | null; page: TopPage | null };

type Asking = { query: Query; questions: ReadonlyMap<Basis, Question>; source: TableSource };

async function askOnly(alone: Alone, { query, questions, source }: Asking): Promise<Asked> {
  const keyIn = basisKeys(query);
  const { leaveOut } = alone;
  const findBound: FindBound = (basis) => ({
    kind: 'only',
    keys: [...aloneIn(basis, alone.keys, keyIn).values()],
    leaveOut,
  });
  const answered = await askQuestions(questions, findBound, { site: query.site, source });
  return { answered: answered ?? [], alone, page: null };
}

/** A piece with the rows of some groups: those that it has, or asked again. */
async function restrictPiece(
  { query, rows, isCut, top }: Piece,
  wanted: ReadonlyMap<string, readonly string[]>,
  { run }: TableSource,
): Promise<Piece> {
  if (!isCut || query === null) return { query, rows, isCut, top };
  const shown = new Set(top === null ? [] : rows.map(({ key }) => groupId(key)));
  const keys = [...wanted].filter(([id]) => !shown.has(id)).map(([, key]) => key);
  const more =
    keys.length === 0 ? [] : await run({ ...query, bound: { kind: 'only', keys, leaveOut: true } });
  return { query, rows: top === null ? more : [...rows, ...more], isCut: false, top };
}

/** Where the groups of a query are; null where a part of them is too large to be looked at. */
function topSources(answered: readonly Answered[], { run }: TableSource): TopSource[] | null {
  const pieces = answered.find(({ basis }) => basis === 'group')?.pieces ?? [];
  const counted = pieces.filter(({ query, top }) => query === null || top !== null);
  if (counted.some(({ isCut, top }) => isCut && top === null)) return null;
  return counted.map(({ query, rows, isCut, top }) => ({
    rows,
    groups: isCut && top !== null ? top.groups : null,
    only: async (keys) =>
      query === null ? [] : run({ ...query, bound: { kind: 'only', keys, leaveOut: true } }),
  }));
}

/** Asks for the first groups; null where they cannot be told from those that are handed over. */
async function askTop(bound: LargestBound, asking: Asking): Promise<Asked | null> {
  const { query, questions, source } = asking;
  const { ties: _ties, ...largest } = bound;
  const findBound: FindBound = (basis) => (basis === 'group' ? bound : largest);
  const answered = await askQuestions(questions, findBound, { site: query.site, source });
  if (answered === null || !isAnyCut(answered)) return answered && { answered, alone: null, page: null };
  const sources = topSources(answered, source);
  const page = sources && (await findTop(sources, { query, bound, pause: source.pause }));
  if (page === null) return null;
  const keyIn = basisKeys(query);
  const restricted = await Promise.all(
    answered.map(async ({ basis, question, pieces }) => {
      const wanted = aloneIn(basis, page.keys, keyIn);
      const own = await Promise.all(pieces.map((piece) => restrictPiece(piece, wanted, source)));
      return { basis, question, pieces: own };
    }),
  );
  return { answered: restricted, alone: { keys: page.keys, leaveOut: true }, page };
}

/** Asks for all groups, and again for the largest of them where those are too many. */
async function askLargest(asking: Asking): Promise<Asked> {
  const { query, questions, source } = asking;
  const { limits, counterparts } = source;
  const by = rankPart(query);
  // What is compared with others is asked again for their groups.
  const count = counterparts === null || limits.first === 0 ? limits.most : limits.first;
  const answered =
    (await askQuestions(questions, () => ({ kind: 'largest', count, by }), { site: query.site, source })) ??
    [];
  if (!isAnyCut(answered)) return { answered, alone: null, page: null };
  if (counterparts !== null) return { answered, alone: { keys: [], leaveOut: true }, page: null };
  const group = answered.find(({ basis }) => basis === 'group');
  const keys = await findLargest(group === undefined ? [] : rowsIn(group), { query, by }, source);
  return askOnly({ keys, leaveOut: false }, asking);
}

export async function askTable(
  query: Query,
  metrics: readonly MetricName[],
  source: TableSource,
): Promise<Asked> {
  const asking = { query, questions: buildQuestions(query, metrics), source };
  if (source.alone !== null) return askOnly(source.alone, asking);
  // Imported totals have no events by which groups are there.
  const canTop = source.top !== null && source.counterparts === null && source.imported === null;
  const bound = canTop ? topBound(query, source.limits.first) : null;
  return (bound && (await askTop(bound, asking))) ?? askLargest(asking);
}
