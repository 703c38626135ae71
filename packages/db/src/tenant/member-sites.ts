import { controlFailure } from '../errors.ts';
import type { Transaction } from './transaction.ts';

/** The sites that a member has: `all`, or these and no others. */
export type MemberSites = 'all' | readonly string[];

/**
 * The sites of a limited member, each once.
 * @throws Failure `unknown_site` when one is not the tenant's, or there is none
 */
export async function checkMemberSites(
  transaction: Transaction,
  tenantId: string,
  sites: readonly string[],
): Promise<string[]> {
  const ids = [...new Set(sites)];
  const known = await transaction.site.findMany({
    where: { tenantId, id: { in: ids }, deletedAt: null },
    select: { id: true },
  });
  const unknown = ids.find((id) => !known.some((site) => site.id === id));
  if (unknown === undefined && ids.length > 0) return ids;
  const message =
    unknown === undefined
      ? 'a member who is limited to some sites needs one at least'
      : `the tenant has no site ${JSON.stringify(unknown)}`;
  throw controlFailure('unknown_site', message, { where: 'sites' });
}
