import { describe, expect, it } from 'vitest';
import { buildMenus } from './menu.ts';

const addressesFor = (role: 'owner' | 'editor' | 'billing' | 'viewer', sites: 'all' | string[] = 'all') => {
  const { account, sites: switcher } = buildMenus({
    account: { user: { staffRole: null } },
    member: { role, sites, visit: null },
  });
  return { account: account.map(({ address }) => address), switcher: switcher.map(({ address }) => address) };
};

describe('the menus', () => {
  it('have all for an owner, what is of the site first', () => {
    expect(addressesFor('owner')).toEqual({
      account: [
        '/sites/[id]/health',
        '/sites/[id]/goals',
        '/sites/[id]/settings',
        '/sites',
        '/sites/new',
        '/team',
        '/keys',
        '/billing',
        '/webhooks',
        '/audit',
        '/account',
      ],
      switcher: ['/sites/new'],
    });
  });

  it.each([
    ['editor', ['/sites/[id]/health', '/sites/[id]/goals', '/account']],
    ['viewer', ['/sites/[id]/health', '/account']],
  ] as const)('have for %s what does not answer 403', (role, account) => {
    expect(addressesFor(role)).toEqual({ account, switcher: [] });
  });

  it('have nothing of a site for billing, to whom all of it answers 403', () => {
    expect(addressesFor('billing')).toEqual({ account: ['/billing', '/account'], switcher: [] });
  });

  it.each([
    [null, ['/account'], []],
    [
      'billing-admin',
      ['/account', '/operator/plans'],
      ['/operator/plans', '/operator/subscriptions', '/operator/coupons'],
    ],
    [
      'operator',
      ['/account', '/operator/tenants'],
      [
        '/operator/health',
        '/operator/tenants',
        '/operator/sites',
        '/operator/jobs',
        '/operator/mail',
        '/operator/settings',
        '/operator/audit',
      ],
    ],
  ] as const)(
    'have for staff (%s) what their role includes, and the account',
    (staffRole, inAccount, operator) => {
      const menus = buildMenus({ account: { user: { staffRole } }, member: null });
      expect(menus.account.map(({ address }) => address)).toEqual(inAccount);
      expect(menus.operator.map(({ address }) => address)).toEqual(operator);
      expect(menus.sites).toEqual([]);
    },
  );

  it('have nothing of the platform for the owner of a team', () => {
    const { operator } = buildMenus({
      account: { user: { staffRole: null } },
      member: { role: 'owner', sites: 'all', visit: null },
    });
    expect(operator).toEqual([]);
  });

  it('leave out what a limit to some sites takes away', () => {
    expect(addressesFor('owner', ['site_1'])).toEqual({
      account: ['/sites/[id]/health', '/sites/[id]/goals', '/sites/[id]/settings', '/account'],
      switcher: [],
    });
  });
});
