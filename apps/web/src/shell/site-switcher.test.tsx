import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { renderScreen } from '#ui/screen.fixture.tsx';
import { SiteSwitcher } from './site-switcher.tsx';

const LONG = `${'a'.repeat(60)}.example`;
const SITES = [
  { id: 'site_a', domain: 'kiln.example' },
  { id: 'site_b', domain: LONG },
];

it('names the site, marks it among the others and leads to them', async () => {
  const { user } = renderScreen(
    <SiteSwitcher site={{ id: 'site_a', domain: 'kiln.example' }} sites={SITES} />,
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
    <SiteSwitcher site={{ id: 'site_a', domain: 'kiln.example' }} sites={SITES} />,
    {
      locale: 'de',
    },
  );
  await user.tab();
  await user.keyboard('{Enter}{ArrowDown}{ArrowDown}');
  expect(document.activeElement?.textContent).toBe('Shop hinzufügen');
});
