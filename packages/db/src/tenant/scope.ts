import type { Database } from '../prisma.ts';
import { type ApiKeys, apiKeyStore } from './api-key.ts';
import { type AuditLog, auditLog } from './audit-log.ts';
import { type Goals, goalStore } from './goal.ts';
import { type Invitations, invitationStore } from './invitation.ts';
import { type Members, memberStore } from './member.ts';
import { type Removals, removalStore } from './removal.ts';
import { type Sites, siteStore } from './site.ts';
import { type OfTenant, tenantTransaction } from './transaction.ts';

/** Everything that belongs to one tenant. */
export type TenantScope = {
  tenantId: string;
  sites: Sites;
  goals: Goals;
  apiKeys: ApiKeys;
  removals: Removals;
  members: Members;
  invitations: Invitations;
  audit: AuditLog;
};

/**
 * The one way to what tenants own: every query behind it carries the tenant, which comes from a session or an API key
 * and never from what a request says. Its transactions name the tenant, too: row-level security holds where a query forgets it.
 */
export function inTenant(db: Database, tenantId: string): TenantScope {
  const scope: OfTenant = { tenantId, run: (work) => tenantTransaction(db, tenantId, work) };
  return {
    tenantId,
    sites: siteStore(scope),
    goals: goalStore(scope),
    apiKeys: apiKeyStore(scope),
    removals: removalStore(scope),
    members: memberStore(scope),
    invitations: invitationStore(scope),
    audit: auditLog(scope),
  };
}
