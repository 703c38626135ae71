import type { estypes } from '@elastic/elasticsearch';
import { expect, test } from 'vitest';
import { ask } from './composite.ts';

test('a moment without indices answers no aggregations, which is not a group', async () => {
  const target = {
    scope: [],
    pause: async () => undefined,
    search: async () => ({ hits: { hits: [] } }) as unknown as estypes.SearchResponse,
  };
  const question = { roots: [], path: 'visits.events' as const, where: [], fields: ['page'], aggs: {} };
  const groups: unknown[] = [];
  await ask(target, [question], (group) => groups.push(group));
  expect(groups).toEqual([]);
});
