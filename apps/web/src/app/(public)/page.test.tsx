import type { TenantRole } from '@footfall/core/access/role';
import { screen, within } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { renderScreen } from '#ui/screen.fixture.tsx';
import type { Locale } from '#words/locale.ts';
import { type Namespace, wordsIn } from '#words/words.ts';

const reader = vi.hoisted(() => ({ locale: 'en' as Locale, hasDemo: true }));
// Who asks, and in which language, is the request's to say; there is none here.
vi.mock('#access/page.ts', () => ({ publicPage: (_: string, render: unknown) => render }));
vi.mock('#access/public-site.ts', () => ({ findPublicReader: async () => (reader.hasDemo ? {} : null) }));
vi.mock('next/headers', () => ({ cookies: async () => ({ get: () => undefined }) }));
vi.mock('#words/reader.ts', () => ({
  readerWords: async (namespace: Namespace) => wordsIn(reader.locale, namespace),
}));

const { default: page } = await import('./page.tsx');

const MERCHANT = { user: { staffRole: null }, deleting: [] } as const;

type Context = { account: object | null; member: object | null };
const start = page as unknown as (context: Context) => Promise<React.ReactNode>;

const memberWith = (role: TenantRole, ...ids: string[]): Context => ({
  account: MERCHANT,
  member: { role, sites: 'all', tenant: { sites: { list: async () => ids.map((id) => ({ id })) } } },
});

async function show(locale: Locale) {
  reader.locale = locale;
  return renderScreen(await start({ account: null, member: null }), { locale, path: '/' });
}

beforeEach(() => {
  reader.locale = 'en';
  reader.hasDemo = true;
});

describe('the start for those who are not signed in', () => {
  it.each([
    ['en', 'See what happens in your shop, as it happens.', ['Exact', 'Private', 'Yours']],
    ['de', 'Sehen Sie, was in Ihrem Shop geschieht, während es geschieht.', ['Genau', 'Diskret', 'Ihres']],
  ] as const)('in %s says what this is', async (locale, headline, terms) => {
    await show(locale);
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe(headline);
    expect(screen.getAllByRole('term').map(({ textContent }) => textContent)).toEqual(terms);
    expect(screen.getAllByRole('definition').every(({ textContent }) => textContent !== '')).toBe(true);
  });

  it.each([
    ['en', 'Sign in', 'Create account'],
    ['de', 'Anmelden', 'Konto anlegen'],
  ] as const)('in %s leads to both forms', async (locale, signIn, signUp) => {
    await show(locale);
    const links = (name: string) =>
      screen.getAllByRole('link', { name }).map((link) => link.getAttribute('href'));
    expect(links(signIn)).toEqual(['/sign-in']);
    expect(links(signUp)).toEqual(['/sign-up']);
  });

  it('leads to the demo where there is one', async () => {
    const { unmount } = await show('en');
    const toDemo = () =>
      screen.queryAllByRole('link').filter((link) => link.getAttribute('href') === '/demo').length;
    expect(toDemo()).toBe(3);
    expect(screen.getByRole('img', { name: /overview of the demo shop/ })).toBeTruthy();
    unmount();
    reader.hasDemo = false;
    await show('en');
    expect(toDemo()).toBe(0);
  });

  it('can be read in the other language by the keyboard alone', async () => {
    const { user, router } = await show('en');
    const languages = screen.getByRole('navigation', { name: 'Language' });
    within(languages).getByRole('button', { name: 'Deutsch' }).focus();
    await user.keyboard('{Enter}');
    expect(router.refresh).toHaveBeenCalledTimes(1);
  });
});

describe('the start for those who are signed in', () => {
  it.each([
    { why: 'is their first site', context: memberWith('owner', 'site_b', 'site_a'), to: '/sites/site_b' },
    { why: 'is adding a site where there is none', context: memberWith('admin'), to: '/sites/new' },
    { why: 'is their account where they can add none', context: memberWith('viewer'), to: '/account' },
    {
      why: 'is the plan where they read no reports',
      context: memberWith('billing', 'site_a'),
      to: '/billing',
    },
    {
      why: 'is their account where they are in no team',
      context: { account: MERCHANT, member: null },
      to: '/account',
    },
    {
      why: 'is the tenants where they look after the platform',
      context: { account: { user: { staffRole: 'operator' } }, member: null },
      to: '/operator/tenants',
    },
    {
      why: 'is the plans where they look after bills',
      context: { account: { user: { staffRole: 'billing-admin' } }, member: null },
      to: '/operator/plans',
    },
  ])('$why', async ({ context, to }) => {
    await expect(start(context)).rejects.toMatchObject({ digest: expect.stringContaining(`;${to};`) });
  });
});
