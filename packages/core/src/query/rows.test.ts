import { expect, test } from 'vitest';
import type { MetricName } from '../metric.ts';
import { zeroSums } from './merge.ts';
import { cursorAt } from './order.ts';
import { buildQuery } from './query.fixture.ts';
import type { Query } from './query.ts';
import { selectPage } from './rows.ts';
import { NO_PAUSE } from './slices.ts';

const VALUES: Record<string, Partial<Record<MetricName, number | null>>> = {
  Google: { visitors: 3, bounce_rate: 50 },
  Bing: { visitors: 2, bounce_rate: null },
  Ask: { visitors: 1, bounce_rate: 90 },
};
const TABLE = {
  groups: Object.keys(VALUES).map((source) => ({ key: [source], sums: zeroSums() })),
  valuesOf: ([source = '']: readonly string[], metrics: readonly MetricName[]) =>
    metrics.map((metric) => VALUES[source]?.[metric] ?? null),
  alone: null,
  page: null,
};
const select = (query: Query) => selectPage(query, TABLE, NO_PAUSE);
const readPage = async (query: Query) => (await select(query)).page;
const BY_SOURCE = { dimensions: ['visit:source'] };

test('rows have the metrics asked for, and pass filters of metrics that are not', async () => {
  const query = buildQuery({ ...BY_SOURCE, filters: [['greater_than', 'bounce_rate', [60]]] });
  expect(await readPage(query)).toEqual([{ key: ['Ask'], values: [1] }]);
});

test('rows must pass every filter', async () => {
  const filters = [
    ['greater_than', 'visitors', [1]],
    ['less_than', 'visitors', [3]],
  ];
  expect((await readPage(buildQuery({ ...BY_SOURCE, filters }))).map(({ key }) => key)).toEqual([['Bing']]);
});

test('rows come in the order of the query', async () => {
  const query = buildQuery({ ...BY_SOURCE, order_by: [['visitors', 'asc']] });
  expect((await readPage(query)).map(({ key }) => key)).toEqual([['Ask'], ['Bing'], ['Google']]);
});

test.each([
  [{ limit: 2 }, ['Google', 'Bing'], true],
  [{ limit: 3 }, ['Google', 'Bing', 'Ask'], false],
  [{ limit: 1, offset: 1 }, ['Bing'], true],
  [{ limit: 1, offset: 2 }, ['Ask'], false],
  [{ limit: 1, offset: 3 }, [], false],
])('the page %j has %j; more follow: %s', async (pagination, sources, more) => {
  const query = buildQuery({ ...BY_SOURCE, pagination });
  const { page, more: follow } = await select(query);
  expect(page.map(({ key }) => key[0])).toEqual(sources);
  expect(follow).toBe(more);
});

test('the row that a cursor stands at is not repeated', async () => {
  const query = buildQuery({ ...BY_SOURCE, pagination: { limit: 2 } });
  const [first] = await readPage(query);
  if (first === undefined) throw new TypeError('the table has rows');
  const { page } = await select({ ...query, after: cursorAt(first, query.orderBy) });
  expect(page.map(({ key }) => key[0])).toEqual(['Bing', 'Ask']);
});

test('a cursor is followed by the rows after it, although its own row is gone', async () => {
  const query = buildQuery({ ...BY_SOURCE, pagination: { limit: 1 } });
  const gone = { key: ['Baidu'], values: [2] };
  const { page } = await select({ ...query, after: cursorAt(gone, query.orderBy) });
  expect(page.map(({ key }) => key[0])).toEqual(['Bing']);
});
