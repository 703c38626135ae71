import { DIMENSIONS, type Dimension, ITEM_DIMENSIONS, NONE } from '@footfall/core/dimension';
import { ENGAGEMENT } from '@footfall/core/event-name';
import type { FactFilter, FactScope } from '@footfall/core/part-query';
import { reportStoreFailure } from '../../errors.ts';
import type { IsNative } from '../../resolve.ts';
import { storable } from '../../sql/columns.ts';
import { propField } from '../schema/prop-field.ts';

/** The client's own type of it lets no query be made in steps. */
export type Query = Readonly<Record<string, unknown>>;

/** Where a condition is judged: on events, or on their items, which have the fields of their event. */
export const EVENTS = 'visits.events';
export const ITEMS = 'visits.events.items';
export type Path = typeof EVENTS | typeof ITEMS;

/** What Elasticsearch compares as we do; letters of any case and patterns are others there, and would be looked for on all sites. */
export const isNativeToElasticsearch: IsNative = ({ op, caseSensitive }) => op === 'is' && caseSensitive;

/** Terms of one query (`index.max_terms_count` is 65,536). */
const MOST_TERMS = 60_000;

const ALL: Query = { match_all: {} };
const NONE_OF_ALL: Query = { match_none: {} };

export const matchAll = (of: readonly Query[]): Query =>
  of.length === 0 ? ALL : { bool: { filter: [...of] } };
export const matchAny = (of: readonly Query[]): Query => {
  const [first, ...others] = of;
  if (first === undefined) return NONE_OF_ALL;
  return others.length === 0 ? first : { bool: { should: [...of], minimum_should_match: 1 } };
};
export const not = (query: Query): Query => ({ bool: { must_not: [query] } });

/** One of these texts, as many as there are. */
export function matchTexts(field: string, texts: readonly string[]): Query {
  const queries: Query[] = [];
  for (let from = 0; from < texts.length; from += MOST_TERMS)
    queries.push({ terms: { [field]: texts.slice(from, from + MOST_TERMS) } });
  return matchAny(queries);
}

/** The field of any dimension but items, of which one event has several. */
export function fieldName(dimension: Exclude<Dimension, { kind: 'item' }>, path: Path): string {
  if (dimension.kind === 'prop') return `${path}.props.${propField(dimension.prop)}`;
  return `${path}.${DIMENSIONS[dimension.name].column}`;
}

const ANY_ITEM = { sku: 'itemSku', name: 'itemName', category: 'itemCategory' } as const;
const OWN = { sku: 'ownSku', name: 'ownName', category: 'ownCategory' } as const;

/** The field of what an item has itself. */
export const ownField = (dimension: Extract<Dimension, { kind: 'item' }>): string =>
  `${ITEMS}.${OWN[ITEM_DIMENSIONS[dimension.name].field]}`;

function match(filter: Extract<FactFilter, { type: 'match' }>, path: Path): Query {
  if (!isNativeToElasticsearch(filter))
    throw reportStoreFailure(
      'unanswerable',
      'patterns and letters of any case are resolved before Elasticsearch is asked',
    );
  const { dimension } = filter;
  const texts = [...new Set(filter.values.map(storable))];
  if (dimension.kind === 'item')
    return matchTexts(`${path}.${ANY_ITEM[ITEM_DIMENSIONS[dimension.name].field]}`, texts);
  const field = fieldName(dimension, path);
  const there = texts.filter((text) => text !== NONE);
  // What is missing is not written.
  const missing = there.length < texts.length ? [not({ exists: { field } })] : [];
  return matchAny([...missing, ...(there.length > 0 ? [matchTexts(field, there)] : [])]);
}

/**
 * A condition on events (or items, by the fields of their event): every text of it is a value of the query, none is put together
 * with others. What visitors have done has been decided before; see behavioural-filter.ts.
 * @throws Failure `unanswerable`
 */
export function condition(filter: FactFilter, path: Path): Query {
  switch (filter.type) {
    case 'and':
      return matchAll(filter.of.map((one) => condition(one, path)));
    case 'or':
      return matchAny(filter.of.map((one) => condition(one, path)));
    case 'not':
      return not(condition(filter.of, path));
    case 'match':
      return match(filter, path);
    case 'has_done':
      throw reportStoreFailure(
        'unanswerable',
        'what visitors have done is decided before events are asked for',
      );
  }
}

const isEngagement = (path: Path): Query => ({ term: { [`${path}.name`]: ENGAGEMENT } });

/** Of all that counts: engagement is not an event. */
export const isEvent = (path: Path): Query => not(isEngagement(path));

export const onlyEngagement = isEngagement;

export function within({ between }: Pick<FactScope, 'between'>, path: Path): Query[] {
  return between === null ? [] : [{ range: { [`${path}.at`]: { gte: between.start, lt: between.end } } }];
}

/** Visitor-days with (or without) an event for which a condition holds. */
export function behaviouralQuery({ filter, done }: { filter: FactFilter; done: boolean }): Query {
  const nested: Query = {
    nested: {
      path: EVENTS,
      query: matchAll([isEvent(EVENTS), condition(filter, EVENTS)]),
      score_mode: 'none',
    },
  };
  return done ? nested : not(nested);
}
