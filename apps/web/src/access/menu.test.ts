import { describe, expect, it } from 'vitest';
import { buildMenus } from './menu.ts';

const addressesFor = (role: 'owner' | 'editor' | 'billing' | 'viewer', sites: 'all' | string[] = 'all') => {
  const { account, sites: switcher } = buildMenus({ role, sites });
  return { account: account.map(({ address }) => address), switcher: switcher.map(({ address }) => address) };
};

describe('the menus', () => {
  it('have all for an owner, the settings of the site first', () => {
    expect(addressesFor('owner')).toEqual({
      account: ['/sites/[id]/settings', '/sites/new'],
      switcher: ['/sites/new'],
    });
  });

  it.each(['editor', 'billing', 'viewer'] as const)('have nothing for %s that answers 403', (role) => {
    expect(addressesFor(role)).toEqual({ account: [], switcher: [] });
  });

  it('leave out what a limit to some sites takes away', () => {
    expect(addressesFor('owner', ['site_1'])).toEqual({ account: ['/sites/[id]/settings'], switcher: [] });
  });
});
