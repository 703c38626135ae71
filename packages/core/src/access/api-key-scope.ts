import type { Action } from './permission.ts';

/** What an API key of a scope may do in the portal's API. Sending events is the collector's to decide. */
export const API_KEY_SCOPES = {
  ingest: [],
  stats: ['reports.read', 'account.read'],
} as const satisfies Record<string, readonly Action[]>;

export type ApiKeyScope = keyof typeof API_KEY_SCOPES;

/** The scopes of which a key needs one to do this; none: no key may. */
export function scopesThatAllow(action: Action): ApiKeyScope[] {
  const scopes = Object.keys(API_KEY_SCOPES) as ApiKeyScope[];
  return scopes.filter((scope) => (API_KEY_SCOPES[scope] as readonly Action[]).includes(action));
}
