import { describe, expect, test } from 'vitest';
import type { EventFact } from '../fact.ts';
import { foldVisitorDay } from '../fold.ts';
import { LOGIC_VERSION } from '../logic-version.ts';
import type { GroupKey, PartRow } from '../part-query.ts';
import { DayRollUp } from '../roll-up.ts';
import { storedEvent } from '../stored-event.fixture.ts';
import type { StoredEvent } from '../stored-event.ts';
import { countDays, listDays, localDay } from '../zone.ts';
import { answerQuery } from './answer.ts';
import { bucketStart } from './bucket.ts';
import { moveDay } from './day-move.ts';
import { compareText } from './order.ts';
import { buildQuery, NOW } from './query.fixture.ts';
import type { QuerySite } from './query.ts';
import type { PartSource } from './sources.ts';

type Day = { day: string; facts: EventFact[][]; sealed: boolean };

function splitDays(events: readonly StoredEvent[], zone: string, sealed: boolean): Day[] {
  const byDay = Map.groupBy(events, ({ raw }) => localDay(zone, raw.occurredAt));
  return [...byDay].map(([day, ofDay]) => {
    const visitors = Map.groupBy(ofDay, ({ raw }) => raw.visitor);
    return { day, sealed, facts: [...visitors.values()].map((own) => foldVisitorDay(own, zone)) };
  });
}

function longerKey({ each, move }: GroupKey & { kind: 'day' }, day: string): string {
  const moved = move === undefined ? day : moveDay(day, move);
  return each === undefined ? moved : bucketStart(moved, each);
}

/** Answers roll-up questions of the shapes these tests ask, from real roll-ups; facts questions by counting visitors' facts per group. */
function fakeSource(days: readonly Day[]): PartSource & { asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    dayStates: async () =>
      days
        .map(({ day, sealed }) => ({ day, version: 1, sealedVersion: sealed ? 1 : null, dirtySince: null }))
        .sort((a, b) => compareText(a.day, b.day)),
    run: async (query) => {
      asked.push(query.source);
      const wanted = days.filter(({ day }) => query.days.some(({ from, to }) => day >= from && day <= to));
      return wanted.flatMap(({ day, facts }): PartRow[] => {
        const total = new DayRollUp();
        for (const visitor of facts) total.add(visitor);
        const [dimension] = query.groupBy.flatMap((key) =>
          key.kind === 'hour'
            ? ['time:hour']
            : key.kind === 'dimension' && key.dimension.kind === 'column'
              ? [key.dimension.name]
              : [],
        );
        const rows = total.rows().filter((row) => row.dimension === (dimension ?? '(all)'));
        if (query.relation === 'money') return [];
        return rows.map(({ value, counts }) => ({
          key: query.groupBy.map((key) => (key.kind === 'day' ? longerKey(key, day) : value)),
          counts: Object.fromEntries(query.parts.map((part) => [part, counts[part]])),
        }));
      });
    },
  };
}

type Asked = { zone?: string; sealed?: boolean; site?: Partial<QuerySite> };

async function ask(
  events: readonly StoredEvent[],
  query: object,
  { zone = 'Etc/UTC', sealed = true, site = {} }: Asked = {},
) {
  const source = fakeSource(splitDays(events, zone, sealed));
  const answer = await answerQuery(buildQuery(query, { timezone: zone, ...site }), {
    read: (use) => use(source),
    dataThrough: NOW,
    labels: 'footfall',
    perEuro: async () => new Map(),
    remember: async (_key, make) => (await make()).body,
  });
  return { ...answer, asked: source.asked };
}

let count = 0;
const view = (visitor: string, time: string, derived: Partial<StoredEvent['derived']> = {}) => {
  count += 1;
  return storedEvent({ id: `e${count}`, visitor, occurredAt: Date.parse(time) }, derived);
};
const metrics = ['pageviews', 'visitors', 'visits', 'views_per_visit', 'bounce_rate', 'visit_duration'];

