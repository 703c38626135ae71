import type { Database } from '../prisma.ts';
import { type ApiKeys, apiKeysOf } from './api-key.ts';
import { type Goals, goalsOf } from './goal.ts';
import { type Sites, sitesOf } from './site.ts';

/** Everything that belongs to one tenant. */
export type TenantScope = { tenantId: string; sites: Sites; goals: Goals; apiKeys: ApiKeys };

/**
 * The one way to what tenants own: every query behind it carries the tenant, which comes from a session or an API key
 * and never from what a request says.
 */
export function inTenant(db: Database, tenantId: string): TenantScope {
  return {
    tenantId,
    sites: sitesOf(db, tenantId),
    goals: goalsOf(db, tenantId),
    apiKeys: apiKeysOf(db, tenantId),
  };
}
