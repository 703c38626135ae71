import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import type { MenuEntry } from '#access/menu.ts';
import { renderScreen } from '#ui/screen.fixture.tsx';
import { SiteSwitcher } from './site-switcher.tsx';

const LONG = `${'a'.repeat(60)}.example`;
const SITES = [
  { id: 'site_a', domain: 'kiln.example' },
  { id: 'site_b', domain: LONG },
];
const ENTRIES: readonly MenuEntry[] = [{ address: '/sites/new', word: 'addSite' }];

it('names the site, marks it among the others and leads to them', async () => {
  const { user } = renderScreen(
    <SiteSwitcher site={{ id: 'site_a', domain: 'kiln.example' }} sites={SITES} entries={ENTRIES} />,
  );
  await user.click(screen.getByRole('button', { name: 'Site kiln.example' }));
  const items = screen.getAllByRole('menuitem');
  expect(
    items.map((item) => [item.textContent, item.getAttribute('href'), item.getAttribute('aria-current')]),
  ).toEqual([
    ['kiln.example', '/sites/site_a', 'page'],
    [LONG, '/sites/site_b', null],
    ['Add a site', '/sites/new', null],
  ]);
});

it('is walked through with the arrow keys', async () => {
  const { user } = renderScreen(
    <SiteSwitcher site={{ id: 'site_a', domain: 'kiln.example' }} sites={SITES} entries={ENTRIES} />,
    {
      locale: 'de',
    },
  );
  await user.tab();
  await user.keyboard('{Enter}{ArrowDown}{ArrowDown}');
  expect(document.activeElement?.textContent).toBe('Shop hinzufügen');
});

it('has only the sites for a role that may add none', async () => {
  const { user } = renderScreen(
    <SiteSwitcher site={{ id: 'site_a', domain: 'kiln.example' }} sites={SITES} entries={[]} />,
  );
  await user.click(screen.getByRole('button', { name: 'Site kiln.example' }));
  expect(screen.getAllByRole('menuitem').map((item) => item.textContent)).toEqual(['kiln.example', LONG]);
  expect(screen.queryByRole('separator')).toBeNull();
});
