import { screen, within } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import type { MenuEntry } from '#access/menu.ts';
import { renderScreen } from '#ui/screen.fixture.tsx';
import { LOCALE_COOKIE } from '#words/locale.ts';

// The action asks the server; here it is only heard to be asked.
const signOut = vi.hoisted(() => vi.fn(async () => undefined));
vi.mock('#auth/actions.ts', () => ({ signOut }));

const { AccountMenu } = await import('./account-menu.tsx');

afterEach(() => {
  // biome-ignore lint/suspicious/noDocumentCookie: what the menu remembered is forgotten.
  document.cookie = `${LOCALE_COOKIE}=; max-age=0; path=/`;
});

const EMAIL = 'owner@kiln.example';

const ENTRIES: readonly MenuEntry[] = [
  { address: '/sites/[id]/settings', word: 'siteSettings' },
  { address: '/sites/new', word: 'addSite' },
];

it('opens by the keyboard and gives the focus back', async () => {
  const { user } = renderScreen(<AccountMenu email={EMAIL} siteId="site_a" entries={ENTRIES} />);
  await user.tab();
  await user.keyboard('{Enter}');
  expect(screen.getByText(EMAIL)).toBeTruthy();
  expect(screen.getByRole('menuitem', { name: 'Site settings' }).getAttribute('href')).toBe(
    '/sites/site_a/settings',
  );
  await user.keyboard('{Escape}');
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Account' }));
});

it('has no settings of a site where there is none', async () => {
  const { user } = renderScreen(<AccountMenu email={EMAIL} entries={ENTRIES} />);
  await user.click(screen.getByRole('button', { name: 'Account' }));
  expect(screen.queryByRole('menuitem', { name: 'Site settings' })).toBeNull();
  expect(screen.getByRole('menuitem', { name: 'Add a site' })).toBeTruthy();
});

it('has no links and no line above the rest for a role that may open none', async () => {
  const { user } = renderScreen(<AccountMenu email={EMAIL} siteId="site_a" entries={[]} />);
  await user.click(screen.getByRole('button', { name: 'Account' }));
  expect(screen.getAllByRole('menuitem').filter((item) => item.hasAttribute('href'))).toEqual([]);
  expect(screen.getAllByRole('separator')).toHaveLength(2);
});

it('offers each language by its own name, remembers the choice and turns the page', async () => {
  const { user, router } = renderScreen(<AccountMenu email={EMAIL} entries={ENTRIES} />);
  await user.click(screen.getByRole('button', { name: 'Account' }));
  const languages = within(screen.getByRole('group', { name: 'Language' })).getAllByRole('menuitemradio');
  expect(languages.map((item) => [item.textContent, item.lang, item.getAttribute('aria-checked')])).toEqual([
    ['English', 'en', 'true'],
    ['Deutsch', 'de', 'false'],
  ]);
  await user.click(screen.getByRole('menuitemradio', { name: 'Deutsch' }));
  expect(document.cookie).toContain(`${LOCALE_COOKIE}=de`);
  expect(router.refresh).toHaveBeenCalledTimes(1);
});

it('signs out', async () => {
  const { user } = renderScreen(<AccountMenu email={EMAIL} entries={ENTRIES} />, { locale: 'de' });
  await user.click(screen.getByRole('button', { name: 'Konto' }));
  await user.click(screen.getByRole('menuitem', { name: 'Abmelden' }));
  expect(signOut).toHaveBeenCalledTimes(1);
});

it('turns light and dark', async () => {
  const { user } = renderScreen(<AccountMenu email={EMAIL} entries={ENTRIES} />);
  await user.click(screen.getByRole('button', { name: 'Account' }));
  await user.click(screen.getByRole('menuitem', { name: /Light or dark/ }));
  expect(document.documentElement.dataset.theme).toBe('dark');
  await user.click(screen.getByRole('button', { name: 'Account' }));
  await user.click(screen.getByRole('menuitem', { name: /Light or dark/ }));
  expect(document.documentElement.dataset.theme).toBeUndefined();
});
