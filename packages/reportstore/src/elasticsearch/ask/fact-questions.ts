import { DIMENSIONS, type Dimension, isOfVisit } from '@footfall/core/dimension';
import { FACT_FIELDS, PAIR_FIELDS, type PairField } from '@footfall/core/fact-field';
import { type CountPart, type MoneyPart, NAMES_WITH_WORTH, partRow } from '@footfall/core/part';
import type { FactFilter, GroupKey, PartQuery, PartRow, TopQuery, TopRows } from '@footfall/core/part-query';
import { type Branch, isFalse, splitBranches } from './behavioural-filter.ts';
import { collectRows, collectTop, type RowCollector } from './collect-rows.ts';
import { ask, type Group, type Question } from './composite.ts';
import {
  behaviouralQuery,
  condition,
  EVENTS,
  ITEMS,
  isEvent,
  matchAny,
  matchTexts,
  not,
  onlyEngagement,
  type Path,
  type Query,
  within,
} from './condition.ts';
import { hasItemKey, type KeySource, keySource, keyText } from './keys.ts';
import { type Aggregations, type Bucket, countPart, sumMoney } from './parts.ts';
import type { Target } from './target.ts';

export type FactsQuery = Extract<PartQuery, { source: 'facts' }>;

const ANYTHING: FactFilter = { type: 'and', of: [] };

/** Whether a dimension is the same on all engagement of a visit on one page. */
function isOfPair(dimension: Dimension): boolean {
  if (dimension.kind !== 'column') return false;
  const { column } = DIMENSIONS[dimension.name];
  return isOfVisit(column) || column === 'name' || column === 'page';
}

function keepsWholePairs(filter: FactFilter): boolean {
  switch (filter.type) {
    case 'match':
      return isOfPair(filter.dimension);
    case 'not':
      return keepsWholePairs(filter.of);
    case 'has_done':
      // Of a visitor, whatever it looks for.
      return true;
    case 'and':
    case 'or':
      return filter.of.every(keepsWholePairs);
  }
}

function groupsWholePairs(key: GroupKey): boolean {
  if (key.kind === 'dimension') return isOfPair(key.dimension);
  if (key.kind === 'goal') return key.goals.every(({ filter }) => keepsWholePairs(filter));
  return key.kind === 'day';
}

/** Whether pairs of visit and page are kept and grouped as a whole, so that their sums add up; else each must be looked at. */
export function isOfWholePairs({ filter, between, groupBy }: FactsQuery): boolean {
  return between === null && (filter === null || keepsWholePairs(filter)) && groupBy.every(groupsWholePairs);
}

/** How a question's groups become rows. */
type Reading = {
  fields: readonly string[];
  aggs: Aggregations;
  read: (bucket: Bucket) => Pick<PartRow, 'counts' | 'amounts'>;
};

function readCounts(parts: readonly CountPart[], fields: readonly string[], byItem: boolean): Reading {
  const countings = parts.map((part) => [part, countPart(part, byItem)] as const);
  return {
    fields,
    aggs: Object.assign({}, ...countings.map(([, { aggs }]) => aggs)),
    read: (bucket) => ({
      counts: Object.fromEntries(countings.map(([part, { read }]) => [part, read(bucket)])),
    }),
  };
}

function readMoney(parts: readonly MoneyPart[], fields: readonly string[], byItem: boolean): Reading {
  const countings = parts.map((part) => [part, sumMoney(part, byItem)] as const);
  return {
    fields,
    aggs: Object.assign({}, ...countings.map(([, { aggs }]) => aggs)),
    read: (bucket) => ({
      counts: {},
      amounts: Object.fromEntries(countings.map(([part, { read }]) => [part, read(bucket)])),
    }),
  };
}

const PAIR = [`${EVENTS}.pair`, `${EVENTS}.page`];

const numberIn = (bucket: Bucket, name: string): number =>
  Math.round((bucket[name] as Bucket | undefined)?.value ?? 0);

/** How often a pair sent a number. */
const sent = (field: PairField): string => `${field}Sent`;

const together = (field: PairField) => {
  const of = { field: `${EVENTS}.${field}` };
  return FACT_FIELDS[field].together === 'largest' ? { max: of } : { sum: of };
};

function partOfPair(part: CountPart, bucket: Bucket): number {
  const row = partRow(part);
  if (row.each !== 'pair') return 0;
  return 'sum' in row ? numberIn(bucket, row.sum) : Math.min(1, numberIn(bucket, sent(row.having)));
}

