import { describe, expect, test } from 'vitest';
import type { FactFilter } from '../part-query.ts';
import { buildQuestion } from './basis.ts';
import { lockFilters } from './lock.ts';
import { parseQuery } from './parse.ts';
import type { Query } from './query.ts';

const goals = [{ id: 'goal_1', name: 'Order', event: 'order', page: null, props: {} }];
const site = { id: 'site_1', timezone: 'Etc/UTC', generation: 1, currency: 'EUR', goals };
const SELLER = ['is', 'event:props:seller', ['42']];
const OTHER = ['is', 'event:page', ['/other']];

const ask = (filters: unknown[], more: object = {}): Query =>
  parseQuery(
    { metrics: ['visitors'], date_range: '7d', filters, ...more },
    { site, now: 0, labels: 'footfall' },
  );

/** The conjuncts that everything counted must meet. */
const conjuncts = (filter: FactFilter | null): FactFilter[] =>
  filter === null ? [] : filter.type === 'and' ? filter.of.flatMap(conjuncts) : [filter];

const locked = conjuncts(lockFilters(ask([]), [SELLER]).filters.facts)[0] as FactFilter;
const isLocked = (filter: FactFilter | null) =>
  conjuncts(filter).some((one) => JSON.stringify(one) === JSON.stringify(locked));

/** Every `has_done` of a filter, wherever it stands. */
function behaviours(filter: FactFilter | null): FactFilter[] {
  if (filter === null || filter.type === 'match') return [];
  if (filter.type === 'has_done') return [filter.of, ...behaviours(filter.of)];
  return filter.type === 'not' ? behaviours(filter.of) : filter.of.flatMap(behaviours);
}

const CASES: [string, unknown[], object?][] = [
  ['nothing', []],
  ['a filter', [OTHER]],
  ['another value of the same', [['is', 'event:props:seller', ['43']]]],
  ['or', [['or', [OTHER, ['is_not', 'event:props:seller', ['42']]]]]],
  ['not', [['not', SELLER]]],
  ['has_done', [['has_done', OTHER]]],
  ['has_not_done', [['has_not_done', ['or', [OTHER, ['has_done', OTHER]]]]]],
  ['not of has_done in or', [['or', [OTHER, ['not', ['has_done', OTHER]]]]]],
  ['a goal', [['is', 'event:goal', ['Order']]], { metrics: ['conversion_rate'] }],
  ['a goal that somebody has reached', [['has_done', ['is', 'event:goal', ['Order']]]]],
  ['a metric', [['greater_than', 'visitors', [1]]]],
  ['a comparison', [OTHER], { include: { comparisons: { mode: 'previous_period' } } }],
];

describe.each(CASES)('a query with %s', (_, filters, more) => {
  const query = lockFilters(ask(filters, more), [SELLER]);

  test.each(['group', 'total', 'groupWithoutGoal', 'totalWithoutGoal', 'page'] as const)(
    'meets the locked filter in what %s is counted of',
    (basis) => {
      expect(isLocked(buildQuestion(basis, query, []).filter)).toBe(true);
    },
  );

  test('looks at nothing else in what visitors have done', () => {
    for (const behaviour of [...behaviours(query.filters.facts), ...behaviours(query.filters.goal)])
      expect(isLocked(behaviour)).toBe(true);
  });

  test('says what it was answered with', () => {
    expect(query.askedFilters).toEqual([...filters, SELLER]);
  });
});

test('a locked goal is left out of no ratio', () => {
  const query = lockFilters(ask([], { metrics: ['visitors'] }), [['is', 'event:goal', ['Order']]]);
  expect(buildQuestion('totalWithoutGoal', query, []).filter).not.toBeNull();
});

test('without locked filters a query is itself', () => {
  const query = ask([OTHER]);
  expect(lockFilters(query, [])).toBe(query);
});

test('a goal that the site does not have is refused, and locks nothing open', () => {
  expect(() => lockFilters(ask([]), [['is', 'event:goal', ['Other']]])).toThrow(
    expect.objectContaining({ code: 'invalid_filter' }),
  );
});
