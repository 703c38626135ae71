import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { API_KEY_SCOPES, decideForKey, SCOPES, scopesThatAllow } from './api-key-scope.ts';
import { decide, type Person } from './decide.ts';
import { ACTIONS, type Action, PERMISSIONS } from './permission.ts';
import { ROLES, type Role, TENANT_ROLES, tenantRole } from './role.ts';

const COLUMNS = ['owner', 'admin', 'editor', 'billing', 'viewer', 'operator', 'billing-admin'] as const;

/** The table of the public contract, section 6, as it is printed there; `imp`: only impersonating. */
const CONTRACT: Readonly<Record<Action, string>> = {
  //                   owner admin editor billing viewer operator billing-admin
  'reports.read': '    yes   yes   yes    no      yes    imp      no',
  'settings.read': '   yes   yes   no     no      no     imp      no',
  'analysis.edit': '   yes   yes   yes    no      no     no       no',
  'site.configure': '  yes   yes   no     no      no     no       no',
  'events.remove': '   yes   yes   no     no      no     no       no',
  'site.create': '     yes   yes   no     no      no     no       no',
  'keys.manage': '     yes   yes   no     no      no     no       no',
  'team.manage': '     yes   yes   no     no      no     no       no',
  'audit.read': '      yes   yes   no     no      no     no       no',
  'account.read': '    yes   yes   no     yes     no     no       no',
  'billing.manage': '  yes   no    no     yes     no     no       no',
  'tenant.export': '   yes   no    no     no      no     no       no',
  'support.rule': '    yes   no    no     no      no     no       no',
  'tenant.transfer': ' yes   no    no     no      no     no       no',
  'tenant.delete': '   yes   no    no     no      no     no       no',
  'platform.operate': 'no    no    no     no      no     yes      no',
  'platform.bill': '   no    no    no     no      no     no       yes',
};

type Cell = { action: Action; role: Role; cell: string };

const CELLS: readonly Cell[] = ACTIONS.flatMap((action) =>
  CONTRACT[action]
    .trim()
    .split(/\s+/)
    .map((cell, index) => ({ action, role: COLUMNS[index] as Role, cell })),
);

const person = (role: Role, more: Partial<Person> = {}): Person => ({ role, sites: 'all', ...more });

describe('the permission table', () => {
  it('has every role and every action of the contract', () => {
    expect([...ROLES]).toEqual([...COLUMNS]);
    expect(Object.keys(CONTRACT)).toEqual(ACTIONS);
    expect(CELLS).toHaveLength(ROLES.length * ACTIONS.length);
  });

  it.each(CELLS)('$role, $action: $cell', ({ action, role, cell }) => {
    expect(decide({ who: person(role), action }) === 'allowed').toBe(cell === 'yes');
    expect(decide({ who: person(role, { impersonating: true }), action }) === 'allowed').toBe(cell !== 'no');
  });

  it('refuses every role and every action that it does not name, whatever they are called', () => {
    const anyName = fc.oneof(
      fc.string(),
      fc.constantFrom('constructor', '__proto__', 'toString', 'hasOwnProperty', ...ROLES, ...ACTIONS),
    );
    const anySites = fc.oneof(fc.constant('all' as const), fc.array(fc.string()));
    fc.assert(
      fc.property(
        anyName,
        anyName,
        anySites,
        fc.boolean(),
        fc.option(fc.string(), { nil: undefined }),
        (role, action, sites, impersonating, siteId) => {
          const isNamed = CELLS.some(
            (row) => row.role === role && row.action === action && row.cell !== 'no',
          );
          fc.pre(!isNamed);
          const who = { role: role as Role, sites, impersonating };
          expect(decide({ who, action: action as Action, siteId })).toBe('role');
        },
      ),
    );
  });

  it('gives staff no action of a tenant, unless it impersonates', () => {
    for (const role of ROLES.filter((one) => !(TENANT_ROLES as readonly Role[]).includes(one)))
      for (const action of ACTIONS.filter((one) => PERMISSIONS[one].of !== 'platform'))
        expect(decide({ who: person(role), action })).toBe('role');
  });
});

