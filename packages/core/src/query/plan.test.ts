import { describe, expect, test } from 'vitest';
import type { Part } from '../part.ts';
import { parseQuery } from './parse.ts';
import { mergeDays, plan } from './plan.ts';
import type { KnownRange, QuerySite } from './query.ts';

const site: QuerySite = {
  id: 'site_a',
  timezone: 'Europe/Berlin',
  generation: 3,
  currency: 'EUR',
  goals: [{ id: 'g', name: 'Signup', event: 'signup', page: null, props: {} }],
};
const NOW = Date.parse('2026-01-08T12:00:00Z');
const DAYS = [
  { day: '2026-01-01', sealed: true },
  { day: '2026-01-02', sealed: true },
  { day: '2026-01-04', sealed: true },
  { day: '2026-01-05', sealed: false },
];

function planParts(parts: readonly Part[], more: object = {}) {
  const body = { metrics: ['visitors'], date_range: ['2026-01-02', '2026-01-08'], ...more };
  const query = parseQuery(body, { site, now: NOW });
  const { filters, dimensions } = query;
  const range = query.range as KnownRange;
  return plan({ site, dimensions, filter: filters.facts, range, parts, days: DAYS, bound: null });
}
const shape = (queries: ReturnType<typeof plan>) =>
  queries.map(({ source, relation, days }) => [
    source,
    relation,
    days.map(({ from, to }) => `${from}/${to}`).join(),
  ]);

test('sealed days are read from roll-ups, open ones from facts, unknown ones nowhere', () => {
  expect(shape(planParts(['visitors', 'visits']))).toEqual([
    ['rollUps', 'counts', '2026-01-02/2026-01-02,2026-01-04/2026-01-04'],
    ['facts', 'counts', '2026-01-05/2026-01-05'],
  ]);
});

test.each([
  ['a filter', { filters: [['is', 'visit:source', ['x']]] }],
  ['two dimensions', { dimensions: ['visit:source', 'visit:country'] }],
  ['a dimension by the hour', { dimensions: ['time:hour', 'visit:source'] }],
  ['a property', { dimensions: ['event:props:plan'] }],
  ['goals', { dimensions: ['event:goal'] }],
])('roll-ups cannot tell of %s', (_, more) => {
  expect(new Set(planParts(['visitors'], more).map(({ source }) => source))).toEqual(new Set(['facts']));
});

test.each([
  ['a dimension by the day', { dimensions: ['time:week', 'visit:source'] }],
  ['the hours', { dimensions: ['time:hour'] }],
  ['items', { dimensions: ['item:sku'] }],
])('roll-ups can tell of %s', (_, more) => {
  expect(planParts(['visitors'], more)[0]?.source).toBe('rollUps');
});

test('by the hour, events and visits are questions of their own; engagement and money always are', () => {
  const parts: Part[] = ['visitors', 'visits', 'scrollSum', 'revenue'];
  const kinds = (more: object) =>
    planParts(parts, { date_range: ['2026-01-05', '2026-01-05'], ...more }).map(({ relation, parts: of }) => [
      relation,
      ...of,
    ]);
  expect(kinds({})).toEqual([
    ['counts', 'visitors', 'visits'],
    ['engagement', 'scrollSum'],
    ['money', 'revenue'],
    ['money', 'revenue'],
  ]);
  expect(kinds({ dimensions: ['time:hour'] }).slice(0, 2)).toEqual([
    ['counts', 'visitors'],
    ['counts', 'visits'],
  ]);
});

test('amounts of the site are added up as they are, those of other currencies by currency and day', () => {
  const [home, foreign] = planParts(['revenue'], { date_range: ['2026-01-05', '2026-01-05'] });
  expect(home).toMatchObject({ currency: { codes: ['EUR', ''], negated: false }, groupBy: [] });
  expect(foreign).toMatchObject({
    currency: { codes: ['EUR', ''], negated: true },
    groupBy: [{ kind: 'currency' }, { kind: 'day' }],
  });
});

describe('bots', () => {
  const NO_BOTS = expect.objectContaining({
    dimension: { kind: 'column', name: 'visit:bot' },
    values: ['false'],
  });
  const planFilter = (filter: unknown) => {
    const query = planParts(['visitors'], { filters: filter === null ? [] : [filter] }).at(-1);
    return query?.source === 'facts' ? query.filter : null;
  };

  test('are left out, also of what visitors have done', () => {
    expect(planFilter(null)).toEqual(NO_BOTS);
    expect(planFilter(['has_not_done', ['is', 'visit:source', ['x']]])).toMatchObject({
      type: 'and',
      of: [
        NO_BOTS,
        {
          type: 'and',
          of: [{ type: 'not', of: { type: 'has_done', of: { type: 'and', of: [NO_BOTS, {}] } } }],
        },
      ],
    });
  });

  test('are in when the filter asks for them', () => {
    expect(JSON.stringify(planFilter(['is', 'visit:bot', ['true']]))).not.toContain('"false"');
  });
});

test('a window of time is passed on, and asks only the days that it meets', () => {
  const queries = planParts(['visitors'], {
    date_range: ['2026-01-04T00:30:00+01:00', '2026-01-04T12:00:00+01:00'],
  });
  expect(queries).toHaveLength(1);
  expect(queries[0]).toMatchObject({
    source: 'facts',
    days: [{ from: '2026-01-04', to: '2026-01-04' }],
    between: { start: Date.parse('2026-01-03T23:30:00Z'), end: Date.parse('2026-01-04T11:00:00Z') },
  });
});

test('days that follow each other are one range', () => {
  expect(mergeDays(['2026-02-27', '2026-02-28', '2026-03-01', '2026-03-03'])).toEqual([
    { from: '2026-02-27', to: '2026-03-01' },
    { from: '2026-03-03', to: '2026-03-03' },
  ]);
});
