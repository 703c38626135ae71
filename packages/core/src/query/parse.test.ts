import { describe, expect, test } from 'vitest';
import { Failure } from '../failure.ts';
import { parseQuery } from './parse.ts';

// Wednesday, 00:30 in Berlin, still the day before in UTC.
const NOW = Date.parse('2026-01-06T23:30:00Z');
const site = { id: 'site_a', timezone: 'Europe/Berlin', generation: 1, currency: 'EUR', goals: [] };
const parse = (query: unknown) => parseQuery(query, { site, now: NOW });
const good = { site_id: 'site_a', metrics: ['visitors'], date_range: '7d' };

describe('date ranges are of local days', () => {
  test.each([
    ['day', '2026-01-07', '2026-01-07'],
    ['7d', '2025-12-31', '2026-01-06'],
    ['28d', '2025-12-10', '2026-01-06'],
    ['30d', '2025-12-08', '2026-01-06'],
    ['91d', '2025-10-08', '2026-01-06'],
    ['month', '2026-01-01', '2026-01-07'],
    ['6mo', '2025-07-01', '2025-12-31'],
    ['12mo', '2025-01-01', '2025-12-31'],
    ['year', '2026-01-01', '2026-01-07'],
    // Any number of days or months means what the named ones mean.
    ['1d', '2026-01-06', '2026-01-06'],
    ['14d', '2025-12-24', '2026-01-06'],
    ['5000d', '2012-04-30', '2026-01-06'],
    ['1mo', '2025-12-01', '2025-12-31'],
    ['3mo', '2025-10-01', '2025-12-31'],
    ['120mo', '2016-01-01', '2025-12-31'],
  ])('%s is %s to %s', (date_range, from, to) => {
    expect(parse({ ...good, date_range }).range).toEqual({ kind: 'days', from, to });
  });

  test('realtime is the last 30 minutes, 24h the last 24 hours, both including now', () => {
    expect(parse({ ...good, date_range: 'realtime' }).range).toEqual({
      kind: 'instants',
      start: NOW - 1_800_000,
      end: NOW + 1,
    });
    expect(parse({ ...good, date_range: '24h' }).range).toEqual({
      kind: 'instants',
      start: NOW - 86_400_000,
      end: NOW + 1,
    });
  });

  test('any number of hours are the last ones, including now', () => {
    expect(parse({ ...good, date_range: '36h' }).range).toEqual({
      kind: 'instants',
      start: NOW - 36 * 3_600_000,
      end: NOW + 1,
    });
  });

  test.each([
    '0d',
    '07d',
    '-7d',
    '1.5d',
    '7D',
    '7 d',
    '7days',
    '7w',
    'd',
    'mo',
    '5001d',
    '121mo',
    '9601h',
    '99999999999d',
  ])('%s is refused, and told what is possible', (date_range) => {
    expect(() => parse({ ...good, date_range })).toThrow(/1h to 9600h, 1d to 5000d, 1mo to 120mo/);
  });

  describe('trimmed', () => {
    const trimmed = (date_range: unknown) =>
      parse({ ...good, date_range, include: { trim_relative_date_range: true } }).range;

    test('today ends with the hour that it is', () => {
      expect(trimmed('day')).toEqual({
        kind: 'instants',
        start: Date.parse('2026-01-06T23:00:00Z'),
        end: Date.parse('2026-01-07T00:00:00Z'),
      });
    });

    test.each(['month', 'year', '7d', '6mo', '24h', 'realtime', 'all', ['2026-01-01', '2026-01-31']])(
      '%j stays as it is: it does not reach into the future, or was asked for by its days',
      (range) => {
        expect(trimmed(range)).toEqual(parse({ ...good, date_range: range }).range);
      },
    );
  });

  test('instants are half open; an end written as a last second takes in that second', () => {
    const range = (to: string) => parse({ ...good, date_range: ['2026-01-01T00:00:00+01:00', to] }).range;
    expect(range('2026-01-02T00:00:00+01:00')).toMatchObject({ end: Date.parse('2026-01-01T23:00:00Z') });
    expect(range('2026-01-01T23:59:59+01:00')).toMatchObject({ end: Date.parse('2026-01-01T23:00:00Z') });
    // Whatever form of ISO 8601 it has.
    for (const to of [
      '20260101T235959+01',
      '2026-01-01t22:59:59z',
      '2026-01-01T23:00:00,000Z',
      '20260102T00+0100',
    ])
      expect(range(to), to).toMatchObject({ end: Date.parse('2026-01-01T23:00:00Z') });
    expect(range('2026-01-01T22:59:59.5Z')).toMatchObject({ end: Date.parse('2026-01-01T22:59:59.500Z') });
    expect(range('2026-01-01T22:59:60Z')).toMatchObject({ end: Date.parse('2026-01-01T23:00:00Z') });
    expect(parse({ ...good, date_range: ['20260101', '2026-01-31'] }).range).toEqual({
      kind: 'days',
      from: '2026-01-01',
      to: '2026-01-31',
    });
  });
});

