import { expect, test } from 'vitest';
import { describeQuery } from './describe-query.ts';
import { buildQuery } from './query.fixture.ts';

test('a query is repeated with its defaults, its range in local time', () => {
  const query = buildQuery({ dimensions: ['visit:source'] }, { timezone: 'Europe/Berlin' });
  const range = { kind: 'days', from: '2026-03-29', to: '2026-03-29' } as const;
  expect(describeQuery(query, range)).toEqual({
    site_id: 's',
    metrics: ['visitors'],
    date_range: ['2026-03-29T00:00:00+01:00', '2026-03-29T23:59:59+02:00'],
    dimensions: ['visit:source'],
    filters: [],
    order_by: [
      ['visitors', 'desc'],
      ['visit:source', 'asc'],
    ],
    include: { total_rows: false, time_labels: false, imports: false, trim_relative_date_range: false },
    pagination: { limit: query.limit, offset: 0 },
  });
});

test('comparisons are repeated as they were asked for', () => {
  const comparisons = { mode: 'previous_period' };
  const query = buildQuery({ include: { comparisons } });
  const range = { kind: 'days', from: '2026-01-07', to: '2026-01-07' } as const;
  expect(describeQuery(query, range)).toMatchObject({ include: { comparisons } });
});
