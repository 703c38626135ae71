import type { Database } from '../prisma.ts';
import { type ApiKeys, apiKeyStore } from './api-key-store.ts';
import { type AuditLog, auditLog } from './audit-log.ts';
import { type AnalysisCopy, type Copied, copyAnalysis } from './copy-analysis.ts';
import { type EmbedKeys, embedKeyStore } from './embed-key.ts';
import { type Funnels, funnelStore } from './funnel.ts';
import { type FurtherDomains, furtherDomains } from './further-domain.ts';
import { type Goals, goalStore } from './goal.ts';
import { type Invitations, invitationStore } from './invitation.ts';
import { type Members, memberStore } from './member.ts';
import { type OwnData, ownData } from './own-data.ts';
import { type Removals, removalStore } from './removal.ts';
import { type Segments, segmentStore } from './segment.ts';
import { type SignOn, signOnStore } from './sign-on.ts';
import { type Sites, siteStore } from './site.ts';
import { type SiteDeletions, siteDeletions } from './site-deletion.ts';
import { type SiteKeys, siteKeyStore } from './site-key.ts';
import { type MoveSite, moveSite } from './site-move.ts';
import { type Support, supportStore } from './support.ts';
import { type TenantDeletion, tenantDeletion } from './tenant-deletion.ts';
import { type OfTenant, tenantTransaction } from './transaction.ts';
import { type Webhooks, webhookStore } from './webhook.ts';

/** Everything that belongs to one tenant. */
export type TenantScope = {
  tenantId: string;
  sites: Sites;
  deletions: SiteDeletions;
  siteKeys: SiteKeys;
  /** Moves a site to another tenant; see site-move.ts. */
  moveSite: MoveSite;
  furtherDomains: FurtherDomains;
  goals: Goals;
  funnels: Funnels;
  segments: Segments;
  /** Copies goals, funnels and segments to another site; see copy-analysis.ts. */
  copyAnalysis(copy: AnalysisCopy): Promise<Copied>;
  apiKeys: ApiKeys;
  embedKeys: EmbedKeys;
  removals: Removals;
  members: Members;
  invitations: Invitations;
  signOn: SignOn;
  webhooks: Webhooks;
  audit: AuditLog;
  deletion: TenantDeletion;
  ownData: OwnData;
  support: Support;
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
    deletions: siteDeletions(scope),
    siteKeys: siteKeyStore(scope),
    moveSite: (move) => moveSite(scope, move),
    furtherDomains: furtherDomains(scope),
    goals: goalStore(scope),
    funnels: funnelStore(scope),
    segments: segmentStore(scope),
    copyAnalysis: (copy) => copyAnalysis(scope, copy),
    apiKeys: apiKeyStore(scope),
    embedKeys: embedKeyStore(scope),
    removals: removalStore(scope),
    members: memberStore(scope),
    invitations: invitationStore(scope),
    signOn: signOnStore(scope),
    webhooks: webhookStore(scope),
    audit: auditLog(scope),
    deletion: tenantDeletion(scope),
    ownData: ownData(scope),
    support: supportStore(scope),
  };
}
