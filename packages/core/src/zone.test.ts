import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addMonths,
  clockInstant,
  countDays,
  daySpan,
  hourLabel,
  hourStart,
  hourStarts,
  isDay,
  isTimeZone,
  localDay,
  localIso,
  monthStart,
  weekStart,
  zoneOffset,
} from './zone.ts';

const ZONES = [
  'Etc/UTC',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'America/Sao_Paulo',
  'Africa/Cairo',
];
const HOUR = 3_600_000;

describe('local days', () => {
  test.each([
    ['Europe/Berlin', '2026-03-29', 23],
    ['Europe/Berlin', '2026-10-25', 25],
    ['Europe/Berlin', '2026-06-01', 24],
    ['Australia/Lord_Howe', '2026-04-05', 24.5],
    ['America/New_York', '2026-11-01', 25],
  ])('%s %s has %d hours', (zone, day, hours) => {
    const { from, to } = daySpan(zone, day);
    expect((to - from) / HOUR).toBe(hours);
  });

  test('a day whose midnight the clock skips begins at 01:00', () => {
    // Cairo moved its clock from 00:00 to 01:00 on this Friday.
    expect(localIso('Africa/Cairo', daySpan('Africa/Cairo', '2026-04-24').from)).toBe(
      '2026-04-24T01:00:00+03:00',
    );
  });

  test('every instant lies in the span of its own day, in every zone', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ZONES),
        fc.integer({ min: 1_000_000_000_000, max: 1_900_000_000_000 }),
        (zone, at) => {
          const { from, to } = daySpan(zone, localDay(zone, at));
          expect(at).toBeGreaterThanOrEqual(from);
          expect(at).toBeLessThan(to);
        },
      ),
    );
  });

  test('the offset is the one that Intl prints', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ZONES),
        fc.integer({ min: 1_000_000_000_000, max: 1_900_000_000_000 }),
        (zone, at) => {
          const printed = new Intl.DateTimeFormat('sv-SE', {
            timeZone: zone,
            dateStyle: 'short',
            timeStyle: 'medium',
          }).format(at);
          expect(new Date(at + zoneOffset(zone, at)).toISOString().slice(0, 19).replace('T', ' ')).toBe(
            printed,
          );
        },
      ),
    );
  });
});

