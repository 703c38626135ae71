import { expect, test } from 'vitest';
import type { MetricName } from '../metric.ts';
import { NO_IMPORTS } from './imports.ts';
import { zeroSums } from './merge.ts';
import { present } from './present.ts';
import { buildQuery } from './query.fixture.ts';
import type { Scope } from './scope.ts';
import type { Table } from './table.ts';

const RANGE = { kind: 'days', from: '2026-01-07', to: '2026-01-07' } as const;
const SCOPE: Scope = { moments: [{ range: RANGE, days: [] }], siteImports: NO_IMPORTS };
const STYLE = { scope: SCOPE, labels: 'footfall' } as const;

function buildTable(visitors: Record<string, number>, rest: Partial<Table> = {}): Table {
  return {
    groups: Object.keys(visitors).map((key) => ({ key: [key], sums: zeroSums() })),
    buckets: [],
    valuesOf: ([key = ''], metrics: readonly MetricName[]) => metrics.map(() => visitors[key] ?? 0),
    withoutRate: new Set(),
    hasForeign: false,
    ...rest,
  };
}

const bySource = (body: object = {}) => buildQuery({ dimensions: ['visit:source'], ...body });

test('says nothing that was not asked for', () => {
  const tables = { own: buildTable({ Google: 2 }), compared: undefined };
  expect(present(bySource(), tables, STYLE)).toEqual({
    results: [{ dimensions: ['Google'], metrics: [2] }],
    meta: {},
  });
});

test('a page that is not the last has a cursor, and the number of all rows counts every page', () => {
  const query = bySource({ pagination: { limit: 1 }, include: { total_rows: true } });
  const { meta } = present(query, { own: buildTable({ Google: 2, Bing: 1 }), compared: undefined }, STYLE);
  expect(meta).toEqual({ total_rows: 2, next_cursor: expect.any(String) });
});

test('a text is compared with the same text, a bucket with the bucket at its place', () => {
  const sources = { own: buildTable({ Google: 3, Bing: 1 }), compared: buildTable({ Google: 2 }) };
  expect(present(bySource(), sources, STYLE).results).toEqual([
    { dimensions: ['Google'], metrics: [3], comparison: { metrics: [2], change: [50] } },
    { dimensions: ['Bing'], metrics: [1], comparison: { metrics: [0], change: [100] } },
  ]);
  const days = {
    own: buildTable({ '2026-01-07': 3 }, { buckets: ['2026-01-07'] }),
    compared: buildTable({ '2026-01-06': 6 }, { buckets: ['2026-01-06'] }),
  };
  const [row] = present(buildQuery({ dimensions: ['time:day'] }), days, STYLE).results;
  expect(row).toEqual({
    dimensions: ['2026-01-07'],
    metrics: [3],
    comparison: { metrics: [6], change: [-50] },
  });
});

test('all buckets have labels when they are asked for, those without rows too', () => {
  const query = buildQuery({ dimensions: ['time:day', 'visit:source'], include: { time_labels: true } });
  const own = buildTable({}, { buckets: ['2026-01-06', '2026-01-07'] });
  expect(present(query, { own, compared: undefined }, STYLE)).toEqual({
    results: [],
    meta: { time_labels: ['2026-01-06', '2026-01-07'] },
  });
});

test('currencies without a rate are named once each, whichever range they are of', () => {
  const own = buildTable({ Google: 1 }, { withoutRate: new Set(['USD', 'CHF']) });
  const compared = buildTable({ Google: 1 }, { withoutRate: new Set(['CHF', 'DKK']) });
  expect(present(bySource(), { own, compared }, STYLE).meta.warnings).toEqual([
    {
      code: 'currency_without_rate',
      message: 'amounts in CHF, DKK, USD are left out: there is no rate into EUR for some of the days',
      currencies: ['CHF', 'DKK', 'USD'],
    },
  ]);
});

test('imports that were asked for and are not part of the answer have the reason why', () => {
  const tables = { own: buildTable({ Google: 1 }), compared: undefined };
  expect(present(bySource({ include: { imports: true } }), tables, STYLE).meta).toEqual({
    imports_included: false,
    imports_skip_reason: 'no_imported_data',
  });
});
