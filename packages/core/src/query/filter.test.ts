import { describe, expect, test } from 'vitest';
import { Failure } from '../failure.ts';
import type { Goal } from '../goal.ts';
import { mentions, parseFilters } from './filter.ts';

const goal = (name: string, event: string): Goal => ({
  id: `goal_${name}`,
  name,
  event,
  page: null,
  props: {},
});
const GOALS = [goal('Signup', 'signup'), goal('Order', 'purchase')];
const parse = (...filters: unknown[]) => parseFilters(filters, { goals: GOALS });

const source = ['is', 'visit:source', ['Google']];
const match = (op: string, name: string, values: string[], caseSensitive = true) => ({
  type: 'match',
  op,
  dimension: { kind: 'column', name },
  values,
  caseSensitive,
});
const google = match('is', 'visit:source', ['Google']);

describe('operators', () => {
  test.each([
    [source, google],
    [['is_not', 'visit:source', ['Google']], { type: 'not', of: google }],
    [
      ['contains', 'event:page', ['/a'], { case_sensitive: false }],
      match('contains', 'event:page', ['/a'], false),
    ],
    [['matches', 'event:page', ['^/p/\\d+$']], match('matches', 'event:page', ['^/p/\\d+$'])],
    [['matches_not', 'event:page', ['x']], { type: 'not', of: match('matches', 'event:page', ['x']) }],
    [['has_done', source], { type: 'has_done', of: google }],
    [['has_not_done', source], { type: 'not', of: { type: 'has_done', of: google } }],
    [['or', [source, ['not', source]]], { type: 'or', of: [google, { type: 'not', of: google }] }],
    [
      ['is', 'item:sku', ['S1']],
      { ...match('is', '', ['S1']), dimension: { kind: 'item', name: 'item:sku' } },
    ],
    [
      ['is', 'event:props:plan', [7]],
      { ...match('is', '', ['7']), dimension: { kind: 'prop', prop: 'plan' } },
    ],
  ])('%j', (filter, expected) => {
    expect(parse(filter)).toEqual({ facts: { type: 'and', of: [expected] }, goal: null, metrics: [] });
  });

  test('an empty value is a missing one, a part of a text is not', () => {
    for (const name of ['event:props:plan', 'visit:utm_source', 'item:category'])
      expect(parse(['is', name, ['', 'a']])).toEqual(parse(['is', name, ['(none)', 'a']]));
    expect(parse(['is_not', 'event:props:plan', ['']])).toEqual(
      parse(['is_not', 'event:props:plan', ['(none)']]),
    );
    expect(parse(['contains', 'event:page', ['']]).facts).toMatchObject({ of: [{ values: [''] }] });
  });

  test('none are not condition at all', () => {
    for (const none of [undefined, null, []])
      expect(parseFilters(none, { goals: [] })).toEqual({ facts: null, goal: null, metrics: [] });
  });
});

describe('goals', () => {
  test('at the top stand apart from the rest, also inside of and', () => {
    const wanted = ['is', 'event:goal', ['Signup']];
    for (const filters of [[source, wanted], [['and', [source, ['and', [wanted]]]]]]) {
      const { facts, goal: reached } = parse(...filters);
      expect(facts).toEqual({ type: 'and', of: [google] });
      expect(reached).toEqual({
        type: 'and',
        of: [
          {
            type: 'or',
            of: [{ type: 'and', of: [match('is', 'event:name', ['signup'])] }],
            goals: ['Signup'],
          },
        ],
      });
    }
  });

  test('below or, not and has_done they are conditions like others', () => {
    for (const filter of [
      ['or', [['is', 'event:goal', ['Signup']], source]],
      ['not', ['is', 'event:goal', ['Signup']]],
      ['is_not', 'event:goal', ['Signup']],
      ['has_done', ['is', 'event:goal', ['Signup']]],
    ]) {
      expect(parse(filter)).toMatchObject({ goal: null, metrics: [] });
    }
  });

  test.each([
    [['contains', 'event:goal', ['R']], 0],
    [['contains', 'event:goal', ['R'], { case_sensitive: false }], 1],
    [['matches', 'event:goal', ['^(Order|Signup)$']], 2],
  ])('%j is of %d goals', (filter, count) => {
    const { goal: reached } = parse(filter);
    expect(reached).toMatchObject({ type: 'and', of: [{ type: 'or', of: { length: count } }] });
  });

  test('one that the site does not have is refused with those it has', () => {
    expect(() => parse(['is', 'event:goal', ['Signup', 'signup']])).toThrow(
      /"signup" is not a goal of this site; it has "Signup", "Order"/,
    );
    expect(() => parseFilters([['is', 'event:goal', ['x']]], { goals: [] })).toThrow(/it has none/);
  });
});

describe('metrics', () => {
  test.each([
    [['greater_than', 'visitors', [5]], { metric: 'visitors', compare: 'greater_than', values: [5] }],
    [['is_not', 'bounce_rate', [0, 100]], { metric: 'bounce_rate', compare: 'is_not', values: [0, 100] }],
    [
      ['less_than_or_equal', 'net_revenue', [-1.5]],
      { metric: 'net_revenue', compare: 'less_than_or_equal', values: [-1.5] },
    ],
  ])('%j', (filter, expected) => {
    expect(parse(filter)).toEqual({ facts: null, goal: null, metrics: [expected] });
  });
});

