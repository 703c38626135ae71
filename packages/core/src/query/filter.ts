import {
  DIMENSIONS,
  type Dimension,
  findDimension,
  ITEM_DIMENSIONS,
  WORDED_DIMENSIONS,
} from '../dimension.ts';
import { canonicalPart, canonicalPattern, canonicalText } from '../dimension-text.ts';
import { type Goal, goalFilter } from '../goal.ts';
import { METRICS, type MetricName } from '../metric.ts';
import type { FactFilter, MatchOp } from '../part-query.ts';
import { queryFailure } from './errors.ts';
import type { LabelStyle } from './label-style.ts';
import { checkPatterns, findNames, newPatternBudget, type PatternBudget } from './pattern.ts';
import type { Comparator, Filters, MetricFilter } from './query.ts';
import { findSpelling, matchWritten } from './spelling.ts';

const MAX_DEPTH = 8;
const MAX_VALUES = 1_000;
const MAX_CONDITIONS = 100;
const MAX_VALUE_LENGTH = 2_000;
/** Values of all `contains` of a query: each is looked for in every text. */
const MAX_CONTAINED = 1_000;

export const GOAL_DIMENSION = 'event:goal';

/** The operators on text: what they compare, and whether they keep what does not match. */
const OPERATORS: Readonly<Record<string, { op: MatchOp; negative: boolean }>> = {
  is: { op: 'is', negative: false },
  is_not: { op: 'is', negative: true },
  contains: { op: 'contains', negative: false },
  contains_not: { op: 'contains', negative: true },
  matches: { op: 'matches', negative: false },
  matches_not: { op: 'matches', negative: true },
};
/** Whether a visitor of that day did what the filter inside says. */
const DEEDS: Readonly<Record<string, { negative: boolean }>> = {
  has_done: { negative: false },
  has_not_done: { negative: true },
};
export const COMPARATORS: readonly Comparator[] = [
  'is',
  'is_not',
  'greater_than',
  'greater_than_or_equal',
  'less_than',
  'less_than_or_equal',
];
const CONNECTIVES = ['and', 'or', 'not'] as const;

export const TEXT_OPERATORS: readonly string[] = Object.keys(OPERATORS);
export const DEED_OPERATORS: readonly string[] = Object.keys(DEEDS);

export const FILTER_OPERATORS: readonly string[] = [...TEXT_OPERATORS, ...CONNECTIVES, ...DEED_OPERATORS];

/** Every name that a filter may be about. */
export const FILTERABLE = [
  ...Object.keys(DIMENSIONS),
  ...Object.keys(WORDED_DIMENSIONS),
  GOAL_DIMENSION,
  ...Object.keys(ITEM_DIMENSIONS),
  'event:props:NAME',
];

type Budget = PatternBudget & { conditions: number; contained: number };
/** What filters must know of their site, and how whoever asks writes values. */
export type FilterContext = { goals: readonly Goal[]; labels?: LabelStyle };
type Place = FilterContext & { where: string; depth: number; budget: Budget };
type Match = { op: MatchOp; values: readonly string[]; caseSensitive: boolean };

function refuse(detail: string, where: string): never {
  throw queryFailure('invalid_filter', detail, { where });
}

const conjunction = (of: readonly FactFilter[]): FactFilter | null =>
  of.length === 0 ? null : { type: 'and', of };

/**
 * Reads the filters of a query; a list is an implicit and. Conditions on metrics and on `event:goal` that stand at the top are
 * told apart from the rest.
 * @throws Failure `invalid_filter` with the path of what is wrong
 */
export function parseFilters(value: unknown, context: FilterContext): Filters {
  if (value === undefined || value === null) return { facts: null, goal: null, metrics: [] };
  if (!Array.isArray(value)) refuse('filters must be a list of filters', 'filters');
  const budget = { ...newPatternBudget(), conditions: MAX_CONDITIONS, contained: MAX_CONTAINED };
  const parsed = value.flatMap((filter, index) =>
    parseTop(filter, { ...context, where: `filters[${index}]`, depth: 1, budget }),
  );
  return {
    facts: conjunction(parsed.flatMap((one) => (one.kind === 'facts' ? [one.filter] : []))),
    goal: conjunction(parsed.flatMap((one) => (one.kind === 'goal' ? [one.filter] : []))),
    metrics: parsed.flatMap((one) => (one.kind === 'metric' ? [one.filter] : [])),
  };
}

type Top = { kind: 'facts' | 'goal'; filter: FactFilter } | { kind: 'metric'; filter: MetricFilter };

