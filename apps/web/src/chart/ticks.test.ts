import { hourLabel, hourStarts, listDays } from '@footfall/core/zone';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatsIn } from '#format/formats.ts';
import { wordsIn } from '#words/words.ts';
import { bucketTexts } from './bucket-text.ts';
import { chooseTicks as ticksIn } from './ticks.ts';

const makeTicks = (
  labels: readonly string[],
  granularity: 'hour' | 'day' | 'month',
  locale: 'en' | 'de' = 'en',
) => ticksIn(labels, granularity, formatsIn(locale));

const hours = (zone: string, from: string, to: string) =>
  hourStarts(zone, Date.parse(from), Date.parse(to)).map((start) => hourLabel(zone, start));

describe('labels under the axis', () => {
  it('stand every three hours of a day, every six on a phone', () => {
    const ticks = makeTicks(hours('Etc/UTC', '2026-11-23T00:00Z', '2026-11-24T00:00Z'), 'hour');
    expect(ticks.map(({ text }) => text)).toEqual([
      '00:00',
      '03:00',
      '06:00',
      '09:00',
      '12:00',
      '15:00',
      '18:00',
      '21:00',
    ]);
    expect(ticks.filter(({ narrow }) => narrow).map(({ text }) => text)).toEqual([
      '00:00',
      '06:00',
      '12:00',
      '18:00',
    ]);
  });

  it('name the hour that comes twice in autumn once', () => {
    const labels = hours('Europe/Berlin', '2026-10-24T22:00Z', '2026-10-25T05:00Z');
    expect(labels).toHaveLength(7);
    expect(makeTicks(labels, 'hour').filter(({ text }) => text === '02:00')).toHaveLength(1);
  });

  it('name months, and the year with January', () => {
    const labels = ['2025-11-01', '2025-12-01', '2026-01-01', '2026-02-01'];
    expect(makeTicks(labels, 'month').map(({ text }) => text)).toEqual(['Nov', 'Dec', 'Jan 2026', 'Feb']);
    expect(makeTicks(['2026-03-01', '2026-10-01'], 'month', 'de').map(({ text }) => text)).toEqual([
      'Mär',
      'Okt',
    ]);
  });

  it('are never too many, whatever the number of days', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), (count) => {
        const first = Date.parse('2024-01-01T00:00:00Z');
        const last = new Date(first + (count - 1) * 86_400_000).toISOString().slice(0, 10);
        const ticks = makeTicks(listDays('2024-01-01', last), 'day');
        expect(ticks[0]).toMatchObject({ index: 0, narrow: true });
        expect(ticks.length).toBeLessThanOrEqual(8);
        expect(ticks.filter(({ narrow }) => narrow).length).toBeLessThanOrEqual(4);
      }),
    );
  });
});

describe('a bucket in full', () => {
  it.each([
    ['2026-11-23T10:00:00+01:00', 'hour', 'Mon, 23 Nov 2026, 10:00', 'Mo., 23. Nov. 2026, 10:00'],
    ['2026-11-23', 'day', 'Mon, 23 Nov 2026', 'Mo., 23. Nov. 2026'],
    ['2026-11-23', 'week', 'Week of Mon, 23 Nov 2026', 'Woche ab Mo., 23. Nov. 2026'],
    ['2026-11-01', 'month', 'November 2026', 'November 2026'],
  ] as const)('%s by the %s is %s, in German %s', (label, granularity, english, german) => {
    const inLanguage = (locale: 'en' | 'de') => bucketTexts(wordsIn(locale, 'chart'), formatsIn(locale));
    expect(inLanguage('en')(label, granularity)).toBe(english);
    expect(inLanguage('de')(label, granularity)).toBe(german);
  });
});
