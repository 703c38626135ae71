import type { Dimension } from '../dimension.ts';
import { type Basis, type MetricName, metricBasis, requiredParts } from '../metric.ts';
import type { Part } from '../part.ts';
import type { FactFilter } from '../part-query.ts';
import type { Query, QueryDimension } from './query.ts';

/** What the store is asked for a basis. */
export type Question = {
  dimensions: readonly QueryDimension[];
  filter: FactFilter | null;
  parts: readonly Part[];
};

const EXIT_PAGE = 'visit:exit_page';
const PAGE_NAME = 'event:page';
const PAGE: Dimension = { kind: 'column', name: PAGE_NAME };

const isExitPage = (dimension: Dimension): boolean =>
  dimension.kind === 'column' && dimension.name === EXIT_PAGE;

/** The dimensions of a query by the page of an event instead of the page that its visit ends on. */
function byPage(dimensions: readonly QueryDimension[]): readonly QueryDimension[] {
  return dimensions.map((dimension) =>
    dimension.kind === 'text' && isExitPage(dimension.dimension)
      ? { kind: 'text', name: PAGE_NAME, dimension: PAGE }
      : dimension,
  );
}

/** A filter that asks for the page of an event where it asked for the page that its visit ends on. What visitors have done stays. */
function filterByPage(filter: FactFilter): FactFilter {
  switch (filter.type) {
    case 'match':
      return isExitPage(filter.dimension) ? { ...filter, dimension: PAGE } : filter;
    case 'not':
      return { ...filter, of: filterByPage(filter.of) };
    case 'and':
    case 'or':
      return { ...filter, of: filter.of.map(filterByPage) };
    case 'has_done':
      return filter;
  }
}

/** Whether a query is by the page that visits end on, and not by the page of events as well. */
function isByExitPage(dimensions: readonly QueryDimension[]): boolean {
  const has = (name: string) => dimensions.some((one) => one.kind === 'text' && one.name === name);
  return has(EXIT_PAGE) && !has(PAGE_NAME);
}

/** The basis that a query needs: the page of a group is its own, unless the group is of the page that visits end on. */
export function resolveBasis(basis: Basis, dimensions: readonly QueryDimension[]): Basis {
  return basis === 'page' && !isByExitPage(dimensions) ? 'group' : basis;
}

/** The parts that metrics need of the question of a basis. */
export function partsFor(
  basis: Basis,
  metrics: readonly MetricName[],
  { dimensions }: Pick<Query, 'dimensions'>,
): Part[] {
  return metrics.flatMap((metric) => {
    const own = metricBasis(metric);
    const denominator = resolveBasis(own, dimensions) === basis ? requiredParts(metric, own) : [];
    return basis === 'group' ? [...requiredParts(metric, 'group'), ...denominator] : denominator;
  });
}

const bothFilters = (one: FactFilter | null, other: FactFilter | null): FactFilter | null =>
  one === null || other === null ? (one ?? other) : { type: 'and', of: [one, other] };

/** The question that a basis stands for; `parts` are those it is needed for. */
export function buildQuestion(
  basis: Basis,
  { dimensions, filters }: Pick<Query, 'dimensions' | 'filters'>,
  parts: readonly Part[],
): Question {
  const all = bothFilters(filters.facts, filters.goal);
  switch (basis) {
    case 'group':
      return { dimensions, filter: all, parts };
    case 'total':
      return { dimensions: [], filter: all, parts };
    case 'groupWithoutGoal':
      return { dimensions: dimensions.filter(({ kind }) => kind !== 'goal'), filter: filters.facts, parts };
    case 'totalWithoutGoal':
      return { dimensions: [], filter: filters.facts, parts };
    case 'page':
      return { dimensions: byPage(dimensions), filter: all && filterByPage(all), parts };
  }
}

type KeyIn = Readonly<Record<Basis, (key: readonly string[]) => readonly string[]>>;

/** The key of a group in the questions that its ratios are of. */
export function basisKeys({ dimensions }: Pick<Query, 'dimensions'>): KeyIn {
  const goalAt = dimensions.findIndex(({ kind }) => kind === 'goal');
  return {
    group: (key) => key,
    total: () => [],
    totalWithoutGoal: () => [],
    groupWithoutGoal: (key) => key.filter((_, index) => index !== goalAt),
    page: (key) => key,
  };
}