test.each([
  [['equals', 'visitors', [5]], 'filters[0][0]', 'greater_than'],
  [['greater_than', 'visitors', ['5']], 'filters[0][2]', 'numbers'],
  [['greater_than', 'visitors', [1, 2]], 'filters[0][2]', 'one number'],
  [['greater_than', 'visitors', []], 'filters[0][2]', 'numbers'],
  [['or', [['greater_than', 'visitors', [5]]]], 'filters[0][1][0]', 'at the top'],
  [['not', ['greater_than', 'visitors', [5]]], 'filters[0][1]', 'at the top'],
  [['has_done'], 'filters[0]', 'exactly one'],
  [['has_done', source, source], 'filters[0]', 'exactly one'],
  [['has_done', ['is', 'visit:mood', ['x']]], 'filters[0][1][1]', 'visit:source'],
  [['matches', 'event:page', ['(']], 'filters[0][2][0]', 'RE2'],
  [['matches', 'event:page', ['a(?=b)']], 'filters[0][2][0]', 'RE2'],
  [['matches', 'event:page', ['((a{40}){40}']], 'filters[0][2][0]', 'RE2'],
  [['matches', 'event:page', ['(((a{100}){100}){100}){100}']], 'filters[0][2][0]', 'too large'],
  [['matches', 'event:page', ['a{1000}'.repeat(142)]], 'filters[0][2][0]', '142142 instructions'],
  [['matches', 'event:page', [`(?i)${'[!-\\x{FFFF}]'.repeat(70)}`]], 'filters[0][2][0]', 'too large'],
  [['matches', 'event:page', Array(20).fill('a{600}')], 'filters[0][2][8]', 'together'],
  [['matches', 'event:page', ['.', '(']], 'filters[0][2][1]', 'RE2'],
  [['matches', 'event:page', ['a'.repeat(1_001)]], 'filters[0][2][0]', '1000 characters'],
  [['matches', 'event:page', Array(21).fill('a')], 'filters[0][2]', '20 patterns'],
  [['is', 'event:page', Array(1_001).fill('a')], 'filters[0][2]', '1000 values'],
])('%j is refused at %s', (filter, where, message) => {
  let caught: unknown;
  try {
    parse(filter);
  } catch (error) {
    caught = error;
  }
  expect(caught).toBeInstanceOf(Failure);
  expect(caught).toMatchObject({ code: 'invalid_filter', where, status: 400 });
  expect((caught as Failure).message).toContain(message);
});

test('a hundred conditions are enough', () => {
  const or = (count: number) => ['or', Array.from({ length: count }, () => source)];
  expect(() => parse(or(99))).not.toThrow();
  expect(() => parse(or(100))).toThrow(/100 conditions/);
});

test('what a filter mentions is found wherever it stands', () => {
  const { facts } = parse(['not', ['has_done', ['or', [['is', 'visit:bot', ['true']], source]]]]);
  expect([mentions(facts, 'visit:bot'), mentions(facts, 'event:page')]).toEqual([true, false]);
});

test.each([['and'], ['or']])('nesting of %s is bounded, at the top too', (operator) => {
  let filter: unknown = source;
  for (let depth = 0; depth < 6_000; depth += 1) filter = [operator, [filter]];
  expect(() => parse(filter)).toThrow(/filters may be nested 8 deep/);
});

describe('what a query may cost', () => {
  test('all its regular expressions together, wherever they stand', () => {
    const heavy = ['matches', 'event:page', ['a{900}']];
    expect(() => parse(...Array(5).fill(heavy))).not.toThrow();
    expect(() => parse(...Array(5).fill(heavy), ['or', [source, ['not', heavy]]])).toThrow(
      expect.objectContaining({ code: 'invalid_filter', where: 'filters[5][1][1][1][2][0]' }),
    );
  });

  test('parts of texts that are looked for, in all filters', () => {
    const some = ['contains', 'event:page', Array(600).fill('a')];
    expect(() => parse(some)).not.toThrow();
    expect(() => parse(some, ['not', some])).toThrow(/1000 parts of texts/);
  });

  test('regular expressions over the names of goals', () => {
    const goals = Array.from({ length: 200 }, (_, n) => goal(`${'a'.repeat(100)}${n}`, 'x'));
    const named = (pattern: string) => () => parseFilters([['matches', 'event:goal', [pattern]]], { goals });
    expect(named('^a+1')).not.toThrow();
    expect(named('(a|b)*a(a|b){300}c')).toThrow(
      expect.objectContaining({ code: 'invalid_filter', where: 'filters[0][2]' }),
    );
  });

  test('a body full of the largest expressions is refused after a moment', () => {
    const bodies = ['a{1000}'.repeat(142), `(${'a'.repeat(980)}){1000}`, '(){1000}'.repeat(120)];
    const began = performance.now();
    for (const pattern of bodies)
      expect(() => parse(...Array(64).fill(['matches', 'event:page', [pattern]]))).toThrow(/too large/);
    // One of them took 2.1 s.
    expect(performance.now() - began).toBeLessThan(500);
  });
});
