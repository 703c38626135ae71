import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FlowQuery, FlowRow, FunnelQuery, UserDay } from '../part-query.ts';
import type { BehaviourContext, BehaviourSource } from './behaviour.ts';
import { answerFlow, parseFlow, rankPages } from './flow.ts';
import { answerFunnel, parseFunnel } from './funnel.ts';
import type { QuerySite } from './query.ts';
import { answerRetention, buildCohorts, parseRetention } from './retention.ts';

const site: QuerySite = {
  id: 'site_a',
  timezone: 'Europe/Berlin',
  generation: 2,
  currency: 'EUR',
  goals: [{ id: 'goal_1', name: 'Buy', event: 'purchase', page: null, props: {} }],
};
const context = { site, now: Date.parse('2026-01-20T12:00:00Z') };
const range = { site_id: 'x', date_range: ['2026-01-05', '2026-01-18'] };

/** Days whose state the store below says itself. */
const STATED = new Set(['2026-01-05', '2026-01-06']);

/** A store that answers as told, and notes what it was asked. */
function fakeStore(answers: { funnel?: number[]; flow?: FlowRow[]; userDays?: UserDay[] }) {
  const { userDays = [] } = answers;
  const asked: { funnel?: FunnelQuery; flow?: FlowQuery; userDays: string[] } = { userDays: [] };
  const source: BehaviourSource = {
    dayStates: async (_siteId, _generation, from, to) =>
      [
        ...[...new Set(userDays.map(({ day }) => day))]
          .filter((day) => !STATED.has(day))
          .map((day) => ({ day, version: 1, sealedVersion: 1 })),
        { day: '2026-01-05', version: 1, sealedVersion: 1 },
        { day: '2026-01-06', version: 2, sealedVersion: 1, dirtySince: 5_000 },
      ]
        .filter(({ day }) => (from === null || from <= day) && (to === null || day <= to))
        .sort((a, b) => (a.day < b.day ? -1 : 1))
        .map((state) => ({ dirtySince: null, ...state })),
    funnel: async (query) => {
      asked.funnel = query;
      return answers.funnel ?? [];
    },
    flow: async (query) => {
      asked.flow = query;
      return answers.flow ?? [];
    },
    userDays: async ({ days }) => {
      const seen = userDays.filter(({ day }) => days.some(({ from, to }) => from <= day && day <= to));
      asked.userDays.push(days.map(({ from, to }) => `${from}/${to}`).join());
      return seen;
    },
  };
  const from: BehaviourContext = { read: (use) => use(source), dataThrough: 9_000 };
  return { asked, from };
}

describe('a funnel', () => {
  test('has its visitors, and what they are of the first step and of the one before', async () => {
    const { asked, from } = fakeStore({ funnel: [8, 4, 3] });
    const steps = [{ page: '/p/*' }, { event: 'add_to_cart', props: { size: 'xl' } }, 'goal_1'];
    const filters = [['is', 'visit:device', ['Mobile']]];
    const answer = await answerFunnel(parseFunnel({ ...range, steps, filters }, context), from);
    expect(answer.results).toEqual([
      { step: 1, name: '/p/*', visitors: 8, conversion_rate: 100, step_conversion_rate: 100, dropoff: 0 },
      {
        step: 2,
        name: 'add_to_cart',
        visitors: 4,
        conversion_rate: 50,
        step_conversion_rate: 50,
        dropoff: 4,
      },
      { step: 3, name: 'Buy', visitors: 3, conversion_rate: 37.5, step_conversion_rate: 75, dropoff: 1 },
    ]);
    // A sealed day lacks an event that was received at 5 s.
    expect(answer.meta.data_through).toBe('1970-01-01T00:00:05.000Z');
    expect(answer.query).toMatchObject({ site_id: 'site_a', steps, filters });
    expect(asked.funnel).toMatchObject({
      siteId: 'site_a',
      generation: 2,
      days: [{ from: '2026-01-05', to: '2026-01-06' }],
    });
    expect(JSON.stringify(asked.funnel?.filter)).toContain('visit:bot');
  });

  test('of nobody divides by nothing', async () => {
    const { from } = fakeStore({ funnel: [0, 0] });
    const { results } = await answerFunnel(parseFunnel({ ...range, steps: ['Buy', 'Buy'] }, context), from);
    expect(results[1]).toMatchObject({ conversion_rate: null, step_conversion_rate: null, dropoff: 0 });
  });

  test.each([
    [undefined, 'invalid_steps', 'steps'],
    [['Buy'], 'invalid_steps', 'steps'],
    [Array(9).fill('Buy'), 'invalid_steps', 'steps'],
    [['Buy', 'Sell'], 'invalid_steps', 'steps[1]'],
    [['Buy', { goal: 'Sell' }], 'invalid_steps', 'steps[1]'],
    [['Buy', { event: 'a', page: '/b' }], 'invalid_steps', 'steps[1]'],
    [['Buy', { page: '/b', props: {} }], 'invalid_steps', 'steps[1]'],
    [['Buy', { page: 'b' }], 'invalid_steps', 'steps[1].page'],
    [['Buy', { page: '/b?c=1' }], 'invalid_steps', 'steps[1].page'],
    [['Buy', { page: `/${'b'.repeat(1_000)}` }], 'invalid_steps', 'steps[1].page'],
    [['Buy', { event: 7 }], 'invalid_steps', 'steps[1].event'],
    [['Buy', { event: '' }], 'invalid_steps', 'steps[1].event'],
    [['Buy', { event: 'a', props: { b: 1 } }], 'invalid_steps', 'steps[1].props'],
    [['Buy', { event: 'a', props: ['b'] }], 'invalid_steps', 'steps[1].props'],
    [['Buy', { toString: 'a' }], 'invalid_steps', 'steps[1]'],
    [['Buy', null], 'invalid_steps', 'steps[1]'],
  ])('of the steps %j is refused as %s at %s', (steps, code, where) => {
    expect(() => parseFunnel({ ...range, steps }, context)).toThrow(expect.objectContaining({ code, where }));
  });
});

