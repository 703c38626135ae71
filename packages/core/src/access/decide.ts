import { type Action, PERMISSIONS, type PermissionRow } from './permission.ts';
import type { Role } from './role.ts';

/** Who asks: a person with a role. */
export type Person = {
  role: Role;
  /** The sites that a member is limited to; `all` without a limit. */
  sites: 'all' | readonly string[];
  /** Staff that acts for a tenant at the moment. */
  impersonating?: boolean;
};

/** May this person do this, at this site? Without a site: anywhere at all, as a menu asks. */
export type AccessQuestion = { who: Person; action: Action; siteId?: string | undefined };

/** `role`: the table does not grant it. `site`: the member is limited to other sites. */
export type Verdict = 'allowed' | 'role' | 'site';

/** Whether what an action concerns lies within the sites that somebody is limited to. */
export function isWithinSites(
  sites: Person['sites'],
  row: Pick<PermissionRow, 'of'>,
  siteId: string | undefined,
): boolean {
  if (sites === 'all') return true;
  // What concerns the whole tenant reaches beyond the sites of such a member, or key.
  if (row.of !== 'site') return false;
  return siteId === undefined ? sites.length > 0 : sites.includes(siteId);
}

/**
 * The answer of the table {@link PERMISSIONS} to a question. Whether the plan includes something (plan × state × clock) is
 * another question, asked after this one: it comes with billing, as `entitlement.ts` in this folder.
 */
export function decide({ who, action, siteId }: AccessQuestion): Verdict {
  // A name that came from outside is looked up as an own property: `constructor` is not an action.
  if (!Object.hasOwn(PERMISSIONS, action)) return 'role';
  const row: PermissionRow = PERMISSIONS[action];
  const grant = Object.hasOwn(row.grants, who.role) ? row.grants[who.role] : undefined;
  const isGranted = grant === 'yes' || (grant === 'impersonating' && who.impersonating === true);
  if (!isGranted) return 'role';
  return isWithinSites(who.sites, row, siteId) ? 'allowed' : 'site';
}
