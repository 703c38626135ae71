import { expect, test } from 'vitest';
import { goalFilter } from './goal.ts';

test('a page goal is reached by pageviews only, an event goal by its name, both with all properties', () => {
  const names = (goal: Parameters<typeof goalFilter>[0]) => {
    const filter = goalFilter(goal);
    if (filter.type !== 'and') throw new Error('a goal is several conditions');
    return filter.of.map((one) => (one.type === 'match' ? [one.op, one.dimension, one.values] : one));
  };
  expect(names({ event: null, page: '/thanks', props: {} })).toEqual([
    ['is', { kind: 'column', name: 'event:name' }, ['pageview']],
    ['is', { kind: 'column', name: 'event:page' }, ['/thanks']],
  ]);
  expect(names({ event: null, page: '/blog/**', props: {} })[1]).toEqual([
    'glob',
    { kind: 'column', name: 'event:page' },
    ['/blog/**'],
  ]);
  expect(names({ event: 'Signup', page: null, props: { plan: 'pro', team: 'a' } })).toEqual([
    ['is', { kind: 'column', name: 'event:name' }, ['Signup']],
    ['is', { kind: 'prop', prop: 'plan' }, ['pro']],
    ['is', { kind: 'prop', prop: 'team' }, ['a']],
  ]);
});

test.each([
  ['/gr%C3%BC%C3%9Fe', 'is', '/grüße'],
  ['/gr%C3%BC%C3%9Fe/*', 'glob', '/grüße/*'],
  ['/#/cart', 'is', '/#/cart'],
])('a page that an earlier version kept as %s is one by its text', (page, op, text) => {
  expect(goalFilter({ event: null, page, props: {} })).toMatchObject({ of: [{}, { op, values: [text] }] });
});

test('a property that is to be empty is to be missing', () => {
  expect(goalFilter({ event: 'Signup', page: null, props: { plan: '' } })).toMatchObject({
    of: [{}, { values: ['(none)'] }],
  });
});

test('nothing reaches a page goal that an earlier version took and whose pattern has too many wildcards', () => {
  expect(goalFilter({ event: null, page: `/${'*a'.repeat(11)}`, props: {} })).toMatchObject({
    of: [{ op: 'is' }, { type: 'or', of: [] }],
  });
});
