import { fireEvent, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { renderScreen } from '#ui/screen.fixture.tsx';
import { Chart } from './chart.tsx';
import type { ChartData } from './chart-data.ts';

const HOURS = ['00', '01', '02', '03'].map((hour) => `2026-01-07T${hour}:00:00Z`);

const DATA: ChartData = {
  label: 'Visitors',
  unit: 'count',
  granularity: 'hour',
  labels: HOURS,
  values: [3, 1200, 5, null],
  openFrom: 2,
  previous: { labels: HOURS.map((hour) => hour.replace('-07T', '-06T')), values: [2, 4, 6, 8] },
};

const slider = () => screen.getByRole('slider');
const spoken = () => slider().getAttribute('aria-valuetext');

it('says the bucket that is not over, until another is chosen', () => {
  renderScreen(<Chart data={DATA} />);
  expect(screen.getByRole('slider', { name: 'Visitors over time' })).toBe(slider());
  expect(spoken()).toBe('Wed, 7 Jan 2026, 02:00: 5 Visitors');
});

it('is walked through with the arrow keys, Home and End, and stops at its ends', async () => {
  const { user } = renderScreen(<Chart data={DATA} />);
  await user.tab();
  expect(document.activeElement).toBe(slider());
  await user.keyboard('{ArrowLeft}');
  expect(spoken()).toBe('Wed, 7 Jan 2026, 01:00: 1,200 Visitors');
  await user.keyboard('{Home}{ArrowLeft}');
  expect(slider().getAttribute('aria-valuenow')).toBe('0');
  await user.keyboard('{End}{ArrowRight}');
  expect(slider().getAttribute('aria-valuenow')).toBe('3');
});

it('says that there is no data where there was nothing to divide by', async () => {
  const { user } = renderScreen(<Chart data={{ ...DATA, unit: 'percent', label: 'Bounce rate' }} />);
  await user.tab();
  await user.keyboard('{End}');
  expect(spoken()).toBe('Wed, 7 Jan 2026, 03:00: no data for Bounce rate');
});

it('shows the values of both lines at the chosen bucket, and hides them on Escape', async () => {
  const { user } = renderScreen(<Chart data={DATA} />);
  await user.tab();
  expect(screen.queryByText('1,200')).toBeNull();
  await user.keyboard('{ArrowLeft}');
  expect(screen.getByText('1,200')).toBeTruthy();
  expect(screen.getByText('Tue, 6 Jan 2026, 01:00')).toBeTruthy();
  await user.keyboard('{Escape}');
  expect(screen.queryByText('1,200')).toBeNull();
});

it('follows the pointer to the nearest bucket, and forgets it when the pointer leaves', () => {
  renderScreen(<Chart data={DATA} />);
  slider().getBoundingClientRect = () => ({ left: 100, width: 300 }) as DOMRect;
  fireEvent.pointerMove(slider(), { clientX: 190 });
  expect(slider().getAttribute('aria-valuenow')).toBe('1');
  fireEvent.pointerLeave(slider());
  expect(slider().getAttribute('aria-valuenow')).toBe('2');
});

it('says in the middle that there is nothing, when all is zero', () => {
  const { rerender } = renderScreen(<Chart data={{ ...DATA, values: [0, 0, 0, 0], previous: null }} />);
  expect(screen.getByText('Nothing in this period')).toBeTruthy();
  rerender(<Chart data={DATA} />);
  expect(screen.queryByText('Nothing in this period')).toBeNull();
});

it('draws one bucket, and none, without an error', () => {
  const one = { ...DATA, labels: HOURS.slice(0, 1), values: [3], openFrom: 0, previous: null };
  const { rerender, container } = renderScreen(<Chart data={one} />);
  expect(container.querySelectorAll('circle')).toHaveLength(1);
  rerender(<Chart data={{ ...one, labels: [], values: [], openFrom: null }} />);
  expect(container.querySelectorAll('circle')).toHaveLength(0);
});

it('keeps its crosshair within the buckets, when a shorter period comes', async () => {
  const { user, rerender } = renderScreen(<Chart data={DATA} />);
  await user.tab();
  await user.keyboard('{End}');
  rerender(
    <Chart data={{ ...DATA, labels: HOURS.slice(0, 2), values: [3, 4], openFrom: null, previous: null }} />,
  );
  expect(slider().getAttribute('aria-valuenow')).toBe('1');
  expect(slider().getAttribute('aria-valuemax')).toBe('1');
});

it('speaks German to a German reader', () => {
  renderScreen(<Chart data={{ ...DATA, label: 'Besucher' }} />, { locale: 'de' });
  expect(screen.getByRole('slider', { name: 'Besucher im Zeitverlauf' })).toBeTruthy();
  expect(spoken()).toBe('Mi., 7. Jan. 2026, 02:00: 5 Besucher');
  expect(document.body.textContent).toContain('Tsd.');
});
