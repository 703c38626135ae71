import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, hourLabel, hourStarts, listDays } from '../zone.ts';
import { bucketStart, spanOfRange } from './bucket.ts';
import { comparedRanges } from './comparison.ts';
import { findCounterparts } from './counterpart.ts';
import { daysOfRange } from './date-range.ts';
import type { Comparison, Granularity, KnownRange } from './query.ts';

const days = (from: string, to: string): KnownRange => ({ kind: 'days', from, to });
const previous: Comparison = { mode: 'previous_period', matchDayOfWeek: false };
const lastYear: Comparison = { mode: 'year_over_year', matchDayOfWeek: false };

function compare(own: KnownRange, comparison: Comparison, zone = 'UTC') {
  const compared = comparedRanges(own, comparison, zone);
  const { find, comparable } = findCounterparts({ own, compared, comparison, zone });
  /** Compared days that stand beside each bucket. */
  const daysBeside = (granularity: Granularity) => {
    const beside: Record<string, string[]> = {};
    for (const range of compared)
      for (const day of listDays(daysOfRange(range, zone).from, daysOfRange(range, zone).to)) {
        const bucket = find(day, granularity);
        if (bucket !== null) beside[bucket] = [...(beside[bucket] ?? []), day];
      }
    return beside;
  };
  const hoursBeside = () => {
    const beside: Record<string, string[]> = {};
    for (const range of compared) {
      const { from, to } = spanOfRange(range, zone);
      for (const start of hourStarts(zone, from, to)) {
        const bucket = find(String(start), 'hour');
        if (bucket !== null) {
          const label = hourLabel(zone, Number(bucket));
          beside[label] = [...(beside[label] ?? []), hourLabel(zone, start)];
        }
      }
    }
    return beside;
  };
  return { compared, daysBeside, hoursBeside, comparable };
}

describe('weeks and months', () => {
  test('the 31 days of March stand beside the 31 days before, whatever months they touch', () => {
    const { daysBeside } = compare(days('2026-03-01', '2026-03-31'), previous);
    const beside = daysBeside('month');
    expect(Object.keys(beside)).toEqual(['2026-03-01']);
    expect(beside['2026-03-01']).toEqual(listDays('2026-01-29', '2026-02-28'));
  });

  test('a week that is cut off stands beside as many days', () => {
    // Thursday to the Monday after: two weeks of 4 and 1 days.
    const { daysBeside } = compare(days('2026-01-01', '2026-01-05'), previous);
    expect(daysBeside('week')).toEqual({
      '2025-12-29': listDays('2025-12-27', '2025-12-30'),
      '2026-01-05': ['2025-12-31'],
    });
  });
});

describe('a year before', () => {
  test('29 February has no counterpart, and moves no other day', () => {
    const { daysBeside, comparable } = compare(days('2024-02-27', '2024-03-02'), lastYear);
    expect(daysBeside('day')).toEqual({
      '2024-02-27': ['2023-02-27'],
      '2024-02-28': ['2023-02-28'],
      '2024-03-01': ['2023-03-01'],
      '2024-03-02': ['2023-03-02'],
    });
    expect(comparable('day').has('2024-02-29')).toBe(false);
  });

  test('29 February a year before stands beside nothing, and is left out of the whole, too', () => {
    const { compared, daysBeside } = compare(days('2025-02-01', '2025-03-31'), lastYear);
    expect(compared).toEqual([days('2024-02-01', '2024-02-28'), days('2024-03-01', '2024-03-31')]);
    expect(daysBeside('month')['2025-02-01']).toHaveLength(28);
  });

  test('a range of nothing but 29 February is compared with nothing', () => {
    expect(compare(days('2024-02-29', '2024-02-29'), lastYear).compared).toEqual([]);
  });

  test.each([
    ['2024-02-29', '2024-03-01', [days('2023-03-01', '2023-03-01')]],
    ['2024-02-28', '2024-02-29', [days('2023-02-28', '2023-02-28')]],
    ['2025-02-28', '2025-02-28', [days('2024-02-28', '2024-02-28')]],
  ])('%s to %s', (from, to, ranges) => {
    expect(compare(days(from, to), lastYear).compared).toEqual(ranges);
  });
});

