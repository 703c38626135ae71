import { expect, test } from 'vitest';
import { passesMetricFilter } from './metric-filter.ts';
import type { Comparator } from './query.ts';

test.each<[Comparator, number[], boolean[]]>([
  ['is', [2, 9], [false, true, false]],
  ['is_not', [2, 9], [true, false, true]],
  ['greater_than', [2], [false, false, true]],
  ['greater_than_or_equal', [2], [false, true, true]],
  ['less_than', [2], [true, false, false]],
  ['less_than_or_equal', [2], [true, true, false]],
])('%s %j keeps these of 1, 2 and 3: %j', (compare, values, kept) => {
  const filter = { metric: 'visitors', compare, values } as const;
  expect([1, 2, 3].map((value) => passesMetricFilter(filter, value))).toEqual(kept);
  expect(passesMetricFilter(filter, null)).toBe(false);
});