/** Each pair is a group of its own: rows of one key, which whoever reads them adds up. */
function readPairs(parts: readonly CountPart[], fields: readonly string[]): Reading {
  return {
    fields: [...fields, ...PAIR],
    aggs: Object.fromEntries(
      PAIR_FIELDS.flatMap((field) => [
        [field, together(field)],
        [sent(field), { value_count: { field: `${EVENTS}.${field}` } }],
      ]),
    ),
    read: (bucket) => ({
      counts: Object.fromEntries(parts.map((part) => [part, partOfPair(part, bucket)])),
    }),
  };
}

function planReading(query: FactsQuery, fields: readonly string[]): Reading {
  const byItem = hasItemKey(query.groupBy);
  switch (query.relation) {
    case 'counts':
      return readCounts(query.parts, fields, byItem);
    case 'money':
      return readMoney(query.parts, fields, byItem);
    case 'engagement':
      return isOfWholePairs(query) ? readCounts(query.parts, fields, byItem) : readPairs(query.parts, fields);
  }
}

/** Which events a relation is of, besides the filter. */
function buildConditions(query: FactsQuery, path: Path): Query[] {
  if (query.relation === 'engagement') return [onlyEngagement(path), ...within(query, path)];
  const conditions = [isEvent(path), ...within(query, path)];
  if (query.relation !== 'money') return conditions;
  const { codes, negated } = query.currency;
  const inCurrency = matchTexts(`${path}.currency`, codes);
  const paid: Query = { term: { [`${path}.paid`]: true } };
  const sold: Query = { terms: { [`${path}.name`]: NAMES_WITH_WORTH } };
  return [
    ...conditions,
    negated ? not(inCurrency) : inCurrency,
    path === ITEMS ? matchAny([paid, sold]) : paid,
  ];
}

/** A question and the goal whose events it is of. */
type Asked = { question: Question; goal: string | null };

function buildQuestion(
  branch: Branch,
  goals: readonly string[] | null,
  of: { base: readonly Query[]; path: Path; reading: Reading },
): Asked[] {
  const [filter = ANYTHING, ...others] = branch.filters;
  const { base, path, reading } = of;
  const roots = branch.behavioural.map(behaviouralQuery);
  const question = (where: readonly Query[]): Question => ({
    roots,
    path,
    where: [...base, ...where],
    fields: reading.fields,
    aggs: reading.aggs,
  });
  const kept = condition(filter, path);
  if (goals === null) return [{ question: question([kept]), goal: null }];
  return goals.flatMap((goal, index) => {
    const reached = others[index] as FactFilter;
    return isFalse(reached) ? [] : [{ question: question([kept, condition(reached, path)]), goal }];
  });
}

/** The questions that a planned question becomes, and how their answers are read; its filters are resolved. */
export function factQuestions(query: FactsQuery): {
  asked: Asked[];
  rowOf: (group: Group, goal: string | null) => PartRow;
} {
  const path = hasItemKey(query.groupBy) ? ITEMS : EVENTS;
  const goalKey = query.groupBy.find((key) => key.kind === 'goal');
  const goals = goalKey === undefined ? null : goalKey.goals;
  const sources: KeySource[] = query.groupBy.map((key) => keySource(key, query, path));
  const reading = planReading(
    query,
    sources.flatMap((source) => (source.kind === 'field' ? [source.field] : [])),
  );
  const of = { base: buildConditions(query, path), path, reading } as const;
  const branches = splitBranches([query.filter ?? ANYTHING, ...(goals ?? []).map(({ filter }) => filter)]);
  const names = goals === null ? null : goals.map(({ name }) => name);
  return {
    asked: branches.flatMap((branch) => buildQuestion(branch, names, of)),
    rowOf: ({ values, bucket }, goal) => {
      let next = 0;
      const key = sources.map((source) => (source.kind === 'goal' ? (goal ?? '') : keyText(values[next++])));
      return { key, ...reading.read(bucket) };
    },
  };
}

type Planned = ReturnType<typeof factQuestions>;

async function collect<Rows>(
  { asked, rowOf }: Planned,
  target: Target,
  collected: RowCollector<Rows>,
): Promise<Rows> {
  await ask(
    target,
    asked.map(({ question }) => question),
    (group, index) => collected.add(rowOf(group, asked[index]?.goal ?? null)),
  );
  return collected.rows();
}

/** Rows of a question to facts whose filters are resolved. */
export async function askFacts(query: FactsQuery, target: Target): Promise<PartRow[]> {
  // Engagement has no items.
  if (query.relation === 'engagement' && hasItemKey(query.groupBy)) return [];
  return collect(factQuestions(query), target, collectRows(query));
}

/** The first groups of such a question; null where groups come in several rows, one of each branch of its filter. */
export async function askTopFacts(query: FactsQuery & TopQuery, target: Target): Promise<TopRows | null> {
  const planned = factQuestions(query);
  return planned.asked.length > 1 ? null : collect(planned, target, collectTop(query));
}
