import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { FIGURES, type Figure, type Lines } from '#reports/figure.ts';
import type { PreviousPeriod } from '#reports/period.ts';
import { renderScreen } from '#ui/screen.fixture.tsx';
import type { Locale } from '#words/locale.ts';
import { Figures, turnChart } from './figures.tsx';

const LABELS = ['2026-01-05', '2026-01-06', '2026-01-07'];
const lines = (values: readonly (number | null)[]) =>
  Object.fromEntries(FIGURES.map((name) => [name, values])) as Lines;

const figure = (name: Figure['name'], value: number | null, change: number | null = null): Figure => ({
  name,
  value,
  previous: change === null ? null : 100,
  change,
});

const ALL: readonly Figure[] = [
  figure('visitors', 12_314, 12),
  figure('visits', 900, -5),
  figure('pageviews', 0, 0),
  figure('views_per_visit', 1.5),
  figure('bounce_rate', 48, 3),
  figure('visit_duration', null),
];

const PREVIOUS: PreviousPeriod = {
  figures: ['2026-01-02', '2026-01-04'],
  series: ['2026-01-02', '2026-01-04'],
  days: { from: '2026-01-02', to: '2026-01-04' },
  until: '10:03',
};

function show(query = '', locale: Locale = 'en', previous: PreviousPeriod | null = PREVIOUS) {
  return renderScreen(
    <Figures
      figures={ALL}
      days={{ from: '2026-01-05', to: '2026-01-07' }}
      previous={previous}
      series={{
        granularity: 'day',
        labels: LABELS,
        lines: lines([1, 2, 3]),
        openFrom: 2,
        previous: previous && { labels: LABELS, lines: lines([4, 5, 6]) },
      }}
    />,
    { query, locale },
  );
}

const names = () => screen.getAllByRole('button', { pressed: false }).map(({ textContent }) => textContent);

it('says each figure with its change to those who do not see it', () => {
  show();
  expect(screen.getByRole('button', { name: 'Visitors 12,314, up 12%' })).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Visits 900, down 5%' })).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Pageviews 0, unchanged' })).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Views per visit 1.50' })).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Visit duration no data' })).toBeTruthy();
});

it('says the same in German', () => {
  show('', 'de');
  expect(screen.getByRole('button', { name: 'Besucher 12.314, 12\u00a0% mehr' })).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Besuche 900, 5\u00a0% weniger' })).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Besuchsdauer keine Daten' })).toBeTruthy();
  expect(screen.getByText(/^5\.\s?–\s?7\. Jan\. 2026$/)).toBeTruthy();
});

it('is green for better and red for worse: of bounces, more is worse', () => {
  const { container } = show();
  const tone = (metric: string) =>
    /text-(better|worse)/.exec(container.querySelector(`[data-metric="${metric}"]`)?.innerHTML ?? '')?.[1];
  expect(['visitors', 'visits', 'bounce_rate', 'pageviews'].map(tone)).toEqual([
    'better',
    'worse',
    'worse',
    undefined,
  ]);
});

it('tells the exact value and the one before, with its days, to a pointer that rests on it', () => {
  show();
  expect(screen.getByRole('button', { name: /^Visitors/ }).title).toBe(
    '12,314\n100 in 2\u2009–\u20094 Jan 2026 until 10:03',
  );
});

it('tells only the value without a comparison', () => {
  show('', 'en', null);
  expect(screen.getByRole('button', { name: /^Visitors/ }).title).toBe('12,314');
  expect(screen.queryByText('2 – 4 Jan 2026')).toBeNull();
});

it('the first figure drives the chart, unless the address names another', () => {
  const { unmount } = show();
  expect(screen.getByRole('button', { pressed: true }).dataset.metric).toBe('visitors');
  expect(screen.getByRole('slider', { name: 'Visitors over time' })).toBeTruthy();
  unmount();
  show('?metric=bounce_rate');
  expect(screen.getByRole('button', { pressed: true }).dataset.metric).toBe('bounce_rate');
  expect(names()).toHaveLength(5);
});

it('a figure that is not of the table chooses nothing', () => {
  show('?metric=constructor');
  expect(screen.getByRole('button', { pressed: true }).dataset.metric).toBe('visitors');
});

it('choosing a figure puts it into the address, and the first takes it out', async () => {
  const { user } = show('?period=7d');
  await user.click(screen.getByRole('button', { name: /^Visits/ }));
  expect(window.location.search).toBe('?period=7d&metric=visits');
  await user.click(screen.getByRole('button', { name: /^Visitors/ }));
  expect(window.location.search).toBe('?period=7d');
});

it('turns into a table and back', async () => {
  const { user, unmount } = show();
  await user.click(screen.getByRole('button', { name: 'Table' }));
  expect(window.location.search).toBe('?view=table');
  unmount();
  show('?view=table');
  expect(screen.getByRole('table', { name: 'Visitors over time' })).toBeTruthy();
  expect(screen.queryByRole('slider')).toBeNull();
  turnChart();
  expect(window.location.search).toBe('');
});

it('leaves the day that is not over out of the small lines, for half a day looks like a fall', () => {
  const { container } = show();
  const spark = container.querySelector('[data-metric="visitors"] path.stroke-accent');
  expect(spark?.getAttribute('d')?.match(/[ML]/g)).toHaveLength(2);
});