/** A filter that everything must meet: one of the list, or of an `and` in it. */
function parseTop(filter: unknown, place: Place): Top[] {
  const [operator, subject] = Array.isArray(filter) ? filter : [];
  if (operator === 'and' && Array.isArray(subject) && subject.length > 0) {
    if (place.depth > MAX_DEPTH) refuse(`filters may be nested ${MAX_DEPTH} deep`, place.where);
    const { members, inner } = readMembers(filter as unknown[], place);
    return members.flatMap((member, index) => parseTop(member, inner(index)));
  }
  if (typeof subject === 'string' && Object.hasOwn(METRICS, subject))
    return [{ kind: 'metric', filter: parseMetricFilter(filter as unknown[], place) }];
  const positive = typeof operator === 'string' && OPERATORS[operator]?.negative === false;
  const kind = positive && subject === GOAL_DIMENSION ? 'goal' : 'facts';
  return [{ kind, filter: parseFilter(filter, place) }];
}

function parseMetricFilter(filter: readonly unknown[], { where, budget }: Place): MetricFilter {
  spend(budget, where);
  const [compare, metric, values] = filter;
  if (!(COMPARATORS as readonly unknown[]).includes(compare)) {
    refuse(
      `${JSON.stringify(compare)} does not compare a metric; allowed are ${COMPARATORS.join(', ')}`,
      `${where}[0]`,
    );
  }
  const numbers = Array.isArray(values) ? values : [values];
  const wrong = numbers.length === 0 || numbers.length > MAX_VALUES || !numbers.every(Number.isFinite);
  if (filter.length !== 3 || wrong) refuse('a metric is compared with a list of numbers', `${where}[2]`);
  if (numbers.length > 1 && compare !== 'is' && compare !== 'is_not')
    refuse(`${compare} takes one number`, `${where}[2]`);
  return { metric: metric as MetricName, compare: compare as Comparator, values: numbers as number[] };
}

function spend(budget: Budget, where: string): void {
  budget.conditions -= 1;
  if (budget.conditions < 0) refuse(`a query may have ${MAX_CONDITIONS} conditions`, where);
}

function parseFilter(filter: unknown, place: Place): FactFilter {
  const { where, depth, budget } = place;
  if (!Array.isArray(filter)) refuse('a filter is a list that begins with its operator', where);
  if (depth > MAX_DEPTH) refuse(`filters may be nested ${MAX_DEPTH} deep`, where);
  spend(budget, where);
  const [operator, subject] = filter;
  if (typeof subject === 'string' && Object.hasOwn(METRICS, subject))
    refuse(`a metric is compared at the top of filters only, not inside of others`, where);
  if (operator === 'and' || operator === 'or') {
    const { members, inner } = readMembers(filter, place);
    return { type: operator, of: members.map((member, index) => parseFilter(member, inner(index))) };
  }
  if (operator === 'not') return { type: 'not', of: parseInner(filter, place) };
  if (typeof operator === 'string' && Object.hasOwn(DEEDS, operator)) {
    const done: FactFilter = { type: 'has_done', of: parseInner(filter, place) };
    return DEEDS[operator]?.negative ? { type: 'not', of: done } : done;
  }
  if (typeof operator === 'string' && Object.hasOwn(OPERATORS, operator))
    return parseMatch(OPERATORS[operator] as { op: MatchOp; negative: boolean }, filter, place);
  return refuse(
    `${JSON.stringify(operator)} is not an operator; allowed are ${FILTER_OPERATORS.join(', ')}, and for metrics ${COMPARATORS.join(', ')}`,
    `${where}[0]`,
  );
}

/** The only member of `not` and its like. */
function parseInner(filter: readonly unknown[], { where, depth, ...rest }: Place): FactFilter {
  if (filter.length !== 2) refuse(`${filter[0]} takes exactly one filter`, where);
  return parseFilter(filter[1], { ...rest, where: `${where}[1]`, depth: depth + 1 });
}

function readMembers(filter: readonly unknown[], { where, depth, ...rest }: Place) {
  const [type, members] = filter;
  if (filter.length !== 2 || !Array.isArray(members) || members.length === 0)
    refuse(`${type} takes one list of filters`, `${where}[1]`);
  const inner = (index: number): Place => ({ ...rest, where: `${where}[1][${index}]`, depth: depth + 1 });
  return { members: members as unknown[], inner };
}

