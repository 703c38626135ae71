import { describe, expect, it } from 'vitest';
import { readInterval, readPeriod } from './period.ts';

// Wednesday, 00:30 in Berlin, still the day before in UTC.
const CLOCK = { zone: 'Europe/Berlin', now: Date.parse('2026-01-06T23:30:00Z') };
const read = (search: string) => readPeriod(new URLSearchParams(search), CLOCK);

describe('a period and its date', () => {
  it.each([
    ['', ['2025-12-08', '2026-01-06']],
    ['period=day', ['2026-01-07', '2026-01-07']],
    ['period=day&date=2026-01-01', ['2026-01-01', '2026-01-01']],
    ['period=7d', ['2025-12-31', '2026-01-06']],
    ['period=7d&date=2026-01-01', ['2025-12-25', '2025-12-31']],
    ['period=30d&date=2026-03-31', ['2026-03-01', '2026-03-30']],
    ['period=91d', ['2025-10-08', '2026-01-06']],
    ['period=month', ['2026-01-01', '2026-01-07']],
    ['period=month&date=2025-02-14', ['2025-02-01', '2025-02-28']],
    // Nothing has happened in what lies ahead, but it is a month all the same.
    ['period=month&date=2026-02-14', ['2026-02-01', '2026-02-28']],
    ['period=year', ['2026-01-01', '2026-01-07']],
    ['period=year&date=2024-05-05', ['2024-01-01', '2024-12-31']],
    ['period=6mo', ['2025-07-01', '2025-12-31']],
    ['period=12mo&date=2025-06-30', ['2024-06-01', '2025-05-31']],
    ['period=custom&date=2026-01-01,2026-01-31', ['2026-01-01', '2026-01-31']],
    ['period=all', 'all'],
    ['period=&date=', ['2025-12-08', '2026-01-06']],
  ])('%j is %j', (search, expected) => {
    expect(read(search)).toEqual(expected);
  });

  it.each([
    ['period=fortnight', 'period', /day, month, year, all, custom/],
    ['period=9999d', 'date_range', /longer than 5000d/],
    ['period=day&date=today', 'date', /a day such as/],
    ['period=day&date=2026-02-30', 'date', /a day such as/],
    ['period=custom', 'date', /two days/],
    ['period=custom&date=2026-01-01', 'date', /two days/],
    ['period=custom&date=2026-01-01,2026-01-02,2026-01-03', 'date', /two days/],
    ['period=custom&date=2026-01-31,2026-01-01', 'date', /lies before/],
  ])('%j is refused', (search, where, message) => {
    expect(() => read(search)).toThrow(
      expect.objectContaining({ where, message: expect.stringMatching(message) }),
    );
  });
});

describe('an interval', () => {
  it.each([
    ['', 'day'],
    ['period=day', 'hour'],
    ['period=month', 'day'],
    ['period=6mo', 'month'],
    ['period=12mo', 'month'],
    ['period=6mo&interval=day', 'day'],
    ['interval=date', 'day'],
    ['interval=month', 'month'],
    ['interval=week', 'week'],
  ])('%j is by %s', (search, expected) => {
    expect(readInterval(new URLSearchParams(search))).toBe(expected);
  });

  it('is one that there is', () => {
    expect(() => readInterval(new URLSearchParams('interval=minute'))).toThrow(/hour, day, week, month/);
  });
});
