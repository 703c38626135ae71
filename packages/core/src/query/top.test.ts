import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CountPart } from '../part.ts';
import { OTHER, type PartQuery, type PartRow } from '../part-query.ts';
import { answerQuery } from './answer.ts';
import { compareText } from './order.ts';
import { buildQuery, NOW } from './query.fixture.ts';
import type { PartSource } from './sources.ts';

/** A page from a source on a day. */
type Cell = { day: string; page: string; source: string; visitors: number; events: number; engaged: number };

const DAYS = ['2026-01-05', '2026-01-06', '2026-01-07'] as const;
const SEALED = DAYS.slice(0, 2) as readonly string[];
const PAGES = ['/', '/a', '/b', '/ä', '/🛒', '/c', '/d', OTHER];

const made = fc.uniqueArray(
  fc.record({
    day: fc.constantFrom<string>(...DAYS),
    page: fc.constantFrom(...PAGES),
    source: fc.constantFrom('Bing', 'Google'),
    visitors: fc.nat(3),
    more: fc.nat(3),
    engaged: fc.nat(2),
  }),
  { selector: ({ day, page, source }) => `${day} ${page} ${source}`, maxLength: 40 },
);
// A page that was stayed on, and not seen, is there and is not shown: it has no events. Who is counted has one at least.
const cells = made.map((all) =>
  all.map(({ more, ...cell }): Cell => ({ ...cell, events: cell.visitors + more })),
);

const COUNTS: Readonly<Partial<Record<CountPart, (cell: Cell) => number>>> = {
  visitors: ({ visitors }) => visitors,
  events: ({ events }) => events,
  engaged: ({ engaged }) => engaged,
  engagedMs: ({ engaged }) => engaged * 1_500,
};

type Handed = { rows: number; first: number };

/** Rows of a question as an engine has them: added up by key. */
function addedUp(all: readonly Cell[], { days, groupBy, parts, bound }: PartQuery): PartRow[] {
  const rows = new Map<string, PartRow>();
  const alone = bound?.kind === 'only' ? new Set(bound.keys.map((key) => JSON.stringify(key))) : null;
  for (const cell of all.filter(({ day }) => days.some(({ from, to }) => from <= day && day <= to))) {
    let key = groupBy.map((group) =>
      group.kind === 'dimension' && group.dimension.kind === 'column' && group.dimension.name === 'event:page'
        ? cell.page
        : cell.source,
    );
    if (alone !== null && !alone.has(JSON.stringify(key))) {
      if (bound?.kind === 'only' && bound.leaveOut) continue;
      key = key.map(() => OTHER);
    }
    const row = rows.get(JSON.stringify(key)) ?? { key, counts: {} };
    for (const part of parts as CountPart[])
      row.counts[part] = (row.counts[part] ?? 0) + (COUNTS[part]?.(cell) ?? 0);
    rows.set(JSON.stringify(key), row);
  }
  return [...rows.values()];
}

/** A store that tells first groups; with `tells` false for open days only all of them do. */
function source(all: readonly Cell[], handed: Handed, tells = true): PartSource {
  const ask = (query: PartQuery) => (query.relation === 'money' ? [] : addedUp(all, query));
  return {
    dayStates: async () =>
      DAYS.map((day) => ({
        day,
        version: 1,
        sealedVersion: SEALED.includes(day) ? 1 : null,
        dirtySince: null,
      })),
    run: async (query) => {
      const rows = ask(query);
      const { bound } = query;
      const by = bound?.kind === 'largest' ? (bound.by as CountPart | null) : null;
      if (by !== null) rows.sort((a, b) => (b.counts[by] ?? 0) - (a.counts[by] ?? 0));
      const answer = bound?.kind === 'largest' ? rows.slice(0, bound.count + 1) : rows;
      handed.rows += answer.length;
      return answer;
    },
    top: async (query) => {
      if (!tells && query.source === 'facts') return null;
      const { by, ties, count } = query.bound;
      const rows = ask(query).sort((a, b) => {
        const more = (b.counts[by] ?? 0) - (a.counts[by] ?? 0);
        if (more !== 0) return more;
        for (const { index, descending } of ties) {
          const order = compareText(a.key[index] ?? '', b.key[index] ?? '');
          if (order !== 0) return descending ? -order : order;
        }
        return 0;
      });
      handed.first += 1;
      handed.rows += Math.min(rows.length, count + 1);
      const groups = rows.filter(({ counts }) => (counts.events ?? 0) > 0).length;
      return { rows: rows.slice(0, count + 1), groups };
    },
  };
}

type Asking = { first: number; tells?: boolean; handed?: Handed };

async function ask(all: readonly Cell[], body: object, { first, tells, handed }: Asking) {
  const { query: _query, ...answer } = await answerQuery(buildQuery(body), {
    read: (use) => use(source(all, handed ?? { rows: 0, first: 0 }, tells)),
    dataThrough: NOW,
    labels: 'footfall',
    perEuro: async () => new Map(),
    remember: async (_key, make) => (await make()).body,
    limits: { most: 1_000, alone: 1_000, first },
  });
  return answer;
}

