import { describe, expect, it } from 'vitest';
import { defaultPeriod, periodChoice, resolvePeriod } from './period.ts';
import { PERIOD_NAMES } from './period-name.ts';

const clock = { zone: 'Europe/Berlin', now: Date.parse('2026-11-23T09:03:00Z') };
const resolve = (query: string, firstDay: string | undefined = '2026-11-22') =>
  resolvePeriod(periodChoice(new URLSearchParams(query)), { ...clock, firstDay });

describe('the period of an overview', () => {
  it('is today while the site is young, so that its first visit shows', () => {
    expect(defaultPeriod(undefined, clock)).toBe('day');
    expect(defaultPeriod('2026-11-22', clock)).toBe('day');
    expect(resolve('').name).toBe('day');
  });

  it('is the last four weeks with today once there are more than two days', () => {
    const period = resolve('', '2026-11-21');
    expect(period.name).toBe('recent');
    expect(period.dateRange).toEqual(['2026-10-26', '2026-11-23']);
    expect(period.open).toBe(true);
  });

  it.each(PERIOD_NAMES.filter((name) => name !== 'recent' && name !== 'all'))(
    'passes %s to the API as it is',
    (name) => {
      expect(resolve(`period=${name}`)).toMatchObject({ name, dateRange: name });
    },
  );

  it('begins all time with the first day that has data', () => {
    expect(resolve('period=all', '2025-01-02')).toMatchObject({
      dateRange: ['2025-01-02', '2026-11-23'],
      granularity: 'month',
      previous: null,
    });
  });

  it('takes two days in either order and never the future', () => {
    expect(resolve('from=2026-11-09&to=2026-11-03').dateRange).toEqual(['2026-11-03', '2026-11-09']);
    expect(resolve('from=2026-11-20&to=2027-01-01').dateRange).toEqual(['2026-11-20', '2026-11-23']);
    expect(resolve('from=2027-01-01&to=2027-01-02').dateRange).toEqual(['2026-11-23', '2026-11-23']);
  });

  it.each(['period=fortnight', 'from=2026-02-30&to=2026-03-01', 'from=2026-01-01'])(
    'falls back to the default for %s',
    (query) => expect(resolve(query).name).toBe('day'),
  );
});

describe('what a period is compared with', () => {
  const resolve = (query: string) =>
    resolvePeriod(periodChoice(new URLSearchParams(query)), { ...clock, firstDay: '2025-01-01' });

  it('is nothing when the site was not there yet', () => {
    const { previous } = resolvePeriod({ name: '7d' }, { ...clock, firstDay: '2026-11-16' });
    expect(previous).toBeNull();
  });

  it('is the week before a week that is over', () => {
    expect(resolve('period=7d').previous).toMatchObject({
      series: ['2026-11-09', '2026-11-15'],
      figures: ['2026-11-09', '2026-11-15'],
    });
  });

  it('is the same part of the day before today, and all of it in the chart', () => {
    const { previous } = resolve('period=day');
    expect(previous?.series).toEqual(['2026-11-22', '2026-11-22']);
    expect(previous?.figures).toEqual(['2026-11-22T00:00:00+01:00', '2026-11-22T09:03:00.000Z']);
    expect(previous).toMatchObject({ days: { from: '2026-11-22', to: '2026-11-22' }, until: '10:03' });
  });

  it('is as long as the part of the month that has passed', () => {
    expect(resolve('period=month').previous?.series).toEqual(['2026-10-09', '2026-10-31']);
  });

  it('is the 24 hours before the last 24 hours', () => {
    const { previous } = resolve('period=24h');
    expect(previous?.figures[1]).toBe('2026-11-22T09:03:00.000Z');
    expect(previous?.days).toBeNull();
  });
});

describe('the buckets of a period', () => {
  it.each([
    ['period=day', 'hour'],
    ['period=24h', 'hour'],
    ['period=7d', 'day'],
    ['period=91d', 'day'],
    ['period=6mo', 'month'],
    ['period=year', 'week'],
    ['from=2020-01-01&to=2026-01-01', 'month'],
  ])('%s is drawn by the %s', (query, granularity) => expect(resolve(query).granularity).toBe(granularity));
});