describe('hours', () => {
  test('of a day of 25 hours stand beside those with the same name; the repeated one beside nothing', () => {
    const { hoursBeside, comparable } = compare(days('2026-10-25', '2026-10-25'), previous, 'Europe/Berlin');
    const beside = hoursBeside();
    expect(beside['2026-10-25T02:00:00+02:00']).toEqual(['2026-10-24T02:00:00+02:00']);
    expect(beside['2026-10-25T02:00:00+01:00']).toBeUndefined();
    expect(beside['2026-10-25T23:00:00+01:00']).toEqual(['2026-10-24T23:00:00+02:00']);
    expect(comparable('hour').size).toBe(24);
  });

  test('of a day after one of 25 hours: the hour stands beside both that had its name', () => {
    const { hoursBeside } = compare(days('2026-10-26', '2026-10-26'), previous, 'Europe/Berlin');
    const beside = hoursBeside();
    expect(beside['2026-10-26T02:00:00+01:00']).toEqual([
      '2026-10-25T02:00:00+02:00',
      '2026-10-25T02:00:00+01:00',
    ]);
    expect(beside['2026-10-26T23:00:00+01:00']).toEqual(['2026-10-25T23:00:00+01:00']);
  });

  test('of half a day stand beside those as far from its start', () => {
    const own: KnownRange = {
      kind: 'instants',
      start: Date.parse('2026-01-07T12:00Z'),
      end: Date.parse('2026-01-07T18:00Z'),
    };
    expect(compare(own, previous).hoursBeside()['2026-01-07T12:00:00+00:00']).toEqual([
      '2026-01-07T06:00:00+00:00',
    ]);
  });

  test('of the last 24 hours stand beside the same hours of the day before', () => {
    const end = Date.parse('2026-01-07T10:30Z');
    const own: KnownRange = { kind: 'instants', start: end - 86_400_000, end };
    const beside = compare(own, previous).hoursBeside();
    expect(beside['2026-01-06T10:00:00+00:00']).toEqual(['2026-01-05T10:00:00+00:00']);
    expect(beside['2026-01-07T10:00:00+00:00']).toEqual(['2026-01-06T10:00:00+00:00']);
  });
});

test('a custom range that is shorter has nothing for the buckets after its end', () => {
  const custom: Comparison = {
    mode: 'custom',
    range: days('2025-05-01', '2025-05-02'),
    matchDayOfWeek: false,
  };
  const { daysBeside, comparable } = compare(days('2026-01-01', '2026-01-04'), custom);
  expect(daysBeside('day')).toEqual({ '2026-01-01': ['2025-05-01'], '2026-01-02': ['2025-05-02'] });
  expect([...comparable('day')]).toEqual(['2026-01-01', '2026-01-02']);
});

const someDays = fc
  .tuple(fc.integer({ min: 0, max: 4_000 }), fc.integer({ min: 0, max: 430 }))
  .map(([first, more]) => days(addDays('2019-01-01', first), addDays('2019-01-01', first + more)));
const someComparison = fc.constantFrom<Comparison>(
  previous,
  lastYear,
  { ...previous, matchDayOfWeek: true },
  { ...lastYear, matchDayOfWeek: true },
);
const someGranularity = fc.constantFrom<Granularity>('day', 'week', 'month');

test('rows add up to the whole, and each bucket stands beside as many days as it has, but 29 February', () => {
  fc.assert(
    fc.property(someDays, someComparison, someGranularity, (own, comparison, granularity) => {
      const { compared, daysBeside } = compare(own, comparison);
      const beside = daysBeside(granularity);
      const whole = compared.flatMap((range) => {
        const { from, to } = daysOfRange(range, 'UTC');
        return listDays(from, to);
      });
      expect(Object.values(beside).flat().sort()).toEqual(whole);
      const { from, to } = daysOfRange(own, 'UTC');
      const calendar = comparison.mode === 'year_over_year' && !comparison.matchDayOfWeek;
      const counted: Record<string, number> = {};
      for (const day of listDays(from, to)) {
        if (calendar && day.endsWith('-02-29')) continue;
        const bucket = bucketStart(day, granularity);
        counted[bucket] = (counted[bucket] ?? 0) + 1;
      }
      expect(Object.fromEntries(Object.entries(beside).map(([bucket, all]) => [bucket, all.length]))).toEqual(
        counted,
      );
    }),
  );
});
