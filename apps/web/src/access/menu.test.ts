import { describe, expect, it } from 'vitest';
import { buildMenus } from './menu.ts';

const addressesFor = (role: 'owner' | 'editor' | 'billing' | 'viewer', sites: 'all' | string[] = 'all') => {
  const { account, sites: switcher } = buildMenus({ role, sites });
  return { account: account.map(({ address }) => address), switcher: switcher.map(({ address }) => address) };
};

describe('the menus', () => {
  it('have all for an owner, what is of the site first', () => {
    expect(addressesFor('owner')).toEqual({
      account: ['/sites/[id]/health', '/sites/[id]/settings', '/sites/new'],
      switcher: ['/sites/new'],
    });
  });

  it.each(['editor', 'viewer'] as const)('have for %s what does not answer 403', (role) => {
    expect(addressesFor(role)).toEqual({ account: ['/sites/[id]/health'], switcher: [] });
  });

  it('have nothing for billing, to whom all of a site answers 403', () => {
    expect(addressesFor('billing')).toEqual({ account: [], switcher: [] });
  });

  it('leave out what a limit to some sites takes away', () => {
    expect(addressesFor('owner', ['site_1'])).toEqual({
      account: ['/sites/[id]/health', '/sites/[id]/settings'],
      switcher: [],
    });
  });
});
