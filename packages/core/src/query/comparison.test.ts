import { describe, expect, test } from 'vitest';
import { Failure } from '../failure.ts';
import { comparedRanges, parseComparison } from './comparison.ts';
import type { Comparison, KnownRange } from './query.ts';

const NOW = { zone: 'Europe/Berlin', now: Date.parse('2026-01-07T12:00:00Z') };
const days = (from: string, to: string): KnownRange => ({ kind: 'days', from, to });
const previous: Comparison = { mode: 'previous_period', matchDayOfWeek: false };
const lastYear: Comparison = { mode: 'year_over_year', matchDayOfWeek: false };
const matched = (comparison: Comparison): Comparison => ({ ...comparison, matchDayOfWeek: true });

describe('the range that a range is compared with', () => {
  test.each([
    ['as long, ending where it begins', previous, ['2026-01-01', '2026-01-07'], ['2025-12-25', '2025-12-31']],
    ['one day', previous, ['2026-03-01', '2026-03-01'], ['2026-02-28', '2026-02-28']],
    ['a year before', lastYear, ['2026-01-01', '2026-01-31'], ['2025-01-01', '2025-01-31']],
    // 2026-01-01 is a Thursday, as is 2025-01-02.
    [
      'a year before by weekday',
      matched(lastYear),
      ['2026-01-01', '2026-01-31'],
      ['2025-01-02', '2025-02-01'],
    ],
    // Thursday to Saturday: Monday before, nearest Thursdays are three days ahead (itself) and four back.
    ['never itself', matched(previous), ['2026-01-01', '2026-01-03'], ['2025-12-25', '2025-12-27']],
    ['a week fits already', matched(previous), ['2026-01-01', '2026-01-07'], ['2025-12-25', '2025-12-31']],
  ] as const)('%s', (_, comparison, [from, to], [first, last]) => {
    expect(comparedRanges(days(from, to), comparison, 'UTC')).toEqual([days(first, last)]);
  });

  test('instants: as long, ending where they begin; a year before at the same time of the clock', () => {
    const range: KnownRange = {
      kind: 'instants',
      start: Date.parse('2026-01-07T10:00:00Z'),
      end: Date.parse('2026-01-07T12:00:00Z'),
    };
    const start = Date.parse('2026-01-07T08:00:00Z');
    expect(comparedRanges(range, previous, 'UTC')).toEqual([{ ...range, start, end: range.start }]);
    expect(comparedRanges(range, lastYear, 'UTC')).toMatchObject([
      { start: Date.parse('2025-01-07T10:00:00Z') },
    ]);
    const weekBefore = { start: Date.parse('2025-12-31T10:00:00Z'), end: Date.parse('2025-12-31T12:00:00Z') };
    expect(comparedRanges(range, matched(previous), 'UTC')).toMatchObject([weekBefore]);
  });

  test('a custom one is what was asked for', () => {
    const custom = parseComparison({ mode: 'custom', date_range: ['2025-05-01', '2025-05-02'] }, NOW);
    expect(comparedRanges(days('2026-01-01', '2026-01-02'), custom as Comparison, 'UTC')).toEqual([
      days('2025-05-01', '2025-05-02'),
    ]);
  });
});

test.each([
  [{ mode: 'last_period' }, 'include.comparisons.mode', 'previous_period'],
  [{}, 'include.comparisons.mode', 'custom'],
  [{ mode: 'custom' }, 'include.comparisons.date_range', 'date_range'],
  [{ mode: 'custom', date_range: '7d' }, 'include.comparisons.date_range', 'two days'],
  [{ mode: 'custom', date_range: ['x', 'y'] }, 'date_range[0]', 'neither a day'],
  [
    { mode: 'previous_period', date_range: ['2025-01-01', '2025-01-02'] },
    'include.comparisons.date_range',
    'custom',
  ],
  [
    { mode: 'previous_period', match_day_of_week: 1 },
    'include.comparisons.match_day_of_week',
    'true or false',
  ],
  [{ mode: 'previous_period', x: 1 }, 'include.comparisons.x', 'allowed'],
  ['previous_period', 'include.comparisons', 'object'],
])('%j is refused at %s', (value, where, message) => {
  expect(() => parseComparison(value, NOW)).toThrow(Failure);
  expect(() => parseComparison(value, NOW)).toThrow(expect.objectContaining({ where }));
  expect(() => parseComparison(value, NOW)).toThrow(message);
});

test.each([undefined, null, false])('%s is not a comparison', (value) => {
  expect(parseComparison(value, NOW)).toBeNull();
});
