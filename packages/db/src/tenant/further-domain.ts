import { type Actor, auditEntry } from './audit.ts';
import { normaliseDomain, parseDomain } from './domain.ts';
import { requireFreeDomain } from './free-domain.ts';
import { requireRoom } from './limit.ts';
import { requireSite } from './site.ts';
import type { OfTenant } from './transaction.ts';

type Named = { siteId: string; domain: string; actor: Actor };

/**
 * Domains that are a site's own beside its first; see scope.ts. Referrers from there are the site itself, and within the tenant the site is
 * found by them. They say nothing of whose a domain is that another tenant names: docs/decisions/0081.
 */
export type FurtherDomains = {
  /** Throws Failure `invalid_domain`, `domain_taken` (by a site of the tenant), `too_many`, `unknown_site`. */
  add(named: Named): Promise<void>;
  /** Throws Failure `unknown_site`; false when there is no such domain any more. */
  remove(named: Named): Promise<boolean>;
  /** By name. */
  list(siteId: string): Promise<string[]>;
};

async function addDomain({ tenantId, run }: OfTenant, { siteId, domain: text, actor }: Named): Promise<void> {
  const domain = normaliseDomain(text);
  await run(async (transaction) => {
    await requireSite(transaction, { tenantId, siteId });
    const count = () => transaction.siteDomain.count({ where: { siteId } });
    await requireRoom(transaction, { tenantId, thing: 'domains', count });
    await requireFreeDomain(transaction, { tenantId, domain });
    await transaction.siteDomain.create({ data: { siteId, domain } });
    await transaction.auditEntry.create({
      data: auditEntry({
        ...{ tenantId, actor, action: 'site.add_domain', subject: siteId },
        details: { domain },
      }),
    });
  });
}

async function removeDomain(
  { tenantId, run }: OfTenant,
  { siteId, domain: text, actor }: Named,
): Promise<boolean> {
  const domain = parseDomain(text);
  return run(async (transaction) => {
    await requireSite(transaction, { tenantId, siteId });
    if (domain === null) return false;
    const { count } = await transaction.siteDomain.deleteMany({ where: { siteId, domain } });
    if (count === 0) return false;
    await transaction.auditEntry.create({
      data: auditEntry({
        ...{ tenantId, actor, action: 'site.remove_domain', subject: siteId },
        details: { domain },
      }),
    });
    return true;
  });
}

/** The repository of the further domains of one tenant's sites. */
export function furtherDomains(scope: OfTenant): FurtherDomains {
  const { tenantId, run } = scope;
  return {
    add: (named) => addDomain(scope, named),
    remove: (named) => removeDomain(scope, named),
    list: (siteId) =>
      run(async ({ siteDomain }) => {
        const rows = await siteDomain.findMany({
          where: { siteId, site: { tenantId, deletedAt: null } },
          orderBy: { domain: 'asc' },
        });
        return rows.map(({ domain }) => domain);
      }),
  };
}
