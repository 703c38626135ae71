import { screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { renderScreen } from '#ui/screen.fixture.tsx';
import type { ChartData } from './chart-data.ts';
import { ChartTable } from './chart-table.tsx';

const DATA: ChartData = {
  label: 'Bounce rate',
  unit: 'percent',
  granularity: 'day',
  labels: ['2026-01-05', '2026-01-06', '2026-01-07', '2026-01-08'],
  values: [50, null, 25, null],
  openFrom: 2,
  previous: { labels: ['2026-01-01', '2026-01-02', '2026-01-03', '2026-01-04'], values: [10, 20, 30, 40] },
};

const rows = () =>
  screen
    .getAllByRole('row')
    .map((row) =>
      [
        ...within(row).queryAllByRole('columnheader'),
        ...within(row).queryAllByRole('rowheader'),
        ...within(row).queryAllByRole('cell'),
      ].map((cell) => cell.textContent),
    );

it('has a row a bucket with its value and the one before, and none for what has not begun', () => {
  renderScreen(<ChartTable data={DATA} />);
  expect(screen.getByRole('table', { name: 'Bounce rate over time' })).toBeTruthy();
  expect(rows()).toEqual([
    ['Time', 'Bounce rate', 'Before'],
    ['Mon, 5 Jan 2026', '50%', '10%'],
    ['Tue, 6 Jan 2026', '–', '20%'],
    ['Wed, 7 Jan 2026 so far', '25%', '30%'],
  ]);
});

it('has no column of before without a comparison, and all rows of what is over', () => {
  renderScreen(<ChartTable data={{ ...DATA, openFrom: null, previous: null }} />);
  expect(rows()[0]).toEqual(['Time', 'Bounce rate']);
  expect(rows()).toHaveLength(5);
});

it('can be reached with the keyboard, since it scrolls', async () => {
  const { user } = renderScreen(<ChartTable data={DATA} />);
  await user.tab();
  expect(document.activeElement).toBe(screen.getByRole('region', { name: 'Bounce rate over time' }));
});

it('is German for a German reader', () => {
  renderScreen(<ChartTable data={{ ...DATA, label: 'Absprungrate' }} />, { locale: 'de' });
  expect(rows()[0]).toEqual(['Zeit', 'Absprungrate', 'Davor']);
  expect(rows()[3]).toEqual(['Mi., 7. Jan. 2026 bis jetzt', '25\u00a0%', '30\u00a0%']);
});
