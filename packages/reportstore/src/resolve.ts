import { type Dimension, dimensionName } from '@footfall/core/dimension';
import type { FactFilter, GroupKey } from '@footfall/core/part-query';

export type Match = Extract<FactFilter, { type: 'match' }>;

/** All distinct texts of a dimension in the facts that a question is about. */
export type DistinctTexts = (dimension: Dimension) => Promise<readonly string[]>;

/** What an engine compares by itself, and as we do. */
export type IsNative = (match: Match) => boolean;

/** The texts that meet a condition, of those given; see duckdb/text-matcher.ts. */
export type FindMatching = (match: Match, texts: readonly string[]) => Promise<readonly string[]>;

export type Resolve = (filter: FactFilter) => Promise<FactFilter>;

/** A condition as an engine can answer it. */
export type ResolveMatch = (match: Match) => Promise<FactFilter>;

/** Answers filters whose conditions have been resolved, one after the other. */
export function resolver(resolveMatch: ResolveMatch): Resolve {
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
      case 'match':
        return resolveMatch(filter);
    }
  };
  return resolve;
}

/** The condition that a text is one of these. */
export const matchTextsOnly = (match: Match, values: readonly string[]): Match => ({
  ...match,
  op: 'is',
  caseSensitive: true,
  values,
});

/** What an engine compares by itself, what texts it has, and who compares these. */
export type TextPorts = { isNative: IsNative; texts: DistinctTexts; find: FindMatching };

/** What an engine cannot compare as we do (patterns of RE2, letters of any case) becomes the list of texts that there are and that meet it. */
export function resolveByTexts({ isNative, texts, find }: TextPorts): ResolveMatch {
  const known = rememberByDimension(texts);
  return async (match) =>
    isNative(match) ? match : matchTextsOnly(match, await find(match, await known(match.dimension)));
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

/** Remembers what is known of dimensions for as long as one question is prepared. */
export function rememberByDimension<T>(
  ask: (dimension: Dimension) => Promise<T>,
): (dimension: Dimension) => Promise<T> {
  const known = new Map<string, Promise<T>>();
  return (dimension) => {
    const name = dimensionName(dimension);
    const asked = known.get(name) ?? ask(dimension);
    known.set(name, asked);
    return asked;
  };
}