describe('a bad query is told what is wrong and where', () => {
  test.each([
    [null, 'invalid_query', ''],
    [[], 'invalid_query', ''],
    [{ ...good, metric: ['visitors'] }, 'unknown_field', 'metric'],
    [{ ...good, metrics: undefined }, 'invalid_metrics', 'metrics'],
    [{ ...good, metrics: [] }, 'invalid_metrics', 'metrics'],
    [{ ...good, metrics: ['visitors', 'users'] }, 'invalid_metrics', 'metrics[1]'],
    [{ ...good, metrics: ['__proto__'] }, 'invalid_metrics', 'metrics[0]'],
    [{ ...good, metrics: ['visitors', 'visitors'] }, 'invalid_metrics', 'metrics[1]'],
    [{ ...good, date_range: undefined }, 'invalid_date_range', 'date_range'],
    [{ ...good, date_range: 'fortnight' }, 'invalid_date_range', 'date_range'],
    [{ ...good, date_range: ['2026-01-02', '2026-01-01'] }, 'invalid_date_range', 'date_range[1]'],
    [{ ...good, date_range: ['2026-02-30', '2026-03-01'] }, 'invalid_date_range', 'date_range[0]'],
    [{ ...good, dimensions: 'visit:source' }, 'invalid_dimensions', 'dimensions'],
    [{ ...good, dimensions: ['visit:mood'] }, 'invalid_dimensions', 'dimensions[0]'],
    [{ ...good, dimensions: ['event:props:'] }, 'invalid_dimensions', 'dimensions[0]'],
    [{ ...good, dimensions: ['time:day', 'time:hour'] }, 'invalid_dimensions', 'dimensions[1]'],
    [{ ...good, filters: {} }, 'invalid_filter', 'filters'],
    [{ ...good, filters: [['equals', 'visit:country', ['DE']]] }, 'invalid_filter', 'filters[0][0]'],
    [{ ...good, filters: [['is', 'visit:mood', ['DE']]] }, 'invalid_filter', 'filters[0][1]'],
    [{ ...good, filters: [['is', 'visit:country', 'DE']] }, 'invalid_filter', 'filters[0][2]'],
    [{ ...good, filters: [['is', 'visit:country', [{}]]] }, 'invalid_filter', 'filters[0][2][0]'],
    [
      { ...good, filters: [['is', 'visit:country', ['DE'], { case: false }]] },
      'invalid_filter',
      'filters[0][3]',
    ],
    [
      { ...good, filters: [['and', [['not', ['is', 'x', ['y']]]]]] },
      'invalid_filter',
      'filters[0][1][0][1][1]',
    ],
    [{ ...good, filters: [['or', []]] }, 'invalid_filter', 'filters[0][1]'],
    [{ ...good, order_by: [['visits', 'desc']] }, 'invalid_order_by', 'order_by[0][0]'],
    [{ ...good, order_by: [['visitors', 'down']] }, 'invalid_order_by', 'order_by[0]'],
    // Each order is compared for every row.
    [
      { ...good, order_by: Array.from({ length: 31 }, () => ['visitors', 'desc']) },
      'invalid_order_by',
      'order_by',
    ],
    [{ ...good, include: { rows: true } }, 'invalid_include', 'include.rows'],
    [{ ...good, pagination: { limit: 0 } }, 'invalid_pagination', 'pagination.limit'],
    [{ ...good, pagination: { limit: 10_001 } }, 'invalid_pagination', 'pagination.limit'],
    [{ ...good, pagination: { offset: -1 } }, 'invalid_pagination', 'pagination.offset'],
    [{ ...good, explain: 'yes' }, 'invalid_query', 'explain'],
  ])('%j: %s at %j', (query, code, where) => {
    let caught: unknown;
    try {
      parse(query);
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(Failure);
    expect(caught).toMatchObject({ code, where, status: 400 });
  });

  test('filters nested too deep are refused, not followed', () => {
    let filter: unknown = ['is', 'visit:country', ['DE']];
    for (let depth = 0; depth < 1_000; depth += 1) filter = ['not', filter];
    expect(() => parse({ ...good, filters: [filter] })).toThrow(/nested/);
  });
});

test('defaults: first metric down, then the dimensions up; with time in front, time up', () => {
  expect(parse({ ...good, dimensions: ['visit:source'] }).orderBy).toEqual([
    { by: 'metric', index: 0, descending: true },
    { by: 'dimension', index: 0, descending: false },
  ]);
  expect(parse({ ...good, dimensions: ['time:day'] }).orderBy[0]).toEqual({
    by: 'dimension',
    index: 0,
    descending: false,
  });
});
