import { expect, test } from 'vitest';
import type { CountPart } from '../part.ts';
import { OTHER, type PartQuery, type PartRow } from '../part-query.ts';
import { answerQuery } from './answer.ts';
import { buildQuery, NOW } from './query.fixture.ts';
import type { PartSource } from './sources.ts';

/** Answers of more groups than are looked at one by one: 9 pages a day, page n seen by n visitors on each of two days. */
const DAYS = ['2026-01-06', '2026-01-07'];
const LIMITS = { most: 4, alone: 2, first: 0 };
const PAGES = Array.from({ length: 9 }, (_, index) => index + 1);

type Seen = { asked: PartQuery[] };

const countsFor = (page: number): Partial<Record<CountPart, number>> => ({
  visitors: page,
  visits: 2 * page,
  events: 10 * page,
  engagedMs: 1_000 * page,
  engaged: page,
});

type Stored = { pages: readonly number[]; text: (page: number) => string };

/** A store that keeps to bounds of `largest` and leaves those of `only` to whoever reads its rows. */
function source(seen: Seen, { pages, text }: Stored): PartSource {
  return {
    dayStates: async (_site, _generation, from, to) =>
      DAYS.filter((day) => (from === null || day >= from) && (to === null || day <= to)).map((day) => ({
        day,
        version: 1,
        sealedVersion: day === DAYS[0] ? 1 : null,
        dirtySince: null,
      })),
    run: async (query) => {
      seen.asked.push(query);
      const { bound, groupBy, parts, relation } = query;
      if (relation === 'money') return [];
      const days = DAYS.filter((day) => query.days.some(({ from, to }) => from <= day && day <= to));
      const rows = days.flatMap((day) =>
        pages.map((page): PartRow => {
          const key = groupBy.map(({ kind }) => (kind === 'day' ? day : text(page)));
          return { key, counts: Object.fromEntries(parts.map((part) => [part, countsFor(page)[part] ?? 0])) };
        }),
      );
      if (bound?.kind !== 'largest') return rows;
      const by = bound.by as CountPart | null;
      if (by !== null) rows.sort((a, b) => (b.counts[by] ?? 0) - (a.counts[by] ?? 0));
      return rows.slice(0, bound.count + 1);
    },
  };
}

const pageText = (page: number) => `/${page}`;

/** The same store, whose roll-ups have added up some of the pages, or (`of`) facts that hold such a text. */
function withOther(one: PartSource, of: PartQuery['source']): PartSource {
  return {
    ...one,
    run: async (query) => {
      const rows = await one.run(query);
      if (query.source !== of || !query.groupBy.some(({ kind }) => kind === 'dimension')) return rows;
      return [...rows, { key: query.groupBy.map(() => OTHER), counts: { visitors: 5, events: 5 } }];
    },
  };
}

type Asking = {
  seen?: Seen;
  pages?: number[];
  text?: (page: number) => string;
  change?: (one: PartSource) => PartSource;
};

async function ask(
  body: object,
  { seen = { asked: [] }, pages = PAGES, text = pageText, change = (one) => one }: Asking = {},
) {
  const query = buildQuery({
    metrics: ['visitors', 'time_on_page'],
    date_range: DAYS,
    dimensions: ['event:page'],
    include: { total_rows: true },
    ...body,
  });
  return answerQuery(query, {
    read: (use) => use(change(source(seen, { pages, text }))),
    dataThrough: NOW,
    labels: 'footfall',
    perEuro: async () => new Map(),
    remember: async (_key, make) => (await make()).body,
    limits: LIMITS,
  });
}

test('as many groups as are looked at stand alone, and each question is asked once', async () => {
  const seen: Seen = { asked: [] };
  const { results, meta } = await ask({}, { seen, pages: [1, 2, 3, 4] });
  expect(results.map(({ dimensions }) => dimensions[0])).toEqual(['/4', '/3', '/2', '/1']);
  expect(meta).toMatchObject({ total_rows: 4 });
  expect(meta.warnings).toBeUndefined();
  expect(seen.asked.map(({ bound }) => bound?.kind)).toEqual(['largest', 'largest', 'largest', 'largest']);
});

