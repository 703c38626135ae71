import { screen } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { renderScreen } from '#ui/screen.fixture.tsx';
import type { Locale } from '#words/locale.ts';

const checkFurtherDomain = vi.hoisted(() => vi.fn(async () => ({ saved: true })));
vi.mock('./further-domain-actions.ts', () => ({
  addDomain: async () => ({}),
  removeDomain: async () => ({}),
  checkFurtherDomain,
}));

const { FurtherDomains } = await import('./further-domains.tsx');

const record = { name: '_footfall.shop.test', value: 'footfall-site=ff_a' };
const row = { domain: 'shop.test', shown: 'shop.test', record };
const show = (known: { seen: string | null; proven: string | null }, locale: Locale = 'en') =>
  renderScreen(<FurtherDomains siteId="site_a" rows={[{ ...row, ...known }]} />, { locale });

it('a domain waits for its first event, and says which record proves it now', async () => {
  const { user } = show({ seen: null, proven: null });
  expect(screen.getByText('Waiting for the first event of its pages')).toBeTruthy();
  expect(screen.getByText(/TXT record _footfall\.shop\.test with the value footfall-site=ff_a/)).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Check shop.test now' }));
  expect((await screen.findByRole('status')).textContent).toBe('Looked.');
  const [, form] = checkFurtherDomain.mock.lastCall as unknown as [object, FormData];
  expect(Object.fromEntries(form)).toEqual({ site: 'site_a', domain: 'shop.test' });
});

it('one that sends and is proven says since when, and asks for no record', () => {
  show({ seen: '3.11.2026', proven: '4.11.2026' }, 'de');
  expect(screen.getByText('Ihre Seiten senden seit dem 3.11.2026')).toBeTruthy();
  expect(screen.getByText(/sagt seit dem 4\.11\.2026/)).toBeTruthy();
  expect(screen.queryByText(/TXT/)).toBeNull();
});
