import { findDimension } from '@footfall/core/dimension';
import { EMBED_REPORTS } from '@footfall/core/embed/report';
import type { Failure } from '@footfall/core/failure';
import { METRICS } from '@footfall/core/metric';
import { describe, expect, test } from 'vitest';
import { requireReport } from './scope.ts';

/** How a question is answered: null, or refused with this code. */
function ask(question: object, token: string[], key: string[] = [], locked: unknown[] = []): string | null {
  try {
    requireReport({ metrics: ['visitors'], ...question }, { token, key, locked });
    return null;
  } catch (error) {
    return (error as Failure).code;
  }
}

test('every report is made of metrics and dimensions that there are', () => {
  for (const { metrics, dimensions } of Object.values(EMBED_REPORTS)) {
    expect(metrics.filter((metric) => !Object.hasOwn(METRICS, metric))).toEqual([]);
    const others = dimensions.filter((name) => !/^time(:|$)|^event:goal$/.test(name));
    expect(others.filter((name) => findDimension(name) === undefined)).toEqual([]);
  }
});

test.each<[string, object, string[]]>([
  ['its own metrics', { metrics: ['visitors', 'bounce_rate'] }, ['overview']],
  ['its own dimensions', { dimensions: ['visit:source'] }, ['sources']],
  ['over time', { dimensions: ['time:day', 'visit:source'] }, ['sources']],
  [
    'filtered by its own dimensions',
    { dimensions: ['event:page'], filters: [['is', 'visit:country', ['DE']]] },
    ['overview'],
  ],
  ['filtered by its own metrics', { filters: [['greater_than', 'visitors', [5]]] }, ['figures']],
  ['by the second of two', { dimensions: ['event:page'] }, ['sources', 'pages']],
])('a report answers what it is about: %s', (_, question, token) => {
  expect(ask(question, token)).toBeNull();
});

describe('a token of one report reads no other', () => {
  const country = ['is', 'visit:country', ['DE']];
  test.each<[string, object, string[]]>([
    ['another dimension', { dimensions: ['event:page'] }, ['sources']],
    ['another metric', { metrics: ['visitors', 'total_revenue'] }, ['overview']],
    ['a dimension of a figure', { dimensions: ['time:day'] }, ['figures']],
    ['a property', { dimensions: ['event:props:seller'] }, ['overview']],
    ['a filter on another dimension', { filters: [country] }, ['sources']],
    ['a filter on a property', { filters: [['is', 'event:props:seller', ['43']]] }, ['overview']],
    ['the same in not', { filters: [['not', country]] }, ['sources']],
    ['the same in or', { filters: [['or', [['is', 'visit:source', ['a']], country]]] }, ['sources']],
    ['the same in has_done', { filters: [['has_done', ['and', [country]]]] }, ['sources']],
    ['the same in has_not_done', { filters: [['has_not_done', country]] }, ['sources']],
    ['the same deep inside', { filters: [['not', ['or', [['not', ['and', [country]]]]]]] }, ['sources']],
    ['a filter on a goal', { filters: [['is', 'event:goal', ['Order']]] }, ['overview']],
    ['a filter on another metric', { filters: [['greater_than', 'total_revenue', [5]]] }, ['figures']],
    [
      'a metric of one by a dimension of the other',
      { metrics: ['total_revenue'], dimensions: ['visit:source'] },
      ['sales', 'sources'],
    ],
    ['a list as a name', { dimensions: [['visit:source']] }, ['sources']],
    ['a report that is not there', {}, ['weather', 'constructor', '__proto__']],
  ])('%s', (_, question, token) => {
    expect(ask(question, token)).toBe('report_not_in_token');
  });
});

test('what the token names and the key does not allow is told apart', () => {
  expect(ask({ dimensions: ['visit:source'] }, ['sources'], ['pages'])).toBe('report_not_allowed');
  expect(ask({ dimensions: ['visit:source'] }, ['pages'], ['sources'])).toBe('report_not_in_token');
  expect(ask({ dimensions: ['visit:source'] }, ['overview', 'sources'], ['sources'])).toBeNull();
});

const SELLER = ['is', 'event:props:seller', ['42']];

test.each<[object, unknown[], string | null]>([
  [{ dimensions: ['visit:entry_page'] }, [SELLER], 'report_not_allowed'],
  [{ dimensions: ['time:day', 'visit:exit_page'] }, [['or', [SELLER, SELLER]]], 'report_not_allowed'],
  [{ filters: [['not', ['contains', 'visit:entry_page', ['x']]]] }, [SELLER], 'report_not_allowed'],
  [{ dimensions: ['event:page', 'visit:source'] }, [SELLER], null],
  [{ dimensions: ['visit:entry_page'] }, [['is', 'visit:country', ['DE']]], null],
  [{ dimensions: ['visit:entry_page'] }, [], null],
])(
  '%j with the filters %j of the token: where visits began is told of nobody else',
  (question, locked, code) => {
    expect(ask(question, ['overview'], [], locked)).toBe(code);
  },
);
