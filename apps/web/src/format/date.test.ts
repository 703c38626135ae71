import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { datesIn } from './date.ts';

const { en, de } = { en: datesIn('en'), de: datesIn('de') };

describe('a range of days', () => {
  it('is written shortly', () => {
    expect(en.days('2026-11-03', '2026-11-03')).toBe('3 Nov 2026');
    expect(en.days('2026-11-03', '2026-11-09')).toMatch(/^3\s?–\s?9 Nov 2026$/);
    expect(de.days('2026-11-03', '2026-11-09')).toMatch(/^3\.\s?–\s?9\. Nov\. 2026$/);
    expect(de.days('2026-10-28', '2026-11-03')).toMatch(/^28\. Okt\.\s–\s3\. Nov\. 2026$/);
  });
});

describe('a local day', () => {
  it('is the same day wherever the reader is, in both languages', () => {
    const day = fc
      .date({
        min: new Date('1970-01-01T00:00:00Z'),
        max: new Date('2200-01-01T00:00:00Z'),
        noInvalidDate: true,
      })
      .map((date) => date.toISOString().slice(0, 10));
    fc.assert(
      fc.property(day, (text) => {
        const [year, , date] = text.split('-').map(Number);
        for (const dates of [en, de]) {
          const written = dates.fullDay(text);
          expect(written).toContain(String(year));
          expect(written).toMatch(new RegExp(`(^|\\D)${date}(\\D|$)`));
        }
      }),
    );
  });

  it('keeps the hour of its own clock', () => {
    expect(de.hour('2026-11-23T10:00:00+01:00')).toBe('10:00');
  });
});

describe('an instant', () => {
  const instant = Date.parse('2026-11-22T23:30:05Z');

  it('is told by the clock and the calendar of the zone that is named', () => {
    expect(en.clockAt(instant, 'Europe/Berlin')).toBe('00:30:05');
    expect(de.clockAt(instant, 'America/New_York')).toBe('18:30:05');
    expect(en.dayAt(instant, 'Europe/Berlin')).toBe('23 Nov 2026');
    expect(de.dayAt(instant, 'America/New_York')).toBe('22.11.2026');
  });
});
