import { describe, expect, test } from 'vitest';
import type { ImportedDays } from '../imported.ts';
import type { PartRow } from '../part-query.ts';
import { answerQuery } from './answer.ts';
import { daysBefore, type ImportedQuestion, type ImportSource } from './imports.ts';
import { parseQuery } from './parse.ts';
import type { PartSource } from './sources.ts';

const NOW = Date.parse('2026-01-09T12:00:00Z');
const OWN_DAY = '2026-01-05';

const IMPORT: ImportedDays = {
  id: 'import_1',
  from: '2026-01-01',
  to: '2026-01-06',
  measures: {
    '(all)': ['visitors', 'visits', 'pageviews', 'events', 'bounces', 'durationMs'],
    'visit:source': ['visitors', 'visits'],
    'event:page': ['visitors', 'pageviews'],
  },
};

/** Three visitors of two visits each on every imported day, two of them from Google. */
function imports(asked: ImportedQuestion[], all: readonly ImportedDays[] = [IMPORT]): ImportSource {
  const values: Record<string, Record<string, number>> = {
    '(all)': { '(all)': 3 },
    'visit:source': { Google: 2, Bing: 1 },
    'event:page': { '/': 3 },
  };
  return {
    of: async () => all,
    read: async (question) => {
      asked.push(question);
      const days = [1, 2, 3, 4, 5, 6]
        .map((day) => `2026-01-0${day}`)
        .filter((day) => day >= question.from && day <= question.to);
      return days.flatMap((day) =>
        Object.entries(values[question.dimension] ?? {}).map(
          ([value, visitors]): PartRow => ({
            key: question.byDay ? [day, value] : [value],
            counts: {
              visitors,
              visits: 2 * visitors,
              pageviews: 4 * visitors,
              events: 4 * visitors,
              bounces: visitors,
            },
          }),
        ),
      );
    },
  };
}

/** A site whose own history begins on the fifth: one visitor from Google with one pageview. */
const own = (days: readonly string[] = [OWN_DAY]): PartSource => ({
  dayStates: async () => days.map((day) => ({ day, version: 1, sealedVersion: 1, dirtySince: null })),
  run: async (query) => {
    if (query.relation !== 'counts') return [];
    const has = query.days.some(({ from, to }) => days.some((day) => day >= from && day <= to));
    const key = query.groupBy.map((one) => (one.kind === 'day' ? OWN_DAY : 'Google'));
    return has ? [{ key, counts: { visitors: 1, visits: 1, pageviews: 1, events: 1, bounces: 1 } }] : [];
  },
});

type Stores = {
  source?: PartSource;
  all?: readonly ImportedDays[];
  /** What imports answer, by dimension; `rows` of any. */
  read?: Readonly<Record<string, readonly PartRow[]>>;
  rows?: readonly PartRow[];
};

async function ask(query: object, { source = own(), all = [IMPORT], read, rows }: Stores = {}) {
  const asked: ImportedQuestion[] = [];
  const keys: string[] = [];
  const goals = [{ id: 'g', siteId: 's', name: 'Join', event: null, page: '/join', props: {} }];
  const site = { id: 's', timezone: 'Etc/UTC', generation: 1, currency: 'EUR', goals };
  const body = {
    include: { imports: true },
    metrics: ['visitors'],
    date_range: ['2026-01-01', '2026-01-07'],
    ...query,
  };
  const answer = await answerQuery(parseQuery(body, { site, now: NOW }), {
    read: (use) => use(source),
    dataThrough: NOW,
    labels: 'footfall',
    perEuro: async () => new Map(),
    remember: async (key, make) => {
      keys.push(key);
      return (await make()).body;
    },
    imports: {
      ...imports(asked, all),
      ...(rows === undefined ? {} : { read: async () => rows }),
      ...(read === undefined ? {} : { read: async ({ dimension }) => read[dimension] ?? [] }),
    },
  });
  return { ...answer, asked, key: keys[0] };
}

test('days before the site’s own are added, later ones never', async () => {
  const { results, meta, asked } = await ask({ metrics: ['visitors', 'visits', 'bounce_rate'] });
  expect(results).toEqual([{ dimensions: [], metrics: [4 * 3 + 1, 4 * 6 + 1, 52] }]);
  expect(meta).toMatchObject({ imports_included: true });
  expect(meta).not.toHaveProperty('imports_skip_reason');
  expect(asked).toEqual([
    { siteId: 's', dimension: '(all)', byDay: false, from: '2026-01-01', to: '2026-01-04' },
  ]);
});

test('they are not, unless they are asked for', async () => {
  const { results, meta } = await ask({ include: {} });
  expect(results[0]?.metrics).toEqual([1]);
  expect(meta).not.toHaveProperty('imports_included');
});

test('by a dimension, and shares of the whole', async () => {
  const { results } = await ask({ metrics: ['visitors', 'percentage'], dimensions: ['visit:source'] });
  expect(results).toEqual([
    { dimensions: ['Google'], metrics: [9, 69.2] },
    { dimensions: ['Bing'], metrics: [4, 30.8] },
  ]);
});

