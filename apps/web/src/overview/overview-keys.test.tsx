import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { renderScreen } from '#ui/screen.fixture.tsx';
import { OverviewKeys } from './overview-keys.tsx';
import { RefineArea } from './refine.tsx';

const show = (query = '', locale: 'en' | 'de' = 'en') =>
  renderScreen(
    <RefineArea>
      <input aria-label="A field" />
      <OverviewKeys />
    </RefineArea>,
    { query, locale },
  );

it.each([
  ['t', '?period=day'],
  ['w', '?period=7d'],
  ['m', '?period=28d'],
  ['c', '?period=91d&compare=off'],
])('the key %s leads to %s', async (key, query) => {
  const { user, router } = show('?period=91d');
  await user.keyboard(key);
  expect(router.push).toHaveBeenCalledExactlyOnceWith(`/sites/site_a${query}`, { scroll: false });
});

it('the key v turns the chart into its table without asking the server', async () => {
  const { user, router } = show();
  await user.keyboard('v');
  expect(window.location.search).toBe('?view=table');
  expect(router.push).not.toHaveBeenCalled();
});

it('keys that are typed into a field, or belong to the browser, do nothing', async () => {
  const { user, router } = show();
  await user.keyboard('{Control>}t{/Control}');
  await user.click(screen.getByLabelText('A field'));
  await user.keyboard('twm');
  expect(router.push).not.toHaveBeenCalled();
});

it('all keys are in the list that ? opens, in the words of the reader', async () => {
  const { user } = show('', 'de');
  await user.keyboard('?');
  expect(screen.getByRole('dialog', { name: 'Tastatur' })).toBeTruthy();
  const terms = screen.getAllByRole('term').map(({ textContent }) => textContent);
  const meanings = screen.getAllByRole('definition').map(({ textContent }) => textContent);
  expect(terms).toEqual(['t', 'w', 'm', 'c', 'v', 'd', '?']);
  expect(meanings.slice(0, 2)).toEqual(['Heute', 'Letzte 7 Tage']);
  expect(meanings.at(-1)).toBe('Diese Liste');
});
