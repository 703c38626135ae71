import { describe, expect, it } from 'vitest';
import { readFilters } from './filters.ts';

const goal = (name: string, event: string | null, page: string | null) => ({
  id: name,
  name,
  event,
  page,
  props: {},
});
const GOALS = [
  goal('Signup', 'signup', null),
  goal('Registered', null, '/register'),
  goal('Visit /a', null, '/b'),
];
const read = (text: string | null) => readFilters(text, GOALS);

describe('filters of an address', () => {
  it.each([
    [null, []],
    ['', []],
    [' ; ', []],
    ['visit:browser==Firefox', [['is', 'visit:browser', ['Firefox']]]],
    ['visit:country!=FR', [['is_not', 'visit:country', ['FR']]]],
    ['visit:source==Github|Twitter', [['is', 'visit:source', ['Github', 'Twitter']]]],
    [
      'event:page==/a|/b;visit:country==DE',
      [
        ['is', 'event:page', ['/a', '/b']],
        ['is', 'visit:country', ['DE']],
      ],
    ],
    ['event:page==/blog/*', [['matches', 'event:page', ['(?s)^/blog/.*$']]]],
    ['event:page==/blog/**', [['matches', 'event:page', ['(?s)^/blog/.*$']]]],
    ['event:hostname!=*.example.com', [['matches_not', 'event:hostname', ['(?s)^.*\\.example\\.com$']]]],
    ['event:page==/a*|/b+c', [['matches', 'event:page', ['(?s)^/a.*$', '(?s)^/b\\+c$']]]],
    ['visit:utm_campaign==campaign\\|one', [['is', 'visit:utm_campaign', ['campaign|one']]]],
    ['visit:utm_campaign==a\\;b', [['is', 'visit:utm_campaign', ['a;b']]]],
    ['visit:utm_campaign==a\\b', [['is', 'visit:utm_campaign', ['a\\b']]]],
    ['event:props:plan==x==y', [['is', 'event:props:plan', ['x==y']]]],
    ['event:goal==Signup|Visit /register', [['is', 'event:goal', ['Signup', 'Registered']]]],
    // A goal that is called so is meant first.
    ['event:goal==Visit /a', [['is', 'event:goal', ['Visit /a']]]],
    ['event:goal!=Nothing', [['is_not', 'event:goal', ['Nothing']]]],
  ])('%j', (text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it.each(['visit:browser', 'visit:browser=Firefox', '==x', 'visit browser==x'])('%j is refused', (text) => {
    expect(() => read(text)).toThrow(/is not a filter such as/);
  });
});
