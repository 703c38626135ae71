import type { FactFilter } from '../part-query.ts';
import { parseFilters } from './filter.ts';
import type { LabelStyle } from './label-style.ts';
import type { Query } from './query.ts';

const both = (one: FactFilter | null, other: FactFilter): FactFilter =>
  one === null ? other : { type: 'and', of: [one, other] };

/**
 * A filter that looks at nothing outside of another. What visitors have done is told of all their events of the day, so the other
 * holds inside of it, too: else whoever is shown one seller's visitors could ask what else they had looked at.
 */
function within(filter: FactFilter, locked: FactFilter): FactFilter {
  switch (filter.type) {
    case 'match':
      return filter;
    case 'not':
      return { ...filter, of: within(filter.of, locked) };
    case 'has_done':
      return { ...filter, of: both(within(filter.of, locked), locked) };
    case 'and':
    case 'or':
      return { ...filter, of: filter.of.map((member) => within(member, locked)) };
  }
}

/**
 * A query that filters hold for (`filters`, as of the query language), whatever it asks: beside its own, inside of what visitors have
 * done, and in what its ratios are of. Ratios leave out a query's own filter on goals, and never a locked one.
 * @throws Failure `invalid_filter`
 */
export function lockFilters(query: Query, filters: readonly unknown[], labels?: LabelStyle): Query {
  const { goals } = query.site;
  const { facts, goal } = parseFilters(filters, { goals, ...(labels === undefined ? {} : { labels }) });
  const locked = facts === null ? goal : goal === null ? facts : both(facts, goal);
  if (locked === null) return query;
  const own = query.filters;
  return {
    ...query,
    filters: {
      ...own,
      facts: both(own.facts === null ? null : within(own.facts, locked), locked),
      goal: own.goal === null ? null : within(own.goal, locked),
    },
    askedFilters: [...query.askedFilters, ...filters],
  };
}