test('pages and texts of a funnel and a flow are looked for as facts write them', () => {
  const { steps } = parseFunnel(
    { ...range, steps: [{ page: '/grüße/*' }, { event: 'a\0\ud800', props: { 'b\0': '\0' } }] },
    context,
  );
  expect(steps.map(({ name }) => name)).toEqual(['/grüße/*', 'a\ufffd']);
  expect(JSON.stringify(steps[0])).toContain('"/grüße/*"]');
  expect(JSON.stringify(steps)).not.toMatch(/\\u0000|\\ud800/);
  expect(parseFlow({ ...range, page: '/gr\0üße' }, context).page).toBe('/gr%00üße');
});

describe('retention', () => {
  test('counts users of each week who came back in it and in those after', async () => {
    const userDays = [
      ['2026-01-05', 'ann'],
      ['2026-01-07', 'ann'],
      ['2026-01-12', 'ann'],
      ['2026-01-06', 'ben'],
      ['2026-01-18', 'cat'],
    ].map(([day = '', userId = '']) => ({ day, userId }));
    const { from } = fakeStore({ userDays });
    const { results } = await answerRetention(parseRetention(range, context), from);
    expect(results).toEqual([
      { cohort: '2026-01-05', users: 2, returned: [2, 1], rates: [100, 50] },
      { cohort: '2026-01-12', users: 1, returned: [1], rates: [100] },
    ]);
  });

  test('has nobody who was seen before the range, however long before', async () => {
    const userDays = [
      // Of the week in which the range begins, but before it.
      ['2026-01-06', 'ann'],
      ['2026-01-08', 'ann'],
      ['2024-02-29', 'ben'],
      ['2026-01-09', 'ben'],
      ['2026-01-14', 'ben'],
      ['2026-01-09', 'cat'],
      ['2026-01-19', 'dan'],
    ].map(([day = '', userId = '']) => ({ day, userId }));
    const { asked, from } = fakeStore({ userDays });
    const question = { ...range, date_range: ['2026-01-07', '2026-01-18'] };
    const { results } = await answerRetention(parseRetention(question, context), from);
    expect(results).toEqual([
      { cohort: '2026-01-05', users: 1, returned: [1, 0], rates: [100, 0] },
      { cohort: '2026-01-12', users: 0, returned: [0], rates: [null] },
    ]);
    // A month at a time, the latest first, and no day of the range.
    expect(asked.userDays.slice(1)).toEqual(['2026-01-05/2026-01-06', '2024-02-29/2024-02-29']);
  });

  test('looks no further back once everybody is known, and not at all where nobody is', async () => {
    const seen = ['2023-05-01', '2026-01-06', '2026-01-08'].map((day) => ({ day, userId: 'ann' }));
    const question = { ...range, date_range: ['2026-01-07', '2026-01-18'] };
    const ask = async (userDays: UserDay[]) => {
      const { asked, from } = fakeStore({ userDays });
      await answerRetention(parseRetention(question, context), from);
      return asked.userDays.slice(1);
    };
    expect(await ask(seen)).toEqual(['2026-01-05/2026-01-06']);
    expect(await ask(seen.slice(0, 2))).toEqual([]);
  });

  test('has each user in one cohort, whatever the days', async () => {
    const days = ['2026-01-01', '2026-01-02', '2026-01-03', '2026-01-04'];
    const seen = fc.record({ day: fc.constantFrom(...days), userId: fc.constantFrom('a', 'b', 'c') });
    await fc.assert(
      fc.asyncProperty(fc.array(seen), async (userDays) => {
        const cohorts = await buildCohorts(userDays, { period: 'day', periods: days });
        const users = cohorts.reduce((sum, cohort) => sum + cohort.users, 0);
        expect(users).toBe(new Set(userDays.map(({ userId }) => userId)).size);
        for (const { users: size, returned } of cohorts)
          for (const count of returned) expect(count).toBeLessThanOrEqual(size);
        const distinct = new Set(userDays.map(({ day, userId }) => `${day} ${userId}`)).size;
        expect(cohorts.flatMap(({ returned }) => returned).reduce((sum, count) => sum + count, 0)).toBe(
          distinct,
        );
      }),
    );
  });

  test.each([
    ['day', ['2025-01-01', '2026-02-05'], false],
    ['day', ['2025-01-01', '2026-02-04'], true],
    ['month', ['0001-01-01', '9999-12-31'], false],
    ['week', ['2024-01-01', '2026-12-31'], true],
  ])('by the %s of %j is answered: %s', async (period, date_range, isAnswered) => {
    const answering = answerRetention(
      parseRetention({ ...range, period, date_range }, context),
      fakeStore({}).from,
    );
    if (isAnswered) expect((await answering).results.length).toBeGreaterThan(100);
    else
      await expect(answering).rejects.toMatchObject({
        code: 'too_many_buckets',
        where: 'period',
        status: 400,
      });
  });

  test('of a period that there is not is refused', () => {
    expect(() => parseRetention({ ...range, period: 'year' }, context)).toThrow(
      expect.objectContaining({ code: 'invalid_period', where: 'period' }),
    );
  });
});