const bodies = fc.record({
  dimensions: fc.constantFrom(['event:page'], ['event:page', 'visit:source'], ['visit:source']),
  metrics: fc.constantFrom(['visitors'], ['visitors', 'time_on_page'], ['events', 'visitors', 'percentage']),
  filters: fc.constantFrom([], [['is', 'visit:country', ['DE']]]),
  date_range: fc.constantFrom([DAYS[2], DAYS[2]], [DAYS[0], DAYS[1]], [DAYS[0], DAYS[2]]),
  descending: fc.boolean(),
  include: fc.record({ total_rows: fc.boolean() }),
  limit: fc.integer({ min: 1, max: 4 }),
  offset: fc.nat(3),
  compared: fc.boolean(),
});

type Body = typeof bodies extends fc.Arbitrary<infer T> ? T : never;

const bodyWith = ({ descending, limit, offset, compared, include, ...rest }: Body, cursor?: string) => ({
  ...rest,
  order_by: [
    [rest.metrics[0], 'desc'],
    [rest.dimensions[0], descending ? 'desc' : 'asc'],
  ],
  include: { ...include, ...(compared ? { comparisons: { mode: 'previous_period' } } : {}) },
  pagination: { limit, ...(cursor === undefined ? { offset } : { cursor }) },
});

type Answer = Awaited<ReturnType<typeof ask>>;

const isCut = ({ meta }: Answer) => meta.warnings?.some(({ code }) => code === 'values_cut') ?? false;

/** An answer without the warning that sealing has added up values. */
function withoutCut({ meta: { warnings, ...meta }, ...answer }: Answer) {
  return { ...answer, meta, warnings: warnings?.filter(({ code }) => code !== 'values_cut') ?? [] };
}

test('the first groups of each place give the page that all groups give, and so do the pages after it', async () => {
  await fc.assert(
    fc.asyncProperty(
      cells,
      bodies,
      fc.integer({ min: 1, max: 6 }),
      fc.boolean(),
      async (all, body, first, tells) => {
        let cursor: string | undefined;
        for (let page = 0; page < 4; page += 1) {
          const asked = bodyWith(body, cursor);
          const whole = await ask(all, asked, { first: 0 });
          const told = await ask(all, asked, { first, tells });
          expect(withoutCut(told)).toEqual(withoutCut(whole));
          // Whether sealing has added up values is told as far as was answered: the first groups may leave their sum out, and never make one up.
          if (isCut(told)) expect(isCut(whole)).toBe(true);
          cursor = whole.meta.next_cursor;
          if (cursor === undefined) return;
        }
      },
    ),
    { numRuns: 1_000 },
  );
});

const flood = (count: number): Cell[] => [
  ...['/', '/a', '/b'].flatMap((page, index) =>
    DAYS.map((day) => ({ day, page, source: 'Google', visitors: 9 - index, events: 9, engaged: 1 })),
  ),
  ...Array.from({ length: count }, (_, n) => ({
    day: DAYS[2],
    page: `/made-up/${String(n).padStart(5, '0')}`,
    source: 'Google',
    visitors: 1,
    events: 1,
    engaged: 1,
  })),
];

test.each([
  ['an open day', [DAYS[2], DAYS[2]]],
  ['an open day after sealed ones', [DAYS[0], DAYS[2]]],
])('of %s with very many groups no more are handed over than asked for', async (_, date_range) => {
  const handed = { rows: 0, first: 0 };
  const body = {
    date_range,
    dimensions: ['event:page'],
    metrics: ['visitors', 'time_on_page'],
    include: { total_rows: true },
    pagination: { limit: 5 },
  };
  const { results, meta } = await ask(flood(5_000), body, { first: 10, handed });
  expect(results.map(({ dimensions }) => dimensions[0])).toEqual([
    '/',
    '/a',
    '/b',
    '/made-up/00000',
    '/made-up/00001',
  ]);
  expect(meta.total_rows).toBe(5_003);
  expect(handed.first).toBeGreaterThan(0);
  expect(handed.rows).toBeLessThan(50);
});

test.each([
  ['what does not add up', { order_by: [['time_on_page', 'desc']] }],
  ['the smallest', { order_by: [['visitors', 'asc']] }],
  ['a filter of metrics', { filters: [['greater_than', 'visitors', [1]]] }],
  ['time', { dimensions: ['time:day', 'event:page'] }],
  ['a page far behind', { pagination: { offset: 9_000, limit: 1_001 } }],
])('an order by %s is made of all groups', async (_, more) => {
  const handed = { rows: 0, first: 0 };
  const body = {
    date_range: [...DAYS.slice(1)],
    dimensions: ['event:page'],
    metrics: ['visitors', 'time_on_page'],
  };
  await ask(flood(20), { ...body, ...more }, { first: 5, handed });
  expect(handed.first).toBe(0);
});
