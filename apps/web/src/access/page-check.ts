import type { Actor } from '@footfall/db/tenant/audit';
import type { Finding } from '@footfall/site-check/finding';
import { parsePageAddress } from '@footfall/site-check/page-address';
import { tooManyAttempts } from '#auth/errors.ts';
import { services } from '#runtime/services.ts';
import type { Member } from './session.ts';

/** What was found at which page, for the browser. */
export type PageReport = { url: string; findings: readonly Finding[] };

/** Which page of which site; an empty text is its first page. */
type NamedPage = { site: string; page: string };

/**
 * Looks at a page of a shop, for somebody who may set the shop up.
 * @throws Failure `unknown_site`, `foreign_page`, `too_many_attempts`
 */
export async function lookAtPage(
  { tenant }: Member,
  { site, page }: NamedPage,
  actor: Actor,
): Promise<PageReport> {
  const { attempts, checkPage, config } = services();
  const { tenantId } = tenant;
  const sites = await tenant.sites.list();
  const found = sites.find(({ id }) => id === site);
  if (found !== undefined) {
    // Before it is counted and noted: a page of somebody else is not looked at.
    parsePageAddress(page, [found.domain]);
    const wait = await attempts.countPageCheck({ tenantId, siteId: site });
    if (wait > 0) throw tooManyAttempts(wait);
  }
  const { domain, siteKey } = await tenant.sites.beginPageCheck(site, actor);
  const address = parsePageAddress(page, [domain]);
  return checkPage({ owner: tenantId, address, siteKey, collectorUrl: config.collectorUrl, sites });
}
