import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { renderScreen } from '#ui/screen.fixture.tsx';
import type { Locale } from '#words/locale.ts';
import { FilterChips } from './filter-chips.tsx';
import { RefineArea } from './refine.tsx';

const show = (query: string, locale: Locale = 'en', segment: string | null = null) =>
  renderScreen(
    <RefineArea>
      <FilterChips parameters={new URLSearchParams(query)} segment={segment} />
    </RefineArea>,
    { query, locale },
  );

it('is not there without a filter', () => {
  show('?period=7d');
  expect(screen.queryByRole('list')).toBeNull();
});

it('names each condition, and takes away that one alone', async () => {
  const { user, router } = show('?period=7d&country=DE&source=Google&source=Bing');
  expect(screen.getByRole('list', { name: 'Filters' })).toBeTruthy();
  expect(screen.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
    'SourceGoogle',
    'SourceBing',
    'CountryGermany',
  ]);
  await user.click(screen.getByRole('link', { name: /Google remove/ }));
  expect(router.push).toHaveBeenCalledWith('/sites/site_a?period=7d&country=DE&source=Bing', {
    scroll: false,
  });
});

it('speaks German, and a value as long as it is', () => {
  const long = `/${'a-very-long-path/'.repeat(20)}`;
  show(`?country=DE&device=Mobile&page=${encodeURIComponent(long)}`, 'de');
  expect(screen.getByRole('list', { name: 'Filter' })).toBeTruthy();
  expect(screen.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
    `Seite${long}`,
    'LandDeutschland',
    'GerätSmartphone',
  ]);
  expect(screen.getAllByTitle('Diesen Filter entfernen')).toHaveLength(3);
});

it('names the segment first, and takes it away', async () => {
  const { user, router } = show('?segment=segment_a&country=DE', 'en', 'Phones');
  expect(screen.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
    'SegmentPhones',
    'CountryGermany',
  ]);
  await user.click(screen.getByRole('link', { name: /Phones remove/ }));
  expect(router.push).toHaveBeenCalledWith('/sites/site_a?country=DE', { scroll: false });
});
