import type { NamedDomain } from '../domain/check.ts';
import { controlFailure } from '../errors.ts';
import { type Actor, auditEntry } from './audit.ts';
import { normaliseDomain, parseDomain } from './domain.ts';
import { requireFreeDomain } from './free-domain.ts';
import { requireRoom } from './limit.ts';
import { requireSite } from './site.ts';
import type { OfTenant } from './transaction.ts';

/** What a tenant knows of a further domain. */
export type FurtherDomainState = {
  domain: string;
  /** When the first event of its pages came with the site's key; null: none yet. */
  seenAt: Date | null;
  /** Since when its record or its page says that it is the site's; null: they do not. */
  provenAt: Date | null;
};

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
  /** With what is known of each, by name. */
  states(siteId: string): Promise<FurtherDomainState[]>;
  /** Notes that somebody has a domain looked at; answers what to look for, and when that was done last. Throws Failure `unknown_site`, `invalid_domain`. */
  beginCheck(named: Named): Promise<NamedDomain & { checkedAt: Date | null }>;
  /** Keeps whether it was found that the domain is the site's. */
  recordCheck(found: Pick<Named, 'siteId' | 'domain'> & { isProven: boolean }): Promise<void>;
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

async function beginCheck(
  { tenantId, run }: OfTenant,
  { siteId, domain: text, actor }: Named,
): Promise<NamedDomain & { checkedAt: Date | null }> {
  const domain = normaliseDomain(text);
  return run(async (transaction) => {
    await requireSite(transaction, { tenantId, siteId });
    const own = await transaction.siteDomain.findUnique({ where: { siteId_domain: { siteId, domain } } });
    if (own === null)
      throw controlFailure('invalid_domain', 'this is not a domain of the site', {
        where: 'domain',
        values: { domain },
      });
    const { siteKey } = await transaction.site.findUniqueOrThrow({ where: { id: siteId } });
    await transaction.auditEntry.create({
      data: auditEntry({
        ...{ tenantId, actor, action: 'site.check_domain', subject: siteId },
        details: { domain },
      }),
    });
    return { domain, siteKey, checkedAt: own.checkedAt };
  });
}

/** The repository of the further domains of one tenant's sites. */
export function furtherDomains(scope: OfTenant): FurtherDomains {
  const { tenantId, run } = scope;
  const states = (siteId: string) =>
    run(({ siteDomain }) =>
      siteDomain.findMany({
        where: { siteId, site: { tenantId, deletedAt: null } },
        orderBy: { domain: 'asc' },
        select: { domain: true, seenAt: true, provenAt: true },
      }),
    );
  return {
    add: (named) => addDomain(scope, named),
    remove: (named) => removeDomain(scope, named),
    list: async (siteId) => (await states(siteId)).map(({ domain }) => domain),
    states,
    beginCheck: (named) => beginCheck(scope, named),
    recordCheck: ({ siteId, domain, isProven }) =>
      run(async ({ siteDomain }) => {
        const where = { siteId, domain, site: { tenantId } };
        await siteDomain.updateMany({ where, data: { checkedAt: new Date() } });
        // A proof that stands keeps its day.
        const changed = isProven ? { ...where, provenAt: null } : where;
        await siteDomain.updateMany({ where: changed, data: { provenAt: isProven ? new Date() : null } });
      }),
  };
}
