import type { Action } from '@footfall/core/access/permission';
import { addressAt } from './address.ts';

/**
 * Who may open something: `everyone`, signed in or not; `account`, whoever is signed in, staff too; `member`, whoever is of a team; or
 * who may do this.
 */
export type Admission = 'everyone' | 'account' | 'member' | Action;

/** The layout that a screen stands in: the folder of its group under `app/`. */
export type LayoutGroup = 'public' | 'account' | 'portal' | 'operator';

/** What a menu calls a screen: a key of the namespace `shell` of words/. */
export type MenuWord =
  | 'dataHealth'
  | 'goals'
  | 'siteSettings'
  | 'addSite'
  | 'sites'
  | 'yourAccount'
  | 'team'
  | 'apiKeys'
  | 'webhooks'
  | 'audit'
  | 'health'
  | 'jobs'
  | 'platformSettings'
  | 'platformAudit'
  | 'tenants'
  | 'mails'
  | 'billing'
  | 'plans'
  | 'subscriptions'
  | 'coupons';

export type Screen = {
  group: LayoutGroup;
  admission: Admission;
  /** The feature that the tenant's plan must include. None yet: plans come with billing. */
  feature: null;
  /** The reports that it shows, by the names that embed tokens and shared links use. */
  reports: readonly 'overview'[];
  /** Its entry in menus; null: it has none. */
  menu: { word: MenuWord; places: readonly ('account' | 'sites' | 'operator')[] } | null;
  /** Not there unless the installation is told to serve it (FOOTFALL_INTERNAL_PAGES). */
  internal?: true;
};

/**
 * Every page of the portal by its address. The proxy, the menus, the helpers that pages are made with (page.ts) and the tests
 * that walk every role over every page are made from it; a test fails when it and the folders under `app/` differ.
 */
