import { expect, test } from 'vitest';
import { type Goal, goalFilter } from '../goal.ts';
import { parseFilters } from './filter.ts';
import { goalRows } from './goal-rows.ts';
import { withoutBots } from './plan.ts';

const page = (name: string, pattern: string): Goal => ({
  id: name,
  name,
  event: null,
  page: pattern,
  props: {},
});
const GOALS = [page('Cart', '/cart'), page('Checkout', '/c*'), page('Blog', '/blog/**')];

const rows = (...filters: unknown[]) => {
  const { facts, goal } = parseFilters(filters, { goals: GOALS });
  const of = [facts, goal].filter((one) => one !== null);
  return goalRows(GOALS, withoutBots(of.length === 0 ? null : { type: 'and', of }));
};
const goal = (...names: string[]) => ['is', 'event:goal', names];
const mobile = ['is', 'visit:device', ['Mobile']];
const ALL = ['Cart', 'Checkout', 'Blog'];

test.each([
  ['no filter', [], ALL],
  ['a filter on something else', [mobile], ALL],
  ['one goal', [goal('Cart')], ['Cart']],
  ['two goals', [goal('Cart', 'Blog')], ['Cart', 'Blog']],
  ['part of a name', [['contains', 'event:goal', ['C']]], ['Cart', 'Checkout']],
  ['a pattern', [['matches', 'event:goal', ['^B']]], ['Blog']],
  ['all but one', [['is_not', 'event:goal', ['Cart']]], ['Checkout', 'Blog']],
  ['and', [['and', [goal('Cart', 'Blog'), goal('Blog')]]], ['Blog']],
  ['two in the list', [goal('Cart', 'Blog'), goal('Blog'), mobile], ['Blog']],
  ['two that exclude each other', [goal('Cart'), goal('Blog')], []],
  ['or', [['or', [goal('Cart'), goal('Blog')]]], ['Cart', 'Blog']],
  ['not', [['not', goal('Cart')]], ['Checkout', 'Blog']],
  ['not of not', [['not', ['not', goal('Cart')]]], ['Cart']],
  ['or in not', [['not', ['or', [goal('Cart'), goal('Blog')]]]], ['Checkout']],
  [
    'or in and',
    [
      [
        'and',
        [
          ['or', [goal('Cart'), goal('Blog')]],
          ['not', goal('Blog')],
        ],
      ],
    ],
    ['Cart'],
  ],
  ['what visitors have done', [['has_done', goal('Cart')]], ALL],
  ['what they have not done', [['has_not_done', goal('Cart')]], ALL],
])('%s', (_, filters, names) => {
  const shown = rows(...filters);
  expect(shown.map(({ name }) => name)).toEqual(names);
  // Nothing else is asked of their events.
  for (const { name, filter } of shown)
    expect(filter).toEqual(goalFilter(GOALS.find((one) => one.name === name) as Goal));
});

test('a goal or something else: the rows of other goals have the events of that', () => {
  const filters = [['or', [goal('Cart'), mobile]]];
  const [cart, ...others] = rows(...filters);
  expect(cart).toEqual({ name: 'Cart', filter: goalFilter(GOALS[0] as Goal) });
  for (const { filter } of others)
    expect(filter).toMatchObject({ type: 'and', of: [{}, { values: ['Mobile'] }] });
});

test('not both a goal and something else: the row of the goal has the events without that', () => {
  const filters = [['not', ['and', [goal('Cart'), mobile]]]];
  const [cart, checkout] = rows(...filters);
  expect(cart?.filter).toMatchObject({
    of: [{}, { type: 'not', of: { values: ['Mobile'] } }],
  });
  expect(checkout?.filter).toEqual(goalFilter(GOALS[1] as Goal));
});
