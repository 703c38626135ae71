import { controlFailure } from '../errors.ts';
import type { Transaction } from './transaction.ts';

/**
 * Makes sure that no site of the tenant has a domain already, as its first or another. The transaction holds the tenant, so that two who
 * ask take their turns; see limit.ts.
 * @throws Failure `domain_taken`
 */
export async function requireFreeDomain(
  transaction: Transaction,
  { tenantId, domain }: { tenantId: string; domain: string },
): Promise<void> {
  const live = { tenantId, deletedAt: null };
  const first = await transaction.site.count({ where: { ...live, domain } });
  const further = await transaction.siteDomain.count({ where: { domain, site: live } });
  if (first + further === 0) return;
  throw controlFailure('domain_taken', `${domain} is one of your sites already`, {
    where: 'domain',
    values: { domain },
  });
}
