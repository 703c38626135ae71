import { isWithinSites, type Verdict } from './decide.ts';
import { type Action, PERMISSIONS } from './permission.ts';

/** What an API key of a scope may do in the portal's API. Sending events is the collector's to decide. */
export const API_KEY_SCOPES = {
  ingest: [],
  stats: ['reports.read', 'account.read'],
  sites: ['site.create', 'site.configure', 'analysis.edit'],
} as const satisfies Record<string, readonly Action[]>;

export type ApiKeyScope = keyof typeof API_KEY_SCOPES;

/** Every scope, in the order in which they are shown. */
export const SCOPES = Object.keys(API_KEY_SCOPES) as ApiKeyScope[];

/** The scopes of which a key needs one to do this; none: no key may. */
export function scopesThatAllow(action: Action): ApiKeyScope[] {
  return SCOPES.filter((scope) => (API_KEY_SCOPES[scope] as readonly Action[]).includes(action));
}

/** What an API key opens. */
export type KeyRights = { scopes: readonly string[]; sites: 'all' | readonly string[] };

/** May a key do this, at this site? `role`: none of its scopes allows it. `site`: it is limited to other sites. Without a site: anywhere at all. */
export function decideForKey({ scopes, sites }: KeyRights, action: Action, siteId?: string): Verdict {
  const allowing: readonly string[] = scopesThatAllow(action);
  if (!scopes.some((scope) => allowing.includes(scope))) return 'role';
  return isWithinSites(sites, PERMISSIONS[action], siteId) ? 'allowed' : 'site';
}
