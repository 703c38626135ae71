import { describe, expect, it } from 'vitest';
import type { Period, PreviousPeriod } from '#reports/period.ts';
import { PERIOD_NAMES } from '#reports/period-name.ts';
import { renderScreen } from '#ui/screen.fixture.tsx';
import type { Locale } from '#words/locale.ts';
import { MESSAGES } from '#words/words.ts';
import { usePeriodText } from './period-text.ts';

type Texts = ReturnType<typeof usePeriodText>;

function read(locale: Locale, use: (texts: Texts) => string): string {
  const Said = () => <p>{use(usePeriodText())}</p>;
  const { container, unmount } = renderScreen(<Said />, { locale });
  const text = container.textContent ?? '';
  unmount();
  // Spaces of print are as wide as others to who reads a test.
  return text.replaceAll(/[\u2009\u00a0\u202f]/g, ' ').replaceAll(' – ', '–');
}

const period = (name: Period['name'], from = '2026-11-16', to = '2026-11-22') =>
  ({ name, days: { from, to } }) as Period;

const previous = (days: PreviousPeriod['days'], until: string | null = null) =>
  ({ days, until }) as PreviousPeriod;

describe('what a period is called', () => {
  it.each(PERIOD_NAMES)('is a word of the language for %s', (name) => {
    for (const locale of ['en', 'de'] as const) {
      expect(read(locale, (texts) => texts.name(period(name)))).toBe(MESSAGES[locale].periods.names[name]);
    }
  });

  it.each([
    ['2026-11-16', '2026-11-22', '16–22 Nov 2026', '16.–22. Nov. 2026'],
    ['2026-10-28', '2026-11-03', '28 Oct–3 Nov 2026', '28. Okt.–3. Nov. 2026'],
    ['2025-12-31', '2026-01-01', '31 Dec 2025–1 Jan 2026', '31. Dez. 2025–1. Jan. 2026'],
    // One day is not a range.
    ['2026-11-22', '2026-11-22', '22 Nov 2026', '22. Nov. 2026'],
  ])('is its days when they were chosen: %s to %s', (from, to, english, german) => {
    const name = (texts: Texts) => texts.name(period('custom', from, to));
    expect(read('en', name)).toBe(english);
    expect(read('de', name)).toBe(german);
  });
});

describe('what a period is compared with', () => {
  const DAYS = { from: '2026-11-22', to: '2026-11-22' };

  it.each([
    { why: 'a whole day', before: previous(DAYS), en: '22 Nov 2026', de: '22. Nov. 2026' },
    {
      why: 'a part of a day',
      before: previous(DAYS, '10:03'),
      en: '22 Nov 2026 until 10:03',
      de: '22. Nov. 2026 bis 10:03 Uhr',
    },
    { why: 'hours', before: previous(null), en: 'the 24 hours before', de: 'die 24 Stunden davor' },
  ])('is said of $why', ({ before, en, de }) => {
    expect(read('en', (texts) => texts.previousFigures(before))).toBe(en);
    expect(read('de', (texts) => texts.previousFigures(before))).toBe(de);
  });

  it('is in the chart all of it, since its line goes on', () => {
    expect(read('en', (texts) => texts.previousSeries(previous(DAYS, '10:03')))).toBe('22 Nov 2026');
  });
});
