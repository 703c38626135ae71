import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addMonths, calendarMonth, forecastCount, monthlyPeriod } from './period.ts';

const at = (text: string) => Date.parse(text);
const day = (instant: number) => new Date(instant).toISOString();

describe('months after an anchor', () => {
  it.each([
    ['2026-01-31T10:00:00Z', 1, '2026-02-28T10:00:00.000Z'],
    ['2026-01-31T10:00:00Z', 2, '2026-03-31T10:00:00.000Z'],
    ['2026-01-31T10:00:00Z', 3, '2026-04-30T10:00:00.000Z'],
    ['2028-01-31T00:00:00Z', 1, '2028-02-29T00:00:00.000Z'],
    ['2026-10-15T23:59:59Z', 3, '2027-01-15T23:59:59.000Z'],
    ['2026-03-31T00:00:00Z', -1, '2026-02-28T00:00:00.000Z'],
    ['2026-01-05T00:00:00Z', -1, '2025-12-05T00:00:00.000Z'],
  ])('%s and %i months is %s', (anchor, months, expected) => {
    expect(day(addMonths(at(anchor), months))).toBe(expected);
  });
});

describe('the monthly period', () => {
  it('begins on the last day of a month for which the anchor has none', () => {
    const anchor = at('2026-01-31T09:00:00Z');
    const { from, to } = monthlyPeriod(anchor, at('2026-03-01T00:00:00Z'));
    expect([day(from), day(to)]).toEqual(['2026-02-28T09:00:00.000Z', '2026-03-31T09:00:00.000Z']);
  });

  const instants = fc.integer({ min: at('2020-01-01'), max: at('2040-01-01') });

  it('holds its moment, and the next begins where it ends', () => {
    fc.assert(
      fc.property(instants, instants, (anchor, now) => {
        const period = monthlyPeriod(anchor, now);
        expect(period.from).toBeLessThanOrEqual(now);
        expect(period.to).toBeGreaterThan(now);
        expect(monthlyPeriod(anchor, period.to).from).toBe(period.to);
        expect(monthlyPeriod(anchor, period.from)).toEqual(period);
        const days = (period.to - period.from) / 86_400_000;
        expect(days).toBeGreaterThanOrEqual(28);
        expect(days).toBeLessThanOrEqual(31);
      }),
    );
  });

  it('of an anchor at its first moment begins there', () => {
    fc.assert(
      fc.property(instants, (anchor) => {
        expect(monthlyPeriod(anchor, anchor).from).toBe(anchor);
      }),
    );
  });

  it('of the calendar begins on the first', () => {
    const { from, to } = calendarMonth(at('2026-12-31T23:59:59.999Z'));
    expect([day(from), day(to)]).toEqual(['2026-12-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z']);
  });
});

describe('a forecast', () => {
  const december = { from: at('2026-12-01'), to: at('2027-01-01') };

  it('goes on as it was', () => {
    expect(forecastCount(1_000, december, at('2026-12-11'))).toBe(3_100);
    expect(forecastCount(1_000, december, december.to)).toBe(1_000);
    expect(forecastCount(1_000, december, december.to + 1)).toBe(1_000);
  });

  it('is not made on the first day', () => {
    expect(forecastCount(1_000, december, at('2026-12-01T23:59:59Z'))).toBeNull();
  });
});
