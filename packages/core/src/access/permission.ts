import type { Role } from './role.ts';

/** `impersonating`: staff may only while they act for a tenant, with its banner, a reason and an audit entry. */
export type Grant = 'yes' | 'impersonating';

export type PermissionRow = {
  /** What an action concerns: one site, a whole tenant, or the platform. */
  of: 'site' | 'tenant' | 'platform';
  /** Who may; a role that is not named may not. */
  grants: Readonly<Partial<Record<Role, Grant>>>;
};

/**
 * What a role may do: the table of the public contract (section 6). Pages, API routes, server actions and menus ask it; an
 * action or a role that is not in it is refused.
 */
export const PERMISSIONS = {
  /** Reports of a site, its exports, its ledger. */
  'reports.read': {
    of: 'site',
    grants: { owner: 'yes', admin: 'yes', editor: 'yes', viewer: 'yes', operator: 'impersonating' },
  },
  /** What is set of a site, to look at: without keys, and without a way to change any of it. */
  'settings.read': {
    of: 'site',
    grants: { owner: 'yes', admin: 'yes', operator: 'impersonating' },
  },
  /** Goals, funnels, segments, dashboards, annotations. */
  'analysis.edit': { of: 'site', grants: { owner: 'yes', admin: 'yes', editor: 'yes' } },
  /** Settings of a site: zone, currency, what is counted, the snippet. */
  'site.configure': { of: 'site', grants: { owner: 'yes', admin: 'yes' } },
  /** Takes out of a site what a sender has put in; it cannot be brought back. */
  'events.remove': { of: 'site', grants: { owner: 'yes', admin: 'yes' } },
  'site.create': { of: 'tenant', grants: { owner: 'yes', admin: 'yes' } },
  /** API keys and embed keys. */
  'keys.manage': { of: 'tenant', grants: { owner: 'yes', admin: 'yes' } },
  'team.manage': { of: 'tenant', grants: { owner: 'yes', admin: 'yes' } },
  'audit.read': { of: 'tenant', grants: { owner: 'yes', admin: 'yes' } },
  /** What the plan of the tenant is, and what is used of it. */
  'account.read': { of: 'tenant', grants: { owner: 'yes', admin: 'yes', billing: 'yes' } },
  /** Plan, invoices and payment of the tenant. */
  'billing.manage': { of: 'tenant', grants: { owner: 'yes', billing: 'yes' } },
  /** Takes away all that the tenant has. */
  'tenant.export': { of: 'tenant', grants: { owner: 'yes' } },
  /** Whether the platform's staff may look at what the tenant sees. */
  'support.rule': { of: 'tenant', grants: { owner: 'yes' } },
  'tenant.transfer': { of: 'tenant', grants: { owner: 'yes' } },
  'tenant.delete': { of: 'tenant', grants: { owner: 'yes' } },
  /** Tenants, jobs, rules, health and mail of the whole installation. */
  'platform.operate': { of: 'platform', grants: { operator: 'yes' } },
  /** Plans, prices and subscriptions of all tenants. */
  'platform.bill': { of: 'platform', grants: { 'billing-admin': 'yes' } },
} as const satisfies Record<string, PermissionRow>;

export type Action = keyof typeof PERMISSIONS;

export const ACTIONS = Object.keys(PERMISSIONS) as Action[];