export const SCREENS = {
  '/': { group: 'public', admission: 'everyone', feature: null, reports: [], menu: null },
  '/demo': { group: 'public', admission: 'everyone', feature: null, reports: ['overview'], menu: null },
  '/docs': { group: 'public', admission: 'everyone', feature: null, reports: [], menu: null },
  '/docs/[...slug]': { group: 'public', admission: 'everyone', feature: null, reports: [], menu: null },
  '/data-processing': { group: 'public', admission: 'everyone', feature: null, reports: [], menu: null },
  '/pricing': { group: 'public', admission: 'everyone', feature: null, reports: [], menu: null },
  '/data-processing/agreement': {
    group: 'public',
    admission: 'everyone',
    feature: null,
    reports: [],
    menu: null,
  },
  '/sign-in': { group: 'account', admission: 'everyone', feature: null, reports: [], menu: null },
  '/sign-in/second-factor': {
    group: 'account',
    admission: 'everyone',
    feature: null,
    reports: [],
    menu: null,
  },
  '/sign-in/mail': { group: 'account', admission: 'everyone', feature: null, reports: [], menu: null },
  '/sign-in-link': { group: 'account', admission: 'everyone', feature: null, reports: [], menu: null },
  '/invitations/[token]': {
    group: 'account',
    admission: 'everyone',
    feature: null,
    reports: [],
    menu: null,
  },
  '/sign-up': { group: 'account', admission: 'everyone', feature: null, reports: [], menu: null },
  '/forgot-password': { group: 'account', admission: 'everyone', feature: null, reports: [], menu: null },
  '/reset-password': { group: 'account', admission: 'everyone', feature: null, reports: [], menu: null },
  '/change-email': { group: 'account', admission: 'everyone', feature: null, reports: [], menu: null },
  '/verify-email': { group: 'account', admission: 'everyone', feature: null, reports: [], menu: null },
  '/sites/[id]': {
    group: 'portal',
    admission: 'reports.read',
    feature: null,
    reports: ['overview'],
    menu: null,
  },
  '/sites/[id]/health': {
    group: 'portal',
    admission: 'reports.read',
    feature: null,
    reports: [],
    menu: { word: 'dataHealth', places: ['account'] },
  },
  '/sites/[id]/install': {
    group: 'portal',
    admission: 'site.configure',
    feature: null,
    reports: [],
    menu: null,
  },
  '/sites/[id]/goals': {
    group: 'portal',
    admission: 'analysis.edit',
    feature: null,
    reports: [],
    menu: { word: 'goals', places: ['account'] },
  },
  '/sites/[id]/settings': {
    group: 'portal',
    admission: 'settings.read',
    feature: null,
    reports: [],
    menu: { word: 'siteSettings', places: ['account'] },
  },
  '/sites/[id]/settings/remove-events': {
    group: 'portal',
    admission: 'events.remove',
    feature: null,
    reports: [],
    menu: null,
  },
  '/sites/[id]/settings/domains': {
    group: 'portal',
    admission: 'site.configure',
    feature: null,
    reports: [],
    menu: null,
  },
  '/sites/[id]/settings/visitor-data': {
    group: 'portal',
    admission: 'events.remove',
    feature: null,
    reports: [],
    menu: null,
  },
  '/sites/[id]/settings/key': {
    group: 'portal',
    admission: 'site.configure',
    feature: null,
    reports: [],
    menu: null,
  },
  '/sites/[id]/settings/life': {
    group: 'portal',
    admission: 'site.configure',
    feature: null,
    reports: [],
    menu: null,
  },
  '/sites': {
    group: 'portal',
    admission: 'site.create',
    feature: null,
    reports: [],
    menu: { word: 'sites', places: ['account'] },
  },
  '/sites/new': {
    group: 'portal',
    admission: 'site.create',
    feature: null,
    reports: [],
    menu: { word: 'addSite', places: ['account', 'sites'] },
  },
  '/team': {
    group: 'portal',
    admission: 'team.manage',
    feature: null,
    reports: [],
    menu: { word: 'team', places: ['account'] },
  },
  '/keys': {
    group: 'portal',
    admission: 'keys.manage',
    feature: null,
    reports: [],
    menu: { word: 'apiKeys', places: ['account'] },
  },
  '/billing': {
    group: 'portal',
    admission: 'billing.manage',
    feature: null,
    reports: [],
    menu: { word: 'billing', places: ['account'] },
  },
  '/team/delete': {
    group: 'portal',
    admission: 'tenant.delete',
    feature: null,
    reports: [],
    menu: null,
  },
  '/team/deleted': {
    group: 'portal',
    admission: 'account',
    feature: null,
    reports: [],
    menu: null,
  },
  '/team/sign-on': {
    group: 'portal',
    admission: 'team.manage',
    feature: null,
    reports: [],
    menu: null,
  },
  '/webhooks': {
    group: 'portal',
    admission: 'keys.manage',
    feature: null,
    reports: [],
    menu: { word: 'webhooks', places: ['account'] },
  },
  '/audit': {
    group: 'portal',
    admission: 'audit.read',
    feature: null,
    reports: [],
    menu: { word: 'audit', places: ['account'] },
  },
  '/account': {
    group: 'portal',
    admission: 'account',
    feature: null,
    reports: [],
    menu: { word: 'yourAccount', places: ['account'] },
  },
  '/prove': { group: 'portal', admission: 'account', feature: null, reports: [], menu: null },
  '/account/delete': {
    group: 'portal',
    admission: 'account',
    feature: null,
    reports: [],
    menu: null,
  },
  '/operator/health': {
    group: 'operator',
    admission: 'platform.operate',
    feature: null,
    reports: [],
    menu: { word: 'health', places: ['operator'] },
  },
  '/operator/tenants': {
    group: 'operator',
    admission: 'platform.operate',
    feature: null,
    reports: [],
    menu: { word: 'tenants', places: ['operator', 'account'] },
  },
  '/operator/tenants/[tenant]': {
    group: 'operator',
    admission: 'platform.operate',
    feature: null,
    reports: [],
    menu: null,
  },
  '/operator/sites': {
    group: 'operator',
    admission: 'platform.operate',
    feature: null,
    reports: [],
    menu: { word: 'sites', places: ['operator'] },
  },
  '/operator/sites/[site]': {
    group: 'operator',
    admission: 'platform.operate',
    feature: null,
    reports: [],
    menu: null,
  },
  '/operator/jobs': {
    group: 'operator',
    admission: 'platform.operate',
    feature: null,
    reports: [],
    menu: { word: 'jobs', places: ['operator'] },
  },
  '/operator/mail': {
    group: 'operator',
    admission: 'platform.operate',
    feature: null,
    reports: [],
    menu: { word: 'mails', places: ['operator'] },
  },
  '/operator/mail/[mail]': {
    group: 'operator',
    admission: 'platform.operate',
    feature: null,
    reports: [],
    menu: null,
  },
  '/operator/plans': {
    group: 'operator',
    admission: 'platform.bill',
    feature: null,
    reports: [],
    menu: { word: 'plans', places: ['operator', 'account'] },
  },
  '/operator/plans/new': {
    group: 'operator',
    admission: 'platform.bill',
    feature: null,
    reports: [],
    menu: null,
  },
  '/operator/plans/[plan]': {
    group: 'operator',
    admission: 'platform.bill',
    feature: null,
    reports: [],
    menu: null,
  },
  '/operator/subscriptions': {
    group: 'operator',
    admission: 'platform.bill',
    feature: null,
    reports: [],
    menu: { word: 'subscriptions', places: ['operator'] },
  },
  '/operator/subscriptions/[tenant]': {
    group: 'operator',
    admission: 'platform.bill',
    feature: null,
    reports: [],
    menu: null,
  },
  '/operator/coupons': {
    group: 'operator',
    admission: 'platform.bill',
    feature: null,
    reports: [],
    menu: { word: 'coupons', places: ['operator'] },
  },
  '/operator/settings': {
    group: 'operator',
    admission: 'platform.operate',
    feature: null,
    reports: [],
    menu: { word: 'platformSettings', places: ['operator'] },
  },
  '/operator/audit': {
    group: 'operator',
    admission: 'platform.operate',
    feature: null,
    reports: [],
    menu: { word: 'platformAudit', places: ['operator'] },
  },
  '/internal/components': {
    group: 'portal',
    admission: 'member',
    feature: null,
    reports: [],
    menu: null,
    internal: true,
  },
} as const satisfies Record<string, Screen>;

export type Address = keyof typeof SCREENS;

/** Addresses of pages that everyone may open. */
export type PublicAddress = {
  [A in Address]: (typeof SCREENS)[A]['admission'] extends 'everyone' ? A : never;
}[Address];

/** Addresses of pages about one site. */
export type SiteAddress = Extract<Address, `/sites/[id]${string}`>;

/** Addresses of pages that whoever is signed in may open. */
export type AccountAddress = {
  [A in Address]: (typeof SCREENS)[A]['admission'] extends 'account' ? A : never;
}[Address];

/** Addresses of pages of the platform's staff. */
export type StaffAddress = Extract<Address, `/operator/${string}`>;

/** Addresses of all other pages. */
export type MemberAddress = Exclude<Address, PublicAddress | AccountAddress | StaffAddress | SiteAddress>;

export const ADDRESSES = Object.keys(SCREENS) as Address[];

/** The screen at a path; null where there is none. */
export function screenAt(pathname: string): Screen | null {
  const address = addressAt(ADDRESSES, pathname);
  return address === null ? null : SCREENS[address];
}