describe('a member who is limited to some sites', () => {
  const who = person('admin', { sites: ['site_1'] });

  it('has their rights at these sites and at no other', () => {
    expect(decide({ who, action: 'reports.read', siteId: 'site_1' })).toBe('allowed');
    expect(decide({ who, action: 'reports.read', siteId: 'site_2' })).toBe('site');
    expect(decide({ who, action: 'analysis.edit' })).toBe('allowed');
  });

  it('has none over the whole tenant', () => {
    for (const action of ACTIONS.filter((one) => PERMISSIONS[one].of === 'tenant'))
      expect(decide({ who, action })).not.toBe('allowed');
  });

  it('never has more than without the limit', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ROLES),
        fc.constantFrom(...ACTIONS),
        fc.array(fc.string()),
        fc.option(fc.string(), { nil: undefined }),
        (role, action, sites, siteId) => {
          fc.pre(decide({ who: { role, sites }, action, siteId }) === 'allowed');
          expect(decide({ who: person(role), action, siteId })).toBe('allowed');
        },
      ),
    );
  });

  it('has none when no site is left', () => {
    expect(decide({ who: person('owner', { sites: [] }), action: 'reports.read' })).not.toBe('allowed');
  });
});

describe('a role of a tenant', () => {
  it.each(TENANT_ROLES)('%s is known', (role) => expect(tenantRole(role)).toBe(role));
  it.each(['operator', 'billing-admin', 'Owner', '', 'root'])('%j is not one', (text) =>
    expect(tenantRole(text)).toBeNull(),
  );
});

describe('an API key', () => {
  it('reads reports with the scope stats alone', () => {
    expect(scopesThatAllow('reports.read')).toEqual(['stats']);
  });

  it('makes and changes sites and their goals with the scope sites alone', () => {
    for (const action of ['site.create', 'site.configure', 'analysis.edit'] as const)
      expect(scopesThatAllow(action)).toEqual(['sites']);
  });

  it('does nothing that only people do', () => {
    const granted = SCOPES.flatMap((scope) => [...API_KEY_SCOPES[scope]]);
    expect(new Set(granted)).toEqual(
      new Set(['reports.read', 'account.read', 'site.create', 'site.configure', 'analysis.edit']),
    );
  });

  it.each([
    { scopes: ['stats'], sites: 'all', action: 'reports.read', siteId: 'site_1', verdict: 'allowed' },
    { scopes: ['stats'], sites: ['site_1'], action: 'reports.read', siteId: 'site_1', verdict: 'allowed' },
    { scopes: ['stats'], sites: ['site_1'], action: 'reports.read', siteId: 'site_2', verdict: 'site' },
    { scopes: ['stats'], sites: [], action: 'reports.read', siteId: undefined, verdict: 'site' },
    { scopes: ['sites'], sites: 'all', action: 'site.create', siteId: undefined, verdict: 'allowed' },
    // A site that is made is none of those that the key is limited to.
    { scopes: ['sites'], sites: ['site_1'], action: 'site.create', siteId: undefined, verdict: 'site' },
    { scopes: ['sites'], sites: 'all', action: 'reports.read', siteId: 'site_1', verdict: 'role' },
    {
      scopes: ['constructor', 'SITES'],
      sites: 'all',
      action: 'site.create',
      siteId: 'site_1',
      verdict: 'role',
    },
    { scopes: ['ingest', 'stats', 'sites'], sites: 'all', action: 'keys.manage', verdict: 'role' },
  ] as const)('with $scopes at $sites may $action at $siteId: $verdict', (row) => {
    const siteId = 'siteId' in row ? row.siteId : undefined;
    expect(decideForKey(row, row.action, siteId)).toBe(row.verdict);
  });
});
