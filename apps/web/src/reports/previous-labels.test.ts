import { expect, test } from 'vitest';
import { previousLabels } from './previous-labels.ts';

const days = (from: string, to: string) => ({ from, to });
const previous = (from: string, to: string) => ({
  figures: [from, to] as const,
  series: [from, to] as const,
  days: days(from, to),
  until: null,
});

test.each([
  ['day', ['2026-03-01', '2026-03-31'], ['2026-01-29', '2026-02-28']],
  ['month', ['2026-03-01'], ['2026-01-29']],
  ['week', ['2026-02-23', '2026-03-02', '2026-03-30'], ['2026-01-29', '2026-01-30', '2026-02-27']],
] as const)('by the %s, %j stand beside %j', (granularity, labels, expected) => {
  const charted = {
    days: days('2026-03-01', '2026-03-31'),
    previous: previous('2026-01-29', '2026-02-28'),
    granularity,
    site: { timezone: 'Europe/Berlin' },
  };
  expect(previousLabels(labels, charted)).toEqual(expected);
});

test('weeks that begin on another day stand beside days of the same weeks', () => {
  const charted = {
    days: days('2026-03-01', '2026-03-31'),
    previous: previous('2026-01-29', '2026-02-28'),
    granularity: 'week' as const,
    site: { timezone: 'Europe/Berlin', weekStart: 'sunday' as const },
  };
  expect(previousLabels(['2026-03-01', '2026-03-29'], charted)).toEqual(['2026-01-29', '2026-02-26']);
});

test('the hours of a day of 25 hours stand beside those with their name', () => {
  const charted = {
    days: days('2026-10-25', '2026-10-25'),
    previous: previous('2026-10-24', '2026-10-24'),
    granularity: 'hour' as const,
    site: { timezone: 'Europe/Berlin' },
  };
  const labels = ['2026-10-25T02:00:00+02:00', '2026-10-25T02:00:00+01:00', '2026-10-25T23:00:00+01:00'];
  expect(previousLabels(labels, charted)).toEqual([
    '2026-10-24T02:00:00+02:00',
    '',
    '2026-10-24T23:00:00+02:00',
  ]);
});

test('the last 24 hours stand beside the same hours of the day before', () => {
  const hours = ['2026-01-06T10:30:00.000Z', '2026-01-07T10:30:00.000Z'] as const;
  const charted = {
    days: days('2026-01-07', '2026-01-08'),
    previous: { figures: hours, series: hours, days: null, until: null },
    granularity: 'hour' as const,
    site: { timezone: 'Etc/UTC' },
  };
  expect(previousLabels(['2026-01-08T09:00:00+00:00'], charted)).toEqual(['2026-01-07T09:00:00+00:00']);
});