describe.each([true, false])('the examples of definitions.md, sealed: %s', (sealed) => {
  test('1: totals of a day', async () => {
    const events = [
      view('A', '2026-01-07T00:00:00Z'),
      view('A', '2026-01-07T00:25:00Z'),
      view('B', '2026-01-07T00:00:00Z'),
    ];
    const { results, asked } = await ask(
      events,
      { metrics, date_range: ['2026-01-07', '2026-01-07'] },
      { sealed },
    );
    expect(results).toEqual([{ dimensions: [], metrics: [3, 2, 2, 1.5, 50, 750] }]);
    expect(asked).toEqual([sealed ? 'rollUps' : 'facts']);
  });

  test('3: hours of a zone that is a quarter off', async () => {
    const times = ['04:15', '05:15', '05:44', '06:14'];
    const events = times.map((time) => view(time, `2026-01-07T${time}:00Z`));
    const { results } = await ask(
      events,
      { metrics: ['visitors'], date_range: ['2026-01-07', '2026-01-07'], dimensions: ['time:hour'] },
      { zone: 'Asia/Kathmandu', sealed },
    );
    const nonZero = results.filter((row) => row.metrics[0] !== 0);
    expect(nonZero).toEqual([
      { dimensions: ['2026-01-07T10:00:00+05:45'], metrics: [1] },
      { dimensions: ['2026-01-07T11:00:00+05:45'], metrics: [3] },
    ]);
    expect(results).toHaveLength(24);
  });

  test('7: exits by their page and by the page visits end on are of the same pageviews', async () => {
    const pages = [
      ['A', '/a'],
      ['A', '/b'],
      ['A', '/a'],
      ['B', '/b'],
    ] as const;
    const events = pages.map(([visitor, page], minute) =>
      view(visitor, `2026-01-07T10:0${minute}:00Z`, { page }),
    );
    const query = { metrics: ['exit_rate', 'pageviews'], date_range: ['2026-01-07', '2026-01-07'] };
    const byPage = await ask(events, { ...query, dimensions: ['event:page'] }, { sealed });
    expect(byPage.results).toEqual([
      { dimensions: ['/a'], metrics: [50, 2] },
      { dimensions: ['/b'], metrics: [50, 2] },
    ]);
    // The visit that ends on /a has three pageviews, two of which are of /a.
    const byExit = await ask(events, { ...query, dimensions: ['visit:exit_page'] }, { sealed });
    expect(byExit.results).toEqual([
      { dimensions: ['/a'], metrics: [50, 3] },
      { dimensions: ['/b'], metrics: [50, 1] },
    ]);
    const byDay = await ask(events, { ...query, dimensions: ['time:day', 'visit:exit_page'] }, { sealed });
    expect(byDay.results.map(({ dimensions, metrics }) => [dimensions[1], metrics[0]])).toEqual([
      ['/a', 50],
      ['/b', 50],
    ]);
  });

  test('4: a visitor across midnight is one a day', async () => {
    const events = [view('A', '2026-01-07T23:50:00Z'), view('A2', '2026-01-08T00:10:00Z')];
    const query = {
      metrics: ['visitors', 'visits', 'bounce_rate'],
      date_range: ['2026-01-07', '2026-01-08'],
    };
    expect((await ask(events, query, { sealed })).results).toEqual([
      { dimensions: [], metrics: [2, 2, 100] },
    ]);
    const byDay = await ask(events, { ...query, dimensions: ['time:day'] }, { sealed });
    expect(byDay.results).toEqual([
      { dimensions: ['2026-01-07'], metrics: [1, 1, 100] },
      { dimensions: ['2026-01-08'], metrics: [1, 1, 100] },
    ]);
  });
});

test('5: a day of 25 hours has 25 buckets, the two 02:00 apart by their offset', async () => {
  const query = { metrics: ['visits'], date_range: ['2026-10-25', '2026-10-25'], dimensions: ['time:hour'] };
  const { results } = await ask([], query, { zone: 'Europe/Berlin' });
  expect(results).toHaveLength(25);
  expect(results.map(({ dimensions }) => dimensions[0]).filter((label) => label?.includes('T02'))).toEqual([
    '2026-10-25T02:00:00+02:00',
    '2026-10-25T02:00:00+01:00',
  ]);
});

