import { screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import type { Period } from '#reports/period.ts';
import { PERIOD_NAMES } from '#reports/period-name.ts';
import { renderScreen } from '#ui/screen.fixture.tsx';
import type { Locale } from '#words/locale.ts';
import { PeriodPicker } from './period-picker.tsx';
import { RefineArea } from './refine.tsx';

const PERIOD: Period = {
  name: '7d',
  days: { from: '2026-11-16', to: '2026-11-22' },
  dateRange: '7d',
  granularity: 'day',
  open: false,
  previous: null,
};

const show = (query = '', period: Period = PERIOD, locale: Locale = 'en') =>
  renderScreen(
    <RefineArea>
      <PeriodPicker period={period} today="2026-11-23" />
    </RefineArea>,
    { query, locale },
  );

it('opens by the keyboard, offers every period, and gives the focus back', async () => {
  const { user } = show();
  await user.tab();
  await user.keyboard('{Enter}');
  const items = within(screen.getByRole('menu')).getAllByRole('menuitem');
  expect(items).toHaveLength(PERIOD_NAMES.length + 2);
  await user.keyboard('{Escape}');
  expect(screen.queryByRole('menu')).toBeNull();
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Period: Last 7 days' }));
});

it('a chosen period takes the place of chosen days, and keeps the rest', async () => {
  const { user, router } = show('?from=2026-11-01&to=2026-11-05&source=Google');
  await user.click(screen.getByRole('button'));
  await user.click(screen.getByRole('menuitem', { name: /Last 28 days/ }));
  expect(router.push).toHaveBeenCalledWith('/sites/site_a?source=Google&period=28d', { scroll: false });
});

it('comparing is turned off and on by the same entry', async () => {
  const { user, router, unmount } = show();
  await user.click(screen.getByRole('button'));
  await user.click(screen.getByRole('menuitem', { name: /Compare with before/ }));
  expect(router.push).toHaveBeenCalledWith('/sites/site_a?compare=off', { scroll: false });
  unmount();
  const off = show('?compare=off');
  await off.user.click(screen.getByRole('button'));
  await off.user.click(screen.getByRole('menuitem', { name: /Compare with before/ }));
  expect(off.router.push).toHaveBeenCalledWith('/sites/site_a', { scroll: false });
});

it('days are chosen in a dialog, none of them in the future', async () => {
  const { user, router } = show('?period=7d');
  await user.click(screen.getByRole('button'));
  await user.click(screen.getByRole('menuitem', { name: 'Choose days…' }));
  const dialog = within(screen.getByRole('dialog', { name: 'Choose days' }));
  const [from, to] = [
    dialog.getByLabelText<HTMLInputElement>('From'),
    dialog.getByLabelText<HTMLInputElement>('To'),
  ];
  expect([from.value, to.value, from.max, to.max]).toEqual(Array(4).fill('2026-11-23'));
  await user.clear(from);
  await user.type(from, '2026-11-03');
  await user.click(dialog.getByRole('button', { name: 'Show these days' }));
  expect(router.push).toHaveBeenCalledWith('/sites/site_a?from=2026-11-03&to=2026-11-23', { scroll: false });
  expect(screen.queryByRole('dialog')).toBeNull();
});

it('is named by the days where these were chosen', () => {
  show('', { ...PERIOD, name: 'custom' });
  expect(screen.getByRole('button', { name: /^Period: 16\s–\s22 Nov 2026$/ })).toBeTruthy();
});

it('is German for a German reader', async () => {
  const { user } = show('', PERIOD, 'de');
  await user.click(screen.getByRole('button', { name: 'Zeitraum: Letzte 7 Tage' }));
  expect(screen.getByRole('menuitem', { name: /Heute/ })).toBeTruthy();
  await user.click(screen.getByRole('menuitem', { name: /Tage wählen/ }));
  expect(screen.getByRole('dialog', { name: 'Tage wählen' })).toBeTruthy();
  expect(screen.getByLabelText('Von')).toBeTruthy();
});