function parseMatch(
  { op, negative }: { op: MatchOp; negative: boolean },
  filter: readonly unknown[],
  place: Place,
): FactFilter {
  const { where, budget } = place;
  if (filter.length < 3 || filter.length > 4)
    refuse('a filter is [operator, dimension, [values], options?]', where);
  const values = parseValues(filter[2], `${where}[2]`);
  if (op === 'matches') checkPatterns(values, `${where}[2]`, budget);
  if (op === 'contains') {
    budget.contained -= values.length;
    if (budget.contained < 0) refuse(`a query may look for ${MAX_CONTAINED} parts of texts`, `${where}[2]`);
  }
  const match: Match = { op, values, caseSensitive: parseCaseSensitive(filter[3], `${where}[3]`) };
  const positive =
    filter[1] === GOAL_DIMENSION ? reachesGoal(match, place) : matchDimension(match, filter[1], place);
  return negative ? { type: 'not', of: positive } : positive;
}

const CANONICAL = { is: canonicalText, contains: canonicalPart, matches: canonicalPattern };

/** A condition on a dimension, by the name that it is asked for by; its values as facts have them. */
function matchDimension(
  { op, values, caseSensitive }: Match,
  name: unknown,
  { where, budget, labels = 'footfall' }: Place,
): FactFilter {
  const dimension = parseDimension(name, `${where}[1]`);
  const written = op === 'glob' ? values : values.map((value) => CANONICAL[op](dimension, value));
  const plain = { type: 'match', op, dimension, values: written, caseSensitive } as const;
  const spelling = findSpelling(name as string, labels);
  return spelling === undefined ? plain : matchWritten(plain, spelling, { where: `${where}[2]`, budget });
}

function parseDimension(value: unknown, where: string): Dimension {
  const dimension = typeof value === 'string' ? findDimension(value) : undefined;
  if (dimension === undefined) {
    refuse(
      `${JSON.stringify(value)} is not a dimension to filter by; allowed are ${FILTERABLE.join(', ')}`,
      where,
    );
  }
  return dimension;
}

/** Events that reach any of the goals whose names match. */
function reachesGoal(match: Match, { where, goals, budget }: Omit<Place, 'depth'>): FactFilter {
  const names = goals.map(({ name }) => name);
  const found = findNames(match, names, { of: 'goal', where: `${where}[2]`, budget });
  const unknown = found.findIndex((some) => some.length === 0);
  if (match.op === 'is' && unknown !== -1) {
    const known = names.map((name) => JSON.stringify(name)).join(', ');
    refuse(
      `${JSON.stringify(match.values[unknown])} is not a goal of this site; ${known === '' ? 'it has none' : `it has ${known}`}`,
      `${where}[2][${unknown}]`,
    );
  }
  const wanted = new Set(found.flat());
  const asked = goals.filter(({ name }) => wanted.has(name));
  return { type: 'or', of: asked.map(goalFilter), goals: asked.map(({ name }) => name) };
}

/** A text without what facts never hold, and Postgres refuses. */
export const storable = (text: string): string => text.replaceAll('\0', '').toWellFormed();

function parseValues(value: unknown, where: string): string[] {
  if (!Array.isArray(value) || value.length === 0)
    refuse('values must be a list with at least one value', where);
  if (value.length > MAX_VALUES)
    refuse(`a filter may have ${MAX_VALUES} values, this one has ${value.length}`, where);
  return value.map((item, index) => {
    const text = typeof item === 'number' || typeof item === 'boolean' ? String(item) : item;
    if (typeof text !== 'string') refuse('a value is a text, a number or a boolean', `${where}[${index}]`);
    if (text.length > MAX_VALUE_LENGTH)
      refuse(`a value may have ${MAX_VALUE_LENGTH} characters`, `${where}[${index}]`);
    return storable(text);
  });
}

function parseCaseSensitive(options: unknown, where: string): boolean {
  if (options === undefined) return true;
  const known = typeof options === 'object' && options !== null ? Object.entries(options) : [['', undefined]];
  const wrong = known.some(([name, value]) => name !== 'case_sensitive' || typeof value !== 'boolean');
  if (wrong) refuse('options are {"case_sensitive": true or false}', where);
  return (options as { case_sensitive?: boolean }).case_sensitive ?? true;
}

/** Whether a filter asks for a dimension anywhere. */
export function mentions(filter: FactFilter | null, name: string): boolean {
  if (filter === null) return false;
  switch (filter.type) {
    case 'match':
      return filter.dimension.kind === 'column' && filter.dimension.name === name;
    case 'not':
    case 'has_done':
      return mentions(filter.of, name);
    case 'and':
    case 'or':
      return filter.of.some((member) => mentions(member, name));
  }
}