describe('rows', () => {
  const events = [
    view('A', '2026-01-05T10:00:00Z', { source: 'Google' }),
    view('B', '2026-01-06T10:00:00Z', { source: 'Bing' }),
    view('C', '2026-01-07T10:00:00Z', { source: 'Ask' }),
    view('D', '2026-01-07T10:00:00Z', { source: 'Google' }),
  ];
  const query = { metrics: ['visitors', 'percentage'], date_range: '7d', dimensions: ['visit:source'] };

  test('are ordered by the first metric down, ties by text', async () => {
    const { results } = await ask(events, query);
    expect(results).toEqual([
      { dimensions: ['Google'], metrics: [2, 50] },
      { dimensions: ['Ask'], metrics: [1, 25] },
      { dimensions: ['Bing'], metrics: [1, 25] },
    ]);
  });

  test('follow each other by cursor, none twice and none left out, whatever the order', async () => {
    const events = ['d', 'b', 'a', 'c', 'e'].flatMap((source, index) =>
      Array.from({ length: 1 + (index % 3) }, (_, n) =>
        view(`${source}${n}`, '2026-01-07T10:00:00Z', { source }),
      ),
    );
    for (const order_by of [
      undefined,
      [['visitors', 'asc']],
      [['visit:source', 'desc']],
      [['bounce_rate', 'desc']],
    ]) {
      const query = {
        metrics: ['visitors', 'bounce_rate'],
        date_range: ['2026-01-07', '2026-01-07'],
        dimensions: ['visit:source'],
        ...(order_by === undefined ? {} : { order_by }),
      };
      const whole = await ask(events, query);
      expect(whole.meta.next_cursor).toBeUndefined();
      const paged: unknown[] = [];
      let cursor: string | undefined;
      do {
        const pagination = cursor === undefined ? { limit: 2 } : { limit: 2, cursor };
        const { results, meta } = await ask(events, { ...query, pagination });
        paged.push(...results);
        cursor = meta.next_cursor;
      } while (cursor !== undefined);
      expect(paged).toEqual(whole.results);
    }
  });

  test('are cut into pages, with the number of all', async () => {
    const answer = await ask(events, {
      ...query,
      pagination: { limit: 1, offset: 1 },
      include: { total_rows: true },
    });
    expect(answer.results.map(({ dimensions }) => dimensions[0])).toEqual(['Ask']);
    expect(answer.meta.total_rows).toBe(3);
  });

  test('weeks begin on Monday and are sums of days', async () => {
    const { results } = await ask(events, {
      metrics: ['visitors'],
      date_range: ['2026-01-01', '2026-01-07'],
      dimensions: ['time:week'],
    });
    expect(results).toEqual([
      { dimensions: ['2025-12-29'], metrics: [0] },
      { dimensions: ['2026-01-05'], metrics: [4] },
    ]);
  });

  test('weeks of the site’s own pages begin on the day that it has chosen, with the same totals', async () => {
    const site = { weekStart: 'saturday' } as const;
    const query = {
      metrics: ['visitors'],
      date_range: ['2026-01-01', '2026-01-07'],
      dimensions: ['time:week'],
    };
    const { results } = await ask(events, query, { site });
    expect(results).toEqual([
      { dimensions: ['2025-12-27'], metrics: [0] },
      { dimensions: ['2026-01-03'], metrics: [4] },
    ]);
  });

  test('of no data at all are one row of zeros, ratios null', async () => {
    const { results } = await ask([], {
      metrics: ['visitors', 'bounce_rate', 'percentage'],
      date_range: 'all',
    });
    expect(results).toEqual([{ dimensions: [], metrics: [0, null, null] }]);
  });
});

test('the answer repeats the query as understood, in local time', async () => {
  const { query, meta } = await ask(
    [],
    { metrics: ['visitors'], date_range: ['2026-03-29', '2026-03-29'] },
    { zone: 'Europe/Berlin' },
  );
  expect(query.date_range).toEqual(['2026-03-29T00:00:00+01:00', '2026-03-29T23:59:59+02:00']);
  expect(meta).toEqual({ data_through: '2026-01-09T12:00:00.000Z', logic_version: String(LOGIC_VERSION) });
});

