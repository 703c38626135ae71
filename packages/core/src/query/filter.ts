import { DIMENSIONS, type Dimension, dimensionOf } from '../dimension.ts';
import type { FactFilter, MatchOp } from '../part-query.ts';
import { queryFailure } from './errors.ts';

const MAX_DEPTH = 8;
const MAX_VALUES = 1_000;
const MAX_CONDITIONS = 100;
const MAX_VALUE_LENGTH = 2_000;

/** The operators of the API: what they compare, and whether they keep what does not match. */
const OPERATORS: Readonly<Record<string, { op: MatchOp; negative: boolean }>> = {
  is: { op: 'is', negative: false },
  is_not: { op: 'is', negative: true },
  contains: { op: 'contains', negative: false },
  contains_not: { op: 'contains', negative: true },
};
const CONNECTIVES = ['and', 'or', 'not'] as const;

type Budget = { conditions: number };

function refuse(detail: string, where: string): never {
  throw queryFailure('invalid_filter', detail, { where });
}

/**
 * Reads the filters of a query; a list is an implicit and. Null when there are none.
 * @throws Failure `invalid_filter` with the path of what is wrong
 */
export function parseFilters(value: unknown): FactFilter | null {
  if (value === undefined || value === null) return null;
  if (!Array.isArray(value)) refuse('filters must be a list of filters', 'filters');
  const budget = { conditions: MAX_CONDITIONS };
  const of = value.map((filter, index) =>
    parseFilter(filter, { where: `filters[${index}]`, depth: 1, budget }),
  );
  return of.length === 0 ? null : { type: 'and', of };
}

type Place = { where: string; depth: number; budget: Budget };

function parseFilter(filter: unknown, place: Place): FactFilter {
  const { where, depth, budget } = place;
  if (!Array.isArray(filter)) refuse('a filter is a list that begins with its operator', where);
  if (depth > MAX_DEPTH) refuse(`filters may be nested ${MAX_DEPTH} deep`, where);
  budget.conditions -= 1;
  if (budget.conditions < 0) refuse(`a query may have ${MAX_CONDITIONS} conditions`, where);
  const [operator] = filter;
  if (operator === 'and' || operator === 'or') return parseConnective(operator, filter, place);
  if (operator === 'not') {
    if (filter.length !== 2) refuse('not takes exactly one filter', where);
    return { type: 'not', of: parseFilter(filter[1], { where: `${where}[1]`, depth: depth + 1, budget }) };
  }
  if (typeof operator !== 'string' || !Object.hasOwn(OPERATORS, operator)) {
    const allowed = [...Object.keys(OPERATORS), ...CONNECTIVES].join(', ');
    refuse(`${JSON.stringify(operator)} is no operator; allowed are ${allowed}`, `${where}[0]`);
  }
  return parseMatch(OPERATORS[operator] as { op: MatchOp; negative: boolean }, filter, where);
}

function parseConnective(
  type: 'and' | 'or',
  filter: readonly unknown[],
  { where, depth, budget }: Place,
): FactFilter {
  const members = filter[1];
  if (filter.length !== 2 || !Array.isArray(members) || members.length === 0)
    refuse(`${type} takes one list of filters`, `${where}[1]`);
  const of = members.map((member, index) =>
    parseFilter(member, { where: `${where}[1][${index}]`, depth: depth + 1, budget }),
  );
  return { type, of };
}

function parseMatch(
  { op, negative }: { op: MatchOp; negative: boolean },
  filter: readonly unknown[],
  where: string,
): FactFilter {
  if (filter.length < 3 || filter.length > 4)
    refuse('a filter is [operator, dimension, [values], options?]', where);
  const dimension = parseDimension(filter[1], `${where}[1]`);
  const values = parseValues(filter[2], `${where}[2]`);
  const match: FactFilter = {
    type: 'match',
    op,
    dimension,
    values,
    caseSensitive: parseCaseSensitive(filter[3], `${where}[3]`),
  };
  return negative ? { type: 'not', of: match } : match;
}

function parseDimension(value: unknown, where: string): Dimension {
  const dimension = typeof value === 'string' ? dimensionOf(value) : undefined;
  if (dimension === undefined) {
    const allowed = [...Object.keys(DIMENSIONS), 'event:props:NAME'].join(', ');
    refuse(`${JSON.stringify(value)} is no dimension to filter by; allowed are ${allowed}`, where);
  }
  return dimension;
}

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
    // Facts never hold these, and Postgres refuses them.
    return text.replaceAll('\0', '').toWellFormed();
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
      return mentions(filter.of, name);
    case 'and':
    case 'or':
      return filter.of.some((member) => mentions(member, name));
  }
}
