import { parseQuery } from '@footfall/core/query/parse';
import { describe, expect, it } from 'vitest';
import { type ReadStats, readAggregate, readBreakdown, readTimeseries } from './stats.ts';

const site = { id: 's', timezone: 'Etc/UTC', generation: 1, currency: 'EUR', goals: [] };
const context = { site, now: Date.parse('2026-01-07T12:00:00Z') };
const read = (kind: ReadStats, search: string) => kind(new URLSearchParams(search), context);

describe('totals', () => {
  it('are each metric with its value', () => {
    const { query, present } = read(readAggregate, 'metrics=visitors,%20bounce_rate&period=day');
    expect(query).toMatchObject({
      metrics: ['visitors', 'bounce_rate'],
      date_range: ['2026-01-07', '2026-01-07'],
    });
    expect(present({ results: [{ dimensions: [], metrics: [3, null] }] })).toEqual({
      results: { visitors: { value: 3 }, bounce_rate: { value: null } },
    });
  });

  it('say how they changed, if they are compared', () => {
    const { query, present } = read(readAggregate, 'compare=previous_period');
    expect(query).toMatchObject({ include: { comparisons: { mode: 'previous_period' } } });
    const row = { dimensions: [], metrics: [3], comparison: { metrics: [2], change: [50] } };
    expect(present({ results: [row] })).toEqual({ results: { visitors: { value: 3, change: 50 } } });
  });
});

it('rows of time have a date, rows of a property the name of it', () => {
  const results = [{ dimensions: ['x'], metrics: [3] }];
  expect(read(readTimeseries, '').present({ results })).toEqual({ results: [{ date: 'x', visitors: 3 }] });
  for (const [property, name] of [
    ['visit:source', 'source'],
    ['event:page', 'page'],
    ['event:props:plan', 'plan'],
    ['event:goal', 'goal'],
  ])
    expect(read(readBreakdown, `property=${property}`).present({ results })).toEqual({
      results: [{ [name as string]: 'x', visitors: 3 }],
    });
});

it.each([
  ['property=visit:source', { limit: 100, offset: 0 }],
  ['property=visit:source&limit=5&page=3', { limit: 5, offset: 10 }],
  ['property=visit:source&limit=1000&page=1', { limit: 1_000, offset: 0 }],
])('%s is of %j', (search, pagination) => {
  expect(read(readBreakdown, search).query).toMatchObject({ pagination });
});

it.each([
  [readBreakdown, '', 'property'],
  [readBreakdown, 'property=time:day', 'property'],
  [readBreakdown, 'property=visit:source&limit=1001', 'limit'],
  [readBreakdown, 'property=visit:source&limit=-1', 'limit'],
  [readBreakdown, 'property=visit:source&page=0', 'page'],
  [readAggregate, 'compare=year_over_year', 'compare'],
  [readAggregate, 'with_imported=yes', 'with_imported'],
  [readTimeseries, 'interval=minute', 'interval'],
])('%o refuses %j', (kind, search, where) => {
  expect(() => read(kind, search)).toThrow(expect.objectContaining({ where, status: 400 }));
});

it('what is asked is a query that the parser reads, or refuses as its own', () => {
  const everyday =
    'period=6mo&metrics=visitors,visits&filters=visit:os!=Mac;event:page==/a*&with_imported=true';
  for (const [kind, more] of [
    [readAggregate, ''],
    [readTimeseries, ''],
    [readBreakdown, '&property=event:page'],
  ] as const)
    expect(() =>
      parseQuery(read(kind, everyday + more).query, { ...context, labels: 'plausible' }),
    ).not.toThrow();
  expect(() => parseQuery(read(readAggregate, 'metrics=users').query, context)).toThrow(/is not a metric/);
  expect(() => parseQuery(read(readAggregate, 'filters=visit:mood==x').query, context)).toThrow(
    /is not a dimension/,
  );
});
