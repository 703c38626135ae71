import { foldCase } from '@footfall/core/case';
import { type Dimension, dimensionName } from '@footfall/core/dimension';
import { compilePagePatterns } from '@footfall/core/page-matcher';
import type { FactFilter, GroupKey } from '@footfall/core/part-query';
import { RE2JS } from 're2js';
import { reportStoreFailure } from './errors.ts';
import { storable } from './sql/columns.ts';

export type Match = Extract<FactFilter, { type: 'match' }>;

/** All distinct texts of a dimension in the facts that a question is about. */
export type DistinctTexts = (dimension: Dimension) => Promise<readonly string[]>;

/** What an engine compares by itself, and as we do. */
export type IsNative = (match: Match) => boolean;

/** @throws Failure `unanswerable`; whoever asks has tried the pattern before. */
function compilePattern(value: string, caseSensitive: boolean): RE2JS {
  try {
    return RE2JS.compile(value, caseSensitive ? 0 : RE2JS.CASE_INSENSITIVE);
  } catch (cause) {
    throw reportStoreFailure('unanswerable', 'this is not a pattern that RE2 knows', { cause });
  }
}

/** Whether a text as stores keep it meets a condition, as RE2 and simple case folding have it. */
export function createTest({ op, values, caseSensitive }: Match): (text: string) => boolean {
  if (op === 'matches') {
    const patterns = values.map((value) => compilePattern(storable(value), caseSensitive));
    return (text) => patterns.some((pattern) => pattern.matcher(text).find());
  }
  if (op === 'glob') return compilePagePatterns(values.map(storable));
  const fold = (text: string) => (caseSensitive ? text : foldCase(text));
  const wanted = values.map((value) => fold(storable(value)));
  if (op === 'is') return (text) => wanted.includes(fold(text));
  return (text) => {
    const folded = fold(text);
    return wanted.some((value) => folded.includes(value));
  };
}

export type Resolve = (filter: FactFilter) => Promise<FactFilter>;

/**
 * Answers filters in which what an engine cannot compare as we do (patterns of RE2, letters of any case) has become the list of
 * texts that there are and that meet it.
 */
export function resolver(isNative: IsNative, texts: DistinctTexts): Resolve {
  const known = rememberTexts(texts);
  const resolve: Resolve = async (filter) => {
    switch (filter.type) {
      case 'and':
      case 'or': {
        const of: FactFilter[] = [];
        for (const one of filter.of) of.push(await resolve(one));
        return { ...filter, of };
      }
      case 'not':
      case 'has_done':
        return { ...filter, of: await resolve(filter.of) };
      case 'match': {
        if (isNative(filter)) return filter;
        const meets = createTest(filter);
        const values = (await known(filter.dimension)).filter(meets);
        return { ...filter, op: 'is', caseSensitive: true, values };
      }
    }
  };
  return resolve;
}

export const resolveOr = async (filter: FactFilter | null, resolve: Resolve) =>
  filter === null ? null : resolve(filter);

/** Keys whose goals are resolved. */
export async function resolveKeys(groupBy: readonly GroupKey[], resolve: Resolve): Promise<GroupKey[]> {
  const keys: GroupKey[] = [];
  for (const key of groupBy) {
    if (key.kind !== 'goal') keys.push(key);
    else {
      const goals = [];
      for (const { name, filter } of key.goals) goals.push({ name, filter: await resolve(filter) });
      keys.push({ kind: 'goal', goals });
    }
  }
  return keys;
}

/** Remembers the texts of dimensions for as long as one question is prepared. */
function rememberTexts(ask: DistinctTexts): DistinctTexts {
  const known = new Map<string, Promise<readonly string[]>>();
  return (dimension) => {
    const name = dimensionName(dimension);
    const asked = known.get(name) ?? ask(dimension);
    known.set(name, asked);
    return asked;
  };
}
