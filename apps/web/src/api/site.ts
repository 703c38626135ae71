import { isForeignSite, type Site } from '@footfall/db/tenant/site';
import { services } from '#runtime/services.ts';
import type { Caller } from './caller.ts';
import { apiFailure } from './errors.ts';

/**
 * The caller's site by id, site key or domain, if they may do there what the route does.
 * @throws Failure `invalid_site_id`, `forbidden` for another tenant's id or key and for a site that an API key does not open, `unknown_site`
 */
export async function requireSite({ tenant, apiKeyId, mayAt }: Caller, reference: unknown): Promise<Site> {
  if (typeof reference !== 'string' || reference === '') {
    const message = 'site_id must be the id, the site key or the domain of a site';
    throw apiFailure('invalid_site_id', message, { where: 'site_id' });
  }
  const site = await tenant.sites.find(reference);
  if (site !== null && mayAt(site.id)) return site;
  // Whoever has a key of the tenant's may know which sites it has.
  if (site !== null && apiKeyId !== null)
    throw apiFailure('forbidden', 'this API key is limited to other sites', { where: 'site_id' });
  const message = `${JSON.stringify(reference)} is none of your sites`;
  const code = (await isForeignSite(services().database, reference)) ? 'forbidden' : 'unknown_site';
  throw apiFailure(code, message, { where: 'site_id' });
}

/** Which site a body asks for. */
export const readSiteId = (body: unknown): unknown => (body as { site_id?: unknown } | null)?.site_id;