test('values that sealing has added up are told of, and such a text that somebody uses is not', async () => {
  const pages = [1, 2];
  const { meta, results } = await ask({}, { pages, change: (one) => withOther(one, 'rollUps') });
  expect(results.map(({ dimensions }) => dimensions[0])).toEqual([OTHER, '/2', '/1']);
  expect(meta.warnings).toMatchObject([{ code: 'values_cut', dimension: 'event:page' }]);
  const facts = await ask({}, { pages, change: (one) => withOther(one, 'facts') });
  expect(facts.meta.warnings).toBeUndefined();
  const filtered = { filters: [['is', 'event:page', ['/1']]] };
  const whole = await ask(filtered, { pages, change: (one) => withOther(one, 'rollUps') });
  expect(whole.meta.warnings).toBeUndefined();
});

test('both are told where groups had to be chosen, too', async () => {
  const { meta } = await ask({}, { change: (one) => withOther(one, 'rollUps') });
  expect(meta.warnings?.map(({ code }) => code)).toEqual(['groups_cut', 'values_cut']);
});

test('of more the largest stand alone, exact in every metric, and all others are added up last', async () => {
  const { results, meta } = await ask({});
  expect(results).toEqual([
    { dimensions: ['/9'], metrics: [18, 1] },
    { dimensions: ['/8'], metrics: [16, 1] },
    { dimensions: [OTHER], metrics: [56, 1] },
  ]);
  expect(meta).toMatchObject({ total_rows: 3, warnings: [{ code: 'groups_cut', groups: 2 }] });
});

test('the largest are those by the metric of the order, and by events where it is none that adds up', async () => {
  const by = async (order_by: unknown) =>
    (await ask({ order_by })).results.map(({ dimensions }) => dimensions[0]);
  expect(await by([['visitors', 'asc']])).toEqual(['/8', '/9', OTHER]);
  expect(await by([['event:page', 'desc']])).toEqual(['/9', '/8', OTHER]);
  expect(await by([['time_on_page', 'desc']])).toEqual(['/8', '/9', OTHER]);
});

test('what is added up keeps its day', async () => {
  const { results } = await ask({ dimensions: ['time:day', 'event:page'], metrics: ['visitors'] });
  expect(results).toEqual([
    { dimensions: ['2026-01-06', '/9'], metrics: [9] },
    { dimensions: ['2026-01-07', '/9'], metrics: [9] },
    { dimensions: ['2026-01-06', OTHER], metrics: [36] },
    { dimensions: ['2026-01-07', OTHER], metrics: [36] },
  ]);
});

test('pages and cursors go through what stands alone and end with the others', async () => {
  const first = await ask({ pagination: { limit: 2 } });
  const { results, meta } = await ask({ pagination: { limit: 2, cursor: first.meta.next_cursor } });
  expect(results.map(({ dimensions }) => dimensions[0])).toEqual([OTHER]);
  expect(meta.next_cursor).toBeUndefined();
  expect(
    (await ask({ pagination: { limit: 2, offset: 1 } })).results.map((row) => row.dimensions[0]),
  ).toEqual(['/8', OTHER]);
});

test('the other range of a comparison is added up the same way', async () => {
  const { results } = await ask({
    metrics: ['visitors'],
    date_range: ['2026-01-07', '2026-01-07'],
    include: { comparisons: { mode: 'previous_period' } },
  });
  expect(results.map(({ metrics, comparison }) => [metrics[0], comparison?.metrics[0]])).toEqual([
    [9, 9],
    [8, 8],
    [28, 28],
  ]);
});

test('a question without dimensions has nothing to bound', async () => {
  const seen: Seen = { asked: [] };
  await ask({ dimensions: [], metrics: ['visitors', 'total_revenue'] }, { seen });
  expect(seen.asked.every(({ bound }) => bound === undefined)).toBe(true);
});

test('places in words are bounded by what the store has: their codes, and the words where no code has them', async () => {
  const seen: Seen = { asked: [] };
  const text = (page: number) => ['AT', 'BE', 'CH', 'DE', 'ES', 'FI', 'GB', 'HU', 'IT'][page - 1] ?? '';
  const { results } = await ask(
    { dimensions: ['visit:country_name'], metrics: ['visitors'] },
    { seen, text },
  );
  expect(results).toEqual([
    { dimensions: ['Italy'], metrics: [18] },
    { dimensions: ['Hungary'], metrics: [16] },
    { dimensions: [OTHER], metrics: [56] },
  ]);
  const only = seen.asked.flatMap(({ bound }) => (bound?.kind === 'only' ? [bound.keys] : []));
  expect(only).not.toEqual([]);
  for (const keys of only) expect(keys).toEqual([['IT'], ['Italy'], ['HU'], ['Hungary']]);
});
