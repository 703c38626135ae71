import { type Basis, type MetricName, metricBasis } from '../metric.ts';
import type { Part } from '../part.ts';
import { type basisKeys, buildQuestion, partsFor, type Question, resolveBasis } from './basis.ts';
import { groupId } from './merge.ts';
import type { Query } from './query.ts';

/** Parts that tell whether a group is there, whatever is measured: something happened in it, or a visit began in its hour. */
function signsOfLife({ dimensions }: Query): Part[] {
  if (dimensions.length === 0) return [];
  const byHour = dimensions.some((one) => one.kind === 'time' && one.granularity === 'hour');
  return byHour && dimensions.length > 1 ? ['events', 'visits'] : ['events'];
}

/** All that a query asks the store for: its own groups, and what its ratios are of. */
export function buildQuestions(query: Query, metrics: readonly MetricName[]): Map<Basis, Question> {
  const needs = metrics.map((metric) => resolveBasis(metricBasis(metric), query.dimensions));
  return new Map(
    [...new Set<Basis>(['group', ...needs])].map((basis) => {
      const always = basis === 'group' ? signsOfLife(query) : [];
      const parts = [...new Set([...always, ...partsFor(basis, metrics, query)])];
      return [basis, buildQuestion(basis, query, parts)] as const;
    }),
  );
}

/** The groups of a basis by which those that stand alone are told from the others, by their {@link groupId}. */
export function aloneIn(
  basis: Basis,
  keys: readonly (readonly string[])[],
  keyIn: ReturnType<typeof basisKeys>,
): Map<string, readonly string[]> {
  return new Map(keys.map((key) => [groupId(keyIn[basis](key)), keyIn[basis](key)]));
}
