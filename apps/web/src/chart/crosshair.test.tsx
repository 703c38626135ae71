import { describe, expect, it } from 'vitest';
import { renderScreen } from '#ui/screen.fixture.tsx';
import type { Locale } from '#words/locale.ts';
import type { ChartData } from './chart-data.ts';
import { Crosshair } from './crosshair.tsx';

const DAYS = ['2026-01-05', '2026-01-06', '2026-01-07'];

const DATA: ChartData = {
  label: 'Visitors',
  unit: 'count',
  granularity: 'day',
  labels: DAYS,
  values: [3, 1_200, null],
  openFrom: null,
  previous: { labels: ['2026-01-02', '2026-01-03'], values: [2, null] },
};

function show(bucket: number, data: Partial<ChartData> = {}, locale: Locale = 'en') {
  const { container } = renderScreen(
    <Crosshair data={{ ...DATA, ...data }} bucket={bucket} topValue={1_200} />,
    { locale },
  );
  const box = container.querySelector<HTMLElement>('div.absolute');
  const rows = [...container.querySelectorAll('dl > div')].map(({ textContent }) => textContent);
  return { container, box, rows, head: box?.querySelector('p')?.textContent };
}

describe('the crosshair', () => {
  it.each<[number, string, string[]]>([
    [0, 'Mon, 5 Jan 2026', ['Visitors3', 'Fri, 2 Jan 20262']],
    // Nothing to divide by, then: a dash, and not zero.
    [1, 'Tue, 6 Jan 2026', ['Visitors1,200', 'Sat, 3 Jan 2026–']],
    // The period before was shorter: it has no such day.
    [2, 'Wed, 7 Jan 2026', ['Visitors–']],
  ])('at bucket %d says %s', (bucket, head, rows) => {
    expect(show(bucket)).toMatchObject({ head, rows });
  });

  it('says one line where there is no comparison', () => {
    expect(show(1, { previous: null }).rows).toEqual(['Visitors1,200']);
  });

  it.each<[ChartData['granularity'], string, string, string]>([
    ['hour', '2026-01-07T09:00:00+01:00', 'Wed, 7 Jan 2026, 09:00', 'Mi., 7. Jan. 2026, 09:00'],
    ['day', '2026-01-07', 'Wed, 7 Jan 2026', 'Mi., 7. Jan. 2026'],
    ['week', '2026-01-05', 'Week of Mon, 5 Jan 2026', 'Woche ab Mo., 5. Jan. 2026'],
    ['month', '2026-01-01', 'January 2026', 'Januar 2026'],
  ])('names a bucket of a %s in both languages', (granularity, label, english, german) => {
    const data = { granularity, labels: [label], values: [1], previous: null };
    expect(show(0, data).head).toBe(english);
    expect(show(0, data, 'de').head).toBe(german);
  });

  it.each([
    { why: 'right of it in the left half', bucket: 0, side: 'left' },
    { why: 'right of it in the middle', bucket: 1, side: 'left' },
    { why: 'left of it in the right half, where there is room', bucket: 2, side: 'right' },
  ] as const)('has its box $why', ({ bucket, side }) => {
    const { box } = show(bucket);
    expect(box?.style[side]).not.toBe('');
    expect(box?.style[side === 'left' ? 'right' : 'left']).toBe('');
  });

  it.each([
    [0, 1],
    [2, 0],
  ])('at bucket %d marks the line %d times: only where it is', (bucket, marks) => {
    expect(show(bucket).container.querySelectorAll('circle')).toHaveLength(marks);
  });

  it('is silent: the slider below it says all of this', () => {
    const { container } = show(0);
    expect([...container.children].every((child) => child.getAttribute('aria-hidden') === 'true')).toBe(true);
  });

  it('does not take the pointer that moves it', () => {
    const { container } = show(0);
    expect([...container.children].every(({ classList }) => classList.contains('pointer-events-none'))).toBe(
      true,
    );
  });
});