describe('a flow', () => {
  const rows: FlowRow[] = [
    { direction: 'before', page: null, pageviews: 2 },
    { direction: 'before', page: '/a', pageviews: 3 },
    // Open days and sealed ones answer apart.
    { direction: 'before', page: '/a', pageviews: 1 },
    { direction: 'before', page: '/c', pageviews: 1 },
    { direction: 'before', page: '/b', pageviews: 1 },
    { direction: 'after', page: null, pageviews: 8 },
  ];

  test('has the most frequent pages on either side, and all others as one', async () => {
    const { asked, from } = fakeStore({ flow: rows });
    const { results } = await answerFlow(parseFlow({ ...range, page: '/cart', limit: 2 }, context), from);
    expect(results).toEqual({
      before: [
        { page: '/a', pageviews: 4, share: 50 },
        { page: '(entry)', pageviews: 2, share: 25 },
        { page: '(other)', pageviews: 2, share: 25 },
      ],
      after: [{ page: '(exit)', pageviews: 8, share: 100 }],
    });
    expect(JSON.stringify(asked.flow?.page)).toContain('/cart');
  });

  test('orders equals by their text, and is empty of nothing', async () => {
    const ranked = await rankPages(rows, { direction: 'before', limit: 10 });
    expect(ranked.map(({ page }) => page)).toEqual(['/a', '(entry)', '/b', '/c']);
    expect(await rankPages([], { direction: 'after', limit: 10 })).toEqual([]);
  });

  test.each([
    [{ page: 'cart' }, 'invalid_page', 'page'],
    [{}, 'invalid_page', 'page'],
    [{ page: '/cart', limit: 0 }, 'invalid_pagination', 'limit'],
  ])('of %j is refused as %s', (more, code, where) => {
    expect(() => parseFlow({ ...range, ...more }, context)).toThrow(expect.objectContaining({ code, where }));
  });
});

test.each([
  [null, 'invalid_query', ''],
  [{ ...range, page: '/x', metrics: ['visitors'] }, 'unknown_field', 'metrics'],
  [{ ...range, page: '/x', date_range: 'soon' }, 'invalid_date_range', 'date_range'],
  [{ ...range, page: '/x', filters: [['is', 'visit:mood', ['x']]] }, 'invalid_filter', 'filters[0][1]'],
  [{ ...range, page: '/x', filters: [['greater_than', 'visitors', [1]]] }, 'invalid_filter', 'filters'],
])('%j is refused as %s', (body, code, where) => {
  expect(() => parseFlow(body, context)).toThrow(expect.objectContaining({ code, where }));
});
