import { RE2JS } from 're2js';
import { expect, test } from 'vitest';
import { goalFilter, pagePattern } from './goal.ts';

test.each([
  ['/checkout/*', '/checkout/pay', true],
  ['/checkout/*', '/checkout/', false],
  ['/checkout/*', '/checkout', false],
  ['/checkout/*', '/checkout/pay/now', false],
  ['/blog/**', '/blog/2026/01/x', true],
  ['/blog/**', '/blog/', true],
  ['/blog/**', '/blog', false],
  ['/p/*/reviews', '/p/mug/reviews', true],
  ['/p/*/reviews', '/p/a/b/reviews', false],
  ['/p-*', '/p-', true],
  ['/p-*', '/p-mug', true],
  ['/p-*', '/p-mug/x', false],
  ['/a.b+(c)*', '/a.b+(c)d', true],
  ['/a.b', '/axb', false],
  ['**', '/anything/at all', true],
])('the pattern %s and %s: %s', (pattern, path, matches) => {
  expect(RE2JS.compile(pagePattern(pattern)).matcher(path).find()).toBe(matches);
});

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
  expect(names({ event: 'Signup', page: null, props: { plan: 'pro', team: 'a' } })).toEqual([
    ['is', { kind: 'column', name: 'event:name' }, ['Signup']],
    ['is', { kind: 'prop', prop: 'plan' }, ['pro']],
    ['is', { kind: 'prop', prop: 'team' }, ['a']],
  ]);
});