describe('local hours', () => {
  test('Kathmandu is a quarter off: 05:15 UTC begins its 11:00', () => {
    const at = (time: string) => Date.parse(`2026-01-07T${time}:00Z`);
    const labels = ['04:15', '05:14', '05:15', '05:44', '06:14'].map((time) =>
      hourLabel('Asia/Kathmandu', hourStart('Asia/Kathmandu', at(time))),
    );
    expect(labels.map((label) => label.slice(11, 16))).toEqual(['10:00', '10:00', '11:00', '11:00', '11:00']);
  });

  test('the day the clock goes back has two hours labelled 02:00, told apart by their offset', () => {
    const { from, to } = daySpan('Europe/Berlin', '2026-10-25');
    const labels = hourStarts('Europe/Berlin', from, to).map((start) => hourLabel('Europe/Berlin', start));
    expect(labels).toHaveLength(25);
    expect(labels.filter((label) => label.includes('T02:00'))).toEqual([
      '2026-10-25T02:00:00+02:00',
      '2026-10-25T02:00:00+01:00',
    ]);
  });

  test('the day the clock goes forward has no 02:00', () => {
    const { from, to } = daySpan('Europe/Berlin', '2026-03-29');
    const labels = hourStarts('Europe/Berlin', from, to).map((start) => hourLabel('Europe/Berlin', start));
    expect(labels).toHaveLength(23);
    expect(labels.some((label) => label.includes('T02:'))).toBe(false);
  });

  test('a half-hour shift still gives whole labels, each once', () => {
    for (const day of ['2026-04-05', '2026-10-04']) {
      const { from, to } = daySpan('Australia/Lord_Howe', day);
      const labels = hourStarts('Australia/Lord_Howe', from, to).map((start) =>
        hourLabel('Australia/Lord_Howe', start),
      );
      expect(new Set(labels).size).toBe(labels.length);
      expect(labels.every((label) => label.slice(14, 19) === '00:00')).toBe(true);
    }
  });

  test('every instant falls into one of the hours of its day', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ZONES),
        fc.integer({ min: 1_500_000_000_000, max: 1_900_000_000_000 }),
        (zone, at) => {
          const { from, to } = daySpan(zone, localDay(zone, at));
          expect(hourStarts(zone, from, to)).toContain(hourStart(zone, at));
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe('the calendar', () => {
  test.each([
    ['2026-01-07', '2026-01-05'],
    ['2026-01-05', '2026-01-05'],
    ['2026-01-04', '2025-12-29'],
    ['1969-12-31', '1969-12-29'],
  ])('the week of %s begins on %s', (day, monday) => {
    expect(weekStart(day)).toBe(monday);
  });

  test.each([
    ['2026-01-07', 'sunday', '2026-01-04'],
    ['2026-01-04', 'sunday', '2026-01-04'],
    ['2026-01-03', 'saturday', '2026-01-03'],
    ['2026-01-02', 'saturday', '2025-12-27'],
    ['2026-01-04', 'monday', '2025-12-29'],
  ] as const)('the week of %s that begins on a %s begins on %s', (day, first, start) => {
    expect(weekStart(day, first)).toBe(start);
  });

  test('months are counted across years', () => {
    expect(addMonths('2026-01-15', -1)).toBe('2025-12-01');
    expect(addMonths('2026-11-30', 2)).toBe('2027-01-01');
    expect(monthStart('2026-02-28')).toBe('2026-02-01');
    expect(countDays('2026-02-27', '2026-03-01')).toBe(3);
  });

  test.each(['2026-02-29', '2026-13-01', '26-01-01', '2026-1-1', 'today', ''])('%j is not a day', (text) => {
    expect(isDay(text)).toBe(false);
  });

  test('only zones that exist are zones', () => {
    expect(isTimeZone('Europe/Berlin')).toBe(true);
    expect(isTimeZone('Europe/Atlantis')).toBe(false);
  });
});

describe('the instant of a clock', () => {
  const zones = fc.constantFrom(
    'Etc/UTC',
    'Europe/Berlin',
    'America/New_York',
    'Australia/Lord_Howe',
    'Asia/Kathmandu',
  );
  const minutes = fc
    .integer({ min: Date.parse('2000-01-01T00:00Z') / 60_000, max: Date.parse('2030-01-01T00:00Z') / 60_000 })
    .map((minute) => minute * 60_000);

  test('is the first at which it shows that time', () => {
    fc.assert(
      fc.property(zones, minutes, (zone, at) => {
        const shown = localIso(zone, at).slice(0, 16);
        const found = clockInstant(zone, shown);
        expect(found).not.toBeNull();
        expect(localIso(zone, Number(found)).slice(0, 16)).toBe(shown);
        expect(Number(found)).toBeLessThanOrEqual(at);
      }),
      { numRuns: 1_000 },
    );
  });

  test.each([
    // Clocks go back from 03:00 to 02:00, and on from 02:00 to 03:00.
    ['2026-10-25T02:30', '2026-10-25T00:30:00.000Z'],
    ['2026-03-29T02:30', '2026-03-29T01:30:00.000Z'],
    ['2026-03-29T03:30', '2026-03-29T01:30:00.000Z'],
  ])('in Berlin at %s is %s', (text, expected) => {
    expect(new Date(Number(clockInstant('Europe/Berlin', text))).toISOString()).toBe(expected);
  });

  test.each(['', '2026-02-30T10:00', '2026-01-01', '2026-01-01T25:00', '2026-01-01T10:00Z', 'now'])(
    'is null for %j',
    (text) => expect(clockInstant('Etc/UTC', text)).toBeNull(),
  );
});
