import { expect, test } from 'vitest';
import type { MetricName } from '../metric.ts';
import { NO_IMPORTS } from './imports.ts';
import { zeroSums } from './merge.ts';
import { present } from './present.ts';
import { buildQuery } from './query.fixture.ts';
import type { Query } from './query.ts';
import { selectPage } from './rows.ts';
import type { Scope } from './scope.ts';
import { NO_PAUSE } from './slices.ts';
import type { Table } from './table.ts';

const RANGE = { kind: 'days', from: '2026-01-07', to: '2026-01-07' } as const;
const SCOPE: Scope = { moments: [{ range: RANGE, days: [] }], siteImports: NO_IMPORTS };
const STYLE = { scope: SCOPE, labels: 'footfall' } as const;

function buildTable(visitors: Record<string, number>, rest: Partial<Table> = {}): Table {
  return {
    groups: Object.keys(visitors).map((key) => ({ key: [key], sums: zeroSums() })),
    buckets: [],
    covers: () => true,
    valuesOf: ([key = ''], metrics: readonly MetricName[]) => metrics.map(() => visitors[key] ?? 0),
    withoutRate: new Set(),
    hasForeign: false,
    alone: null,
    page: null,
    ...rest,
  };
}

/** What an answer says of tables. */
async function say(query: Query, own: Table, compared?: Table) {
  return present(
    query,
    { own, compared, selection: await selectPage(query, own, NO_PAUSE), cutDimension: null },
    STYLE,
  );
}

const bySource = (body: object = {}) => buildQuery({ dimensions: ['visit:source'], ...body });

test('says nothing that was not asked for', async () => {
  expect(await say(bySource(), buildTable({ Google: 2 }))).toEqual({
    results: [{ dimensions: ['Google'], metrics: [2] }],
    meta: {},
  });
});

test('a page that is not the last has a cursor, and the number of all rows counts every page', async () => {
  const query = bySource({ pagination: { limit: 1 }, include: { total_rows: true } });
  const { meta } = await say(query, buildTable({ Google: 2, Bing: 1 }));
  expect(meta).toEqual({ total_rows: 2, next_cursor: expect.any(String) });
});

test('a group is compared with the group of its key, and with nothing where that is not covered', async () => {
  const sources = { own: buildTable({ Google: 3, Bing: 1 }), compared: buildTable({ Google: 2 }) };
  expect((await say(bySource(), sources.own, sources.compared)).results).toEqual([
    { dimensions: ['Google'], metrics: [3], comparison: { metrics: [2], change: [50] } },
    { dimensions: ['Bing'], metrics: [1], comparison: { metrics: [0], change: [100] } },
  ]);
  const compared = buildTable({ '2026-01-06': 2 }, { covers: ([day]) => day === '2026-01-06' });
  const own = buildTable({ '2026-01-06': 1, '2026-01-07': 3 });
  expect((await say(buildQuery({ dimensions: ['time:day'] }), own, compared)).results).toEqual([
    { dimensions: ['2026-01-06'], metrics: [1], comparison: { metrics: [2], change: [-50] } },
    { dimensions: ['2026-01-07'], metrics: [3], comparison: { metrics: [null], change: [null] } },
  ]);
});

test('all buckets have labels when they are asked for, those without rows too', async () => {
  const query = buildQuery({ dimensions: ['time:day', 'visit:source'], include: { time_labels: true } });
  const own = buildTable({}, { buckets: ['2026-01-06', '2026-01-07'] });
  expect(await say(query, own)).toEqual({
    results: [],
    meta: { time_labels: ['2026-01-06', '2026-01-07'] },
  });
});

test('currencies without a rate are named once each, whichever range they are of', async () => {
  const own = buildTable({ Google: 1 }, { withoutRate: new Set(['USD', 'CHF']) });
  const compared = buildTable({ Google: 1 }, { withoutRate: new Set(['CHF', 'DKK']) });
  expect((await say(bySource(), own, compared)).meta.warnings).toEqual([
    {
      code: 'currency_without_rate',
      message: 'amounts in CHF, DKK, USD are left out: there is no rate into EUR for some of the days',
      currencies: ['CHF', 'DKK', 'USD'],
    },
  ]);
});

test('imports that were asked for and are not part of the answer have the reason why', async () => {
  expect((await say(bySource({ include: { imports: true } }), buildTable({ Google: 1 }))).meta).toEqual({
    imports_included: false,
    imports_skip_reason: 'no_imported_data',
  });
});

test('groups that are added up come last, whatever their sum, and the answer says so', async () => {
  const own = buildTable(
    { '(other)': 9, Google: 2, Bing: 1 },
    { alone: { keys: [['Google'], ['Bing']], leaveOut: false } },
  );
  const { results, meta } = await say(bySource(), own);
  expect(results.map(({ dimensions }) => dimensions[0])).toEqual(['Google', 'Bing', '(other)']);
  expect(meta.warnings).toEqual([
    {
      code: 'groups_cut',
      message: 'there are too many groups: the 2 largest stand alone, all others are added up as (other)',
      groups: 2,
    },
  ]);
});

test('nothing is said of a cut that left nothing out, and a source of that name has its place', async () => {
  const all = { '(other)': 9, Google: 2 };
  expect((await say(bySource(), buildTable(all))).results[0]?.dimensions).toEqual(['(other)']);
  const whole = buildTable({ Google: 2 }, { alone: { keys: [['Google']], leaveOut: false } });
  expect((await say(bySource(), whole)).meta.warnings).toBeUndefined();
  const page = { keys: [['(other)']], more: true, total: 3 };
  const first = buildTable({ '(other)': 9 }, { alone: { keys: page.keys, leaveOut: true }, page });
  const { results, meta } = await say(bySource({ include: { total_rows: true } }), first);
  expect(results.map(({ dimensions }) => dimensions[0])).toEqual(['(other)']);
  expect(meta).toMatchObject({ total_rows: 3, next_cursor: expect.any(String) });
  expect(meta.warnings).toBeUndefined();
});
