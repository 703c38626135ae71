import { parseFilters } from '@footfall/core/query/filter';
import { expect, it } from 'vitest';
import { asCondition, readConditions, SEGMENT_DIMENSIONS, SEGMENT_OPERATORS } from './conditions.ts';

it('reads rows with a value as filters, several values between commas', () => {
  const rows = [
    { dimension: 'visit:country', operator: 'is', values: ' DE, AT ,' },
    { dimension: 'visit:source', operator: 'contains', values: '  ' },
    { dimension: 'event:page', operator: 'contains_not', values: '/p/' },
  ];
  expect(readConditions(rows)).toEqual([
    ['is', 'visit:country', ['DE', 'AT']],
    ['contains_not', 'event:page', ['/p/']],
  ]);
});

it('every dimension and operator of the form is one of the query language, and is shown again', () => {
  for (const dimension of SEGMENT_DIMENSIONS)
    for (const operator of SEGMENT_OPERATORS) {
      const [filter] = readConditions([{ dimension, operator, values: 'a' }]);
      expect(parseFilters([filter], { goals: [] }).facts).not.toBeNull();
      expect(asCondition(filter)).toEqual({ dimension, operator, values: ['a'] });
    }
});

it.each([
  ['a metric', ['greater_than', 'visitors', [5]]],
  ['a group', ['or', [['is', 'visit:country', ['DE']]]]],
  ['a property', ['is', 'event:props:plan', ['pro']]],
  ['an option', ['is', 'visit:country', ['DE'], { case_sensitive: false }]],
  ['nothing', null],
])('%s is what the API alone can say', (_, filter) => {
  expect(asCondition(filter)).toBeNull();
});
