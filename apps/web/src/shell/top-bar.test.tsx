import type { TenantRole } from '@footfall/core/access/role';
import { screen } from '@testing-library/react';
import { PathParamsContext } from 'next/dist/shared/lib/hooks-client-context.shared-runtime.js';
import type { ComponentProps } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { renderScreen } from '#ui/screen.fixture.tsx';

vi.mock('#auth/actions.ts', () => ({ signOut: vi.fn() }));
// The session reads cookies and the database; who may what is core's to decide, as there.
vi.mock('#access/session.ts', async () => {
  const { decide } = await import('@footfall/core/access/decide');
  type Ask = Parameters<typeof decide>[0];
  return {
    memberMay: (who: Ask['who'], action: Ask['action'], siteId?: string) =>
      decide({ who, action, siteId }) === 'allowed',
    staffMay: () => false,
  };
});

const { buildMenus } = await import('#access/menu.ts');
const { TopBar } = await import('./top-bar.tsx');

const SITES = [
  { id: 'site_a', domain: 'kiln.example' },
  { id: 'site_b', domain: 'glaze.example' },
];

/** Not of the platform's staff. */
const STRANGER = { user: { staffRole: null } } as const;

type Shown = { role?: TenantRole; id?: string; sites?: typeof SITES; locale?: 'en' | 'de' };

function show(
  { role = 'owner', id, sites = SITES, locale = 'en' }: Shown,
  children?: ComponentProps<'div'>['children'],
) {
  return renderScreen(
    <PathParamsContext value={id === undefined ? {} : { id }}>
      <TopBar
        email="a@kiln.example"
        sites={sites}
        menus={buildMenus({ account: STRANGER, member: { role, sites: 'all', visit: null } })}
      >
        {children}
      </TopBar>
    </PathParamsContext>,
    { locale },
  );
}

const linksOfMenu = () =>
  screen
    .getAllByRole('menuitem')
    .flatMap((item) => (item.hasAttribute('href') ? [item.getAttribute('href')] : []));

const OPEN_SITES = ['/sites/site_a', '/sites/site_b'];
const ADD = '/sites/new';
const HEALTH = '/sites/site_a/health';
const GOALS = '/sites/site_a/goals';
const SETTINGS = '/sites/site_a/settings';
const ACCOUNT = '/account';

/** What each role finds in the two menus of the bar over a page of a site. */
const ROLES: readonly { role: TenantRole; account: string[]; switcher: string[] }[] = [
  {
    role: 'owner',
    account: [
      HEALTH,
      GOALS,
      SETTINGS,
      '/sites',
      ADD,
      '/team',
      '/keys',
      '/billing',
      '/webhooks',
      '/audit',
      ACCOUNT,
    ],
    switcher: [...OPEN_SITES, ADD],
  },
  {
    role: 'admin',
    account: [HEALTH, GOALS, SETTINGS, '/sites', ADD, '/team', '/keys', '/webhooks', '/audit', ACCOUNT],
    switcher: [...OPEN_SITES, ADD],
  },
  // Neither settings nor new sites are theirs.
  { role: 'editor', account: [HEALTH, GOALS, ACCOUNT], switcher: OPEN_SITES },
  { role: 'viewer', account: [HEALTH, ACCOUNT], switcher: OPEN_SITES },
  { role: 'billing', account: ['/billing', ACCOUNT], switcher: OPEN_SITES },
];

describe('the bar over a page of a site', () => {
  it.each(ROLES)('has for $role in the menu of the account what they may open', async ({ role, account }) => {
    const { user } = show({ role, id: 'site_a' });
    await user.click(screen.getByRole('button', { name: 'Account' }));
    expect(linksOfMenu()).toEqual(account);
    // Whatever the role: their look, their language and the way out.
    expect(screen.getByRole('menuitem', { name: 'Sign out' })).toBeTruthy();
    expect(screen.getAllByRole('menuitemradio')).toHaveLength(2);
  });

  it.each(ROLES)('has for $role in the menu of sites what they may open', async ({ role, switcher }) => {
    const { user } = show({ role, id: 'site_a' });
    await user.click(screen.getByRole('button', { name: 'Site kiln.example' }));
    expect(linksOfMenu()).toEqual(switcher);
    expect(screen.queryAllByRole('separator')).toHaveLength(switcher.includes(ADD) ? 1 : 0);
  });

  it('marks the site that the page is about', async () => {
    const { user } = show({ id: 'site_b' });
    await user.click(screen.getByRole('button', { name: 'Site glaze.example' }));
    expect(screen.getByRole('menuitem', { current: 'page' }).getAttribute('href')).toBe('/sites/site_b');
  });

  it.each([
    ['en', 'Site kiln.example', 'Add a site'],
    ['de', 'Shop kiln.example', 'Shop hinzufügen'],
  ] as const)('is opened and walked by the keyboard in %s', async (locale, button, last) => {
    const { user } = show({ id: 'site_a', locale });
    screen.getByRole('button', { name: button }).focus();
    await user.keyboard('{ArrowDown}{End}');
    expect(document.activeElement?.textContent).toBe(last);
    await user.keyboard('{Escape}');
    expect(document.activeElement).toBe(screen.getByRole('button', { name: button }));
  });

  it('cuts a domain that is longer than the bar, and still says it whole', () => {
    const domain = `${'very-long.'.repeat(20)}example`;
    show({ id: 'site_a', sites: [{ id: 'site_a', domain }] });
    expect(screen.getByRole('button', { name: `Site ${domain}` })).toBeTruthy();
    expect(screen.getByText(domain).className).toContain('truncate');
  });

  it('holds what can be chosen on the page', () => {
    show({ id: 'site_a' }, <button type="button">Last 7 days</button>);
    expect(screen.getByRole('banner').textContent).toContain('Last 7 days');
  });
});

describe('the bar over a page of no site', () => {
  it.each([
    { why: 'the address names none', id: undefined },
    // Another tenant's, or one that was deleted: the bar must not name it.
    { why: 'the address names one that is not theirs', id: 'site_z' },
  ])('has no menu of sites where $why', async ({ id }) => {
    const { user } = id === undefined ? show({}) : show({ id });
    expect(screen.getAllByRole('button').map((button) => button.getAttribute('aria-label'))).toEqual([
      'Account',
    ]);
    await user.click(screen.getByRole('button', { name: 'Account' }));
    expect(linksOfMenu()).toEqual([
      '/sites',
      ADD,
      '/team',
      '/keys',
      '/billing',
      '/webhooks',
      '/audit',
      ACCOUNT,
    ]);
  });

  it('says the name of the portal, which the site’s stands for elsewhere', () => {
    show({});
    expect(screen.getByRole('link', { name: 'Footfall' }).querySelector('.sr-only')).toBeNull();
    expect(screen.getByRole('link', { name: 'Footfall' }).getAttribute('href')).toBe('/');
  });
});