test.each([
  ['a row without anything', {}],
  ['bounces', { bounces: 2 }],
  ['seconds', { durationMs: 9_000 }],
  ['exits', { exits: 1 }],
  ['time on a page', { engagedMs: 9_000, engaged: 1 }],
  ['scrolling', { scrollSum: 500, scrolled: 1 }],
])('%s of nobody makes no row, and is not counted as one', async (_, counts) => {
  const rows = [
    { key: ['/'], counts: { visitors: 1, pageviews: 1, events: 1 } },
    { key: ['/x'], counts },
  ];
  const { results, meta } = await ask(
    {
      metrics: ['visitors', 'pageviews'],
      dimensions: ['event:page'],
      include: { imports: true, total_rows: true },
    },
    { source: own([]), rows },
  );
  expect(results).toEqual([{ dimensions: ['/'], metrics: [1, 1] }]);
  expect(meta.total_rows).toBe(1);
});

test('exits by the page visits end on are of the pageviews of that page', async () => {
  const measures = { 'visit:exit_page': ['visits', 'exits'], 'event:page': ['pageviews'] } as const;
  const read: Record<string, PartRow[]> = {
    'visit:exit_page': [{ key: ['/b'], counts: { visits: 2, exits: 2, events: 7 } }],
    'event:page': [{ key: ['/b'], counts: { pageviews: 4 } }],
  };
  const query = { metrics: ['exit_rate'], dimensions: ['visit:exit_page'] };
  const found = await ask(query, { source: own([]), all: [{ ...IMPORT, measures }], read });
  expect(found.results).toEqual([{ dimensions: ['/b'], metrics: [50] }]);
  const unknown = await ask(query, {
    source: own([]),
    all: [{ ...IMPORT, measures: { 'visit:exit_page': ['visits', 'exits'] } }],
  });
  expect(unknown.meta).toMatchObject({ imports_included: false, imports_skip_reason: 'unsupported_query' });
});

test('by day, and by day and dimension', async () => {
  const byDay = await ask({ dimensions: ['time:day'] });
  expect(byDay.results.map(({ metrics }) => metrics[0])).toEqual([3, 3, 3, 3, 1, 0, 0]);
  const both = await ask({ dimensions: ['time:week', 'visit:source'] });
  expect(both.results).toEqual([
    { dimensions: ['2025-12-29', 'Google'], metrics: [8] },
    { dimensions: ['2025-12-29', 'Bing'], metrics: [4] },
    { dimensions: ['2026-01-05', 'Google'], metrics: [1] },
  ]);
});

test('all of a site’s time begins with them, and what it is compared with has them, too', async () => {
  const { results } = await ask({ date_range: 'all', dimensions: ['time:day'] });
  expect(results.map(({ dimensions }) => dimensions[0])).toHaveLength(9);
  const compared = await ask({
    date_range: ['2026-01-05', '2026-01-06'],
    include: { imports: true, comparisons: { mode: 'previous_period' } },
  });
  expect(compared.results[0]).toMatchObject({ metrics: [1], comparison: { metrics: [6] } });
  expect(compared.meta.imports_included).toBe(true);
});

describe('a query that they cannot answer says why, and its own numbers stand', () => {
  test.each([
    ['out_of_range', { date_range: ['2026-01-05', '2026-01-07'] }],
    ['unsupported_interval', { dimensions: ['time:hour'], date_range: ['2026-01-04', '2026-01-05'] }],
    ['unsupported_interval', { date_range: '24h' }],
    ['unsupported_query', { filters: [['is', 'visit:source', ['Google']]] }],
    ['unsupported_query', { filters: [['is', 'event:goal', ['Join']]] }],
    ['unsupported_query', { dimensions: ['event:goal'] }],
    ['unsupported_query', { dimensions: ['visit:source', 'event:page'] }],
    ['unsupported_query', { dimensions: ['visit:country'] }],
    ['unsupported_query', { dimensions: ['event:props:plan'] }],
    ['unsupported_query', { dimensions: ['event:page'], metrics: ['exit_rate'] }],
    ['unsupported_query', { metrics: ['visitors', 'total_revenue'] }],
  ])('%s: %j', async (reason, query) => {
    const { meta, asked } = await ask(query);
    expect(meta).toMatchObject({ imports_included: false, imports_skip_reason: reason });
    expect(asked).toEqual([]);
  });

  test('no_imported_data', async () => {
    const { meta } = await ask({}, { all: [] });
    expect(meta).toMatchObject({ imports_included: false, imports_skip_reason: 'no_imported_data' });
  });
});

test('a site without events of its own has all of them', async () => {
  expect(daysBefore([IMPORT], null)).toEqual([IMPORT]);
  expect(daysBefore([IMPORT], IMPORT.from)).toEqual([]);
  const { results } = await ask({}, { source: own([]) });
  expect(results[0]?.metrics).toEqual([18]);
});

test('an answer from memory is of the same imports', async () => {
  const [one, other] = await Promise.all([ask({}), ask({}, { all: [{ ...IMPORT, id: 'import_2' }] })]);
  expect(one.key).not.toBe(other.key);
});
