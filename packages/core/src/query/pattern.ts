import { RE2JS } from 're2js';
import { foldCase } from '../case.ts';
import type { MatchOp } from '../part-query.ts';
import { queryFailure } from './errors.ts';
import { patternWeight } from './pattern-weight.ts';

const MAX_PATTERN_LENGTH = 1_000;
const MAX_PATTERNS = 20;
/** Weight of a regular expression, and of all of one query: compiling takes some 10 µs a unit, matching up to 40 ns a unit and character. */
const MAX_WEIGHT = 2_500;
const MAX_WEIGHT_OF_QUERY = 5_000;
/** Units of weight × characters of names (of goals, of places): these are compared while the query is read. */
const MAX_NAME_WORK = { goal: 1_000_000, place: 5_000_000 } as const;

/** What names are of. */
export type Named = keyof typeof MAX_NAME_WORK;

/** What is left for the regular expressions of one query. */
export type PatternBudget = { weight: number; nameWork: Record<Named, number> };

export const newPatternBudget = (): PatternBudget => ({
  weight: MAX_WEIGHT_OF_QUERY,
  nameWork: { ...MAX_NAME_WORK },
});

function refuse(detail: string, where: string): never {
  throw queryFailure('invalid_filter', detail, { where });
}

const TOO_LARGE = 'with its repeats written out; use fewer or smaller ones';

function spendWeight(pattern: string, where: string, budget: PatternBudget): void {
  const weight = patternWeight(pattern);
  if (weight > MAX_WEIGHT)
    refuse(
      `this regular expression is too large: it has some ${weight} instructions ${TOO_LARGE}, a pattern may have ${MAX_WEIGHT}`,
      where,
    );
  budget.weight -= weight;
  if (budget.weight < 0)
    refuse(
      `the regular expressions of this query are too large: together they may have ${MAX_WEIGHT_OF_QUERY} instructions ${TOO_LARGE}`,
      where,
    );
}

/**
 * Sees that all are regular expressions that may be asked for.
 * @throws Failure `invalid_filter`
 */
export function checkPatterns(patterns: readonly string[], where: string, budget: PatternBudget): void {
  if (patterns.length > MAX_PATTERNS)
    refuse(`a filter may have ${MAX_PATTERNS} patterns, this one has ${patterns.length}`, where);
  patterns.forEach((pattern, index) => {
    const place = `${where}[${index}]`;
    if (pattern.length > MAX_PATTERN_LENGTH)
      refuse(`a pattern may have ${MAX_PATTERN_LENGTH} characters`, place);
    // Before it is compiled: a text of 1,000 characters can be a program of a million instructions.
    spendWeight(pattern, place, budget);
    try {
      RE2JS.compile(pattern);
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      refuse(`${JSON.stringify(pattern)} is not a regular expression in RE2's syntax: ${detail}`, place);
    }
  });
}

type Wanted = { op: MatchOp; values: readonly string[]; caseSensitive: boolean };

/** Compiles tests of names, one for each value. */
function compileNameTests({ op, values, caseSensitive }: Wanted): ((name: string) => boolean)[] {
  const fold = (text: string) => (caseSensitive ? text : foldCase(text));
  return values.map((value) => {
    if (op === 'matches') {
      const pattern = RE2JS.compile(value, caseSensitive ? 0 : RE2JS.CASE_INSENSITIVE);
      return (name) => pattern.matcher(name).find();
    }
    const wanted = fold(value);
    return op === 'is' ? (name) => fold(name) === wanted : (name) => fold(name).includes(wanted);
  });
}

type Searched = { of: Named; where: string; budget: PatternBudget };

/** Takes what it costs to look for patterns in names from what a query may cost. */
function spendNameWork(wanted: Wanted, names: readonly string[], { of, where, budget }: Searched): void {
  if (wanted.op !== 'matches') return;
  const weight = wanted.values.reduce((sum, pattern) => sum + patternWeight(pattern), 0);
  budget.nameWork[of] -= weight * names.reduce((sum, { length }) => sum + length, 0);
  if (budget.nameWork[of] < 0)
    refuse(`these regular expressions are too large for so many ${of}s; name the ${of}s with "is"`, where);
}

/**
 * The names that each value finds.
 * @throws Failure `invalid_filter` for patterns that would take too long with so many names
 */
export function findNames(wanted: Wanted, names: readonly string[], searched: Searched): string[][] {
  spendNameWork(wanted, names, searched);
  return compileNameTests(wanted).map((finds) => names.filter(finds));
}

/**
 * The names, of thousands, that any of the values finds.
 * @throws Failure `invalid_filter` for patterns that would take too long with so many names
 */
export function findAmongNames(wanted: Wanted, names: readonly string[], searched: Searched): Set<string> {
  spendNameWork(wanted, names, searched);
  const { op, values, caseSensitive } = wanted;
  if (op === 'matches') {
    const tests = compileNameTests(wanted);
    return new Set(names.filter((name) => tests.some((finds) => finds(name))));
  }
  const fold = (text: string) => (caseSensitive ? text : foldCase(text));
  const folded = values.map(fold);
  if (op === 'contains') return findContaining(folded, names, fold);
  const exact = new Set(folded);
  return new Set(names.filter((name) => exact.has(fold(name))));
}

/** Stands in no value and no name: values have lost theirs. */
const END = '\0';
/** Names that may be found again before they are taken out of what is searched. */
const MOST_AGAIN = 100;

/** The place in ascending numbers of the last that is not above one. */
function findFloor(numbers: readonly number[], one: number): number {
  let [low, high] = [0, numbers.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] as number) <= one) low = middle;
    else high = middle;
  }
  return low;
}

/** The names that hold one of the values: all of them are searched as one text, which is 30 times as fast as one by one. */
function findContaining(
  values: readonly string[],
  names: readonly string[],
  fold: (text: string) => string,
): Set<string> {
  const found = new Set<string>();
  let left: readonly string[] = [];
  let text = '';
  let starts: number[] = [];
  const search = (those: readonly string[]) => {
    left = those;
    const folded = those.map(fold);
    starts = [];
    let at = 0;
    for (const name of folded) {
      starts.push(at);
      at += name.length + END.length;
    }
    text = folded.join(END);
  };
  search(names);
  let known = 0;
  for (const value of values) {
    if (value === '') return new Set(names);
    for (let at = text.indexOf(value); at !== -1; ) {
      const index = findFloor(starts, at);
      found.add(left[index] as string);
      const next = starts[index + 1];
      at = next === undefined ? -1 : text.indexOf(value, next);
    }
    if (found.size - known <= MOST_AGAIN) continue;
    known = found.size;
    search(names.filter((name) => !found.has(name)));
  }
  return found;
}
