import { parseDomain } from '@footfall/db/tenant/domain';
import type { Site } from '@footfall/db/tenant/site';
import { services } from '#runtime/services.ts';
import { trackingSnippet } from '#sites/snippet.ts';
import type { Caller } from '../caller.ts';
import { json } from '../respond.ts';
import { requireSite } from '../site.ts';
import { cutPage, readPageQuery } from './cursor-page.ts';
import { readBody } from './fields.ts';
import { isSet, type ManagedSite, readMonths, SITES_API_SCHEMAS } from './schemas.ts';

type OfSite = { params: Promise<{ id: string }> };

const toManaged = (site: Site): ManagedSite => ({
  id: site.id,
  site_key: site.siteKey,
  domain: site.domain,
  timezone: site.timezone,
  currency: site.currency,
  week_start: site.weekStart,
  retention_months: site.retentionMonths,
  enabled: site.enabled,
  snippet: trackingSnippet(site, services().config.collectorUrl),
});

/** `GET /api/v1/sites`: the sites that the key opens, by domain. */
export async function listSites({ tenant, mayAt }: Caller, request: Request): Promise<Response> {
  const asked = readPageQuery(new URL(request.url).searchParams);
  const sites = (await tenant.sites.list()).filter(({ id }) => mayAt(id));
  const { page, meta } = cutPage(sites, ({ domain }) => domain, asked);
  return json({ sites: page.map(toManaged), meta });
}

const isTakenDomain = (error: unknown) => (error as { code?: unknown } | null)?.code === 'domain_taken';

/**
 * `POST /api/v1/sites`: makes a site, or answers the one that the tenant has of this domain, as it is: a program that was cut off asks again.
 */
export async function createSite({ tenant, actor }: Caller, request: Request): Promise<Response> {
  const wanted = await readBody(SITES_API_SCHEMAS.NewSite, request);
  const find = async () => {
    const site = await tenant.sites.find(wanted.domain);
    // By its domain alone: a text may be the id of another.
    return site?.domain === parseDomain(wanted.domain) ? site : null;
  };
  // Before it is made: a tenant that may have no more is told of those that it has.
  const known = await find();
  if (known !== null) return json({ ...toManaged(known), created: false });
  try {
    return json({ ...toManaged(await tenant.sites.create({ ...wanted, actor })), created: true });
  } catch (error) {
    // Somebody else was faster.
    const made = isTakenDomain(error) ? await find() : null;
    if (made === null) throw error;
    return json({ ...toManaged(made), created: false });
  }
}

/** `GET /api/v1/sites/{id}`. */
export async function readSite(caller: Caller, _: Request, { params }: OfSite): Promise<Response> {
  return json(toManaged(await requireSite(caller, (await params).id)));
}

/** `PUT /api/v1/sites/{id}`: changes what is given. */
export async function changeSite(caller: Caller, request: Request, { params }: OfSite): Promise<Response> {
  const { id } = await requireSite(caller, (await params).id);
  const { timezone, currency, ...change } = await readBody(SITES_API_SCHEMAS.SiteChange, request);
  const { tenant, actor } = caller;
  const site = await tenant.sites.update(id, {
    timezone,
    currency,
    weekStart: change.week_start,
    retentionMonths: readMonths(change.retention_months),
    enabled: isSet(change.enabled),
    actor,
  });
  return json(toManaged(site));
}

/** `DELETE /api/v1/sites/{id}`: gone at once; owners bring it back in the portal within a week, then all of it is deleted. */
export async function deleteSite(caller: Caller, _: Request, { params }: OfSite): Promise<Response> {
  const { id, domain } = await requireSite(caller, (await params).id);
  await caller.tenant.deletions.begin({ siteId: id, domain, actor: caller.actor });
  return json({ deleted: true });
}