describe('comparisons', () => {
  /** A pageview at noon of each day. */
  const daily = (from: string, to: string) => listDays(from, to).map((day) => view('A', `${day}T12:00:00Z`));
  const compare = (range: [string, string], dimension: string, comparisons: object) => ({
    metrics: ['pageviews'],
    date_range: range,
    dimensions: [dimension],
    include: { comparisons },
  });
  const previous = { mode: 'previous_period' };

  test('constant traffic changes nothing, by weeks and months that do not fit', async () => {
    const events = daily('2024-12-01', '2025-06-30');
    for (const [dimension, range] of [
      ['time:month', ['2025-03-01', '2025-04-15']],
      ['time:week', ['2025-03-06', '2025-04-03']],
      ['time:day', ['2025-03-06', '2025-04-03']],
    ] as const) {
      const { results } = await ask(events, compare([...range], dimension, previous));
      expect(results.map(({ comparison }) => comparison?.change)).toEqual(results.map(() => [0]));
      const total = results.reduce((sum, { comparison }) => sum + Number(comparison?.metrics[0]), 0);
      expect(total).toBe(countDays(range[0], range[1]));
    }
  });

  test('a year before: 29 February is compared with nothing and shifts nothing', async () => {
    const events = daily('2023-02-01', '2024-03-31');
    const query = compare(['2024-02-28', '2024-03-01'], 'time:day', { mode: 'year_over_year' });
    const { results } = await ask(events, query);
    expect(results.map(({ dimensions, comparison }) => [dimensions[0], comparison])).toEqual([
      ['2024-02-28', { metrics: [1], change: [0] }],
      ['2024-02-29', { metrics: [null], change: [null] }],
      ['2024-03-01', { metrics: [1], change: [0] }],
    ]);
    const { results: whole } = await ask(events, { ...query, dimensions: [] });
    expect(whole).toEqual([{ dimensions: [], metrics: [3], comparison: { metrics: [2], change: [50] } }]);
    const leapDay = { ...query, date_range: ['2024-02-29', '2024-02-29'], dimensions: [] };
    expect((await ask(events, leapDay)).results[0]?.comparison).toEqual({ metrics: [null], change: [null] });
  });

  test('a custom range that is shorter: what is after its end is compared with nothing', async () => {
    const events = daily('2025-05-01', '2025-06-30');
    const custom = { mode: 'custom', date_range: ['2025-05-01', '2025-05-02'] };
    const { results } = await ask(events, compare(['2025-06-01', '2025-06-03'], 'time:day', custom));
    expect(results.map(({ comparison }) => comparison?.change[0])).toEqual([0, 0, null]);
  });
});

describe('places in words', () => {
  const events = [
    view('A', '2026-01-07T10:00:00Z', { country: 'DE', region: 'DE-BY', city: 'Berlin' }),
    view('B', '2026-01-07T10:00:00Z', { country: 'DE', region: 'NL-LI', city: 'Berlin' }),
    view('C', '2026-01-07T10:00:00Z', { country: 'US', region: 'BE-VLI' }),
    view('D', '2026-01-07T10:00:00Z', { country: '(none)' }),
    view('E', '2026-01-06T10:00:00Z', { country: 'US' }),
  ];
  const by = (dimension: string, more: object = {}) =>
    ask(events, { metrics: ['visitors'], dimensions: [dimension], ...more });

  test.each([
    [
      'visit:country_name',
      [
        ['Germany', 2],
        ['(none)', 1],
        ['United States', 1],
      ],
    ],
    [
      'visit:region_name',
      [
        ['(none)', 1],
        ['Bavaria', 1],
        ['Limburg, Belgium', 1],
        ['Limburg, Netherlands', 1],
      ],
    ],
    [
      'visit:city_name',
      [
        ['(none)', 2],
        ['Berlin', 2],
      ],
    ],
  ] as const)('%s', async (dimension, expected) => {
    const { results, asked } = await by(dimension);
    expect(results.map(({ dimensions: [name], metrics: [value] }) => [name, value])).toEqual(expected);
    expect(asked).toEqual(['rollUps']);
  });

  test('are in the order of their names, page after page', async () => {
    const asked = { order_by: [['visit:country_name', 'desc']], pagination: { limit: 1 } };
    const first = await by('visit:country_name', asked);
    const cursor = first.meta.next_cursor;
    const second = await by('visit:country_name', { ...asked, pagination: { limit: 1, cursor } });
    expect([first, second].map(({ results }) => results[0]?.dimensions[0])).toEqual([
      'United States',
      'Germany',
    ]);
  });

  test('are compared by their names', async () => {
    const { results } = await by('visit:country_name', {
      include: { comparisons: { mode: 'previous_period' } },
    });
    const united = results.find(({ dimensions: [name] }) => name === 'United States');
    expect(united?.comparison).toEqual({ metrics: [1], change: [0] });
  });
});
