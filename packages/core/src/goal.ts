import { type DimensionName, NONE } from './dimension.ts';
import { PAGEVIEW } from './event-name.ts';
import { pageText } from './page.ts';
import { hasFewWildcards } from './page-pattern.ts';
import type { FactFilter } from './part-query.ts';

/**
 * What a merchant wants visitors to do: an event of a name, or a view of a page that matches a pattern; all properties
 * named must have these values; an empty one is none.
 */
export type Goal = {
  id: string;
  name: string;
  /** Name of the event; null for a page goal. */
  event: string | null;
  /** Pattern of the page's path; null for an event goal. */
  page: string | null;
  props: Readonly<Record<string, string>>;
};

const is = (name: DimensionName, value: string): FactFilter => ({
  type: 'match',
  op: 'is',
  dimension: { kind: 'column', name },
  values: [value],
  caseSensitive: true,
});

/** Nothing reaches a goal whose pattern has more wildcards than it may have: an earlier version took such. */
const NOTHING: FactFilter = { type: 'or', of: [] };

function pageFilter(written: string): FactFilter {
  // An earlier version kept patterns with escapes.
  const pattern = pageText(written);
  if (!pattern.includes('*')) return is('event:page', pattern);
  if (!hasFewWildcards(pattern)) return NOTHING;
  return {
    type: 'match',
    op: 'glob',
    dimension: { kind: 'column', name: 'event:page' },
    values: [pattern],
    caseSensitive: true,
  };
}

/** The events that reach a goal. */
export function goalFilter({ event, page, props }: Omit<Goal, 'id' | 'name'>): FactFilter {
  const what =
    page === null ? [is('event:name', event ?? '')] : [is('event:name', PAGEVIEW), pageFilter(page)];
  const having = Object.entries(props).map(
    ([prop, value]): FactFilter => ({
      type: 'match',
      op: 'is',
      dimension: { kind: 'prop', prop },
      values: [value || NONE],
      caseSensitive: true,
    }),
  );
  return { type: 'and', of: [...what, ...having] };
}
