import type { OpenApiAddress } from '#access/api-routes.ts';
import { findLock } from '#access/lock.ts';
import { findPublicReader, type PublicReader, type PublicSiteAddress } from '#access/public-site.ts';
import { apiFailure, reportsLocked } from './errors.ts';
import { handler } from './respond.ts';

/** The handler of a route below a page that reads a site's reports without a session; 404 where there is no such site. */
export function publicSiteRoute(
  _: OpenApiAddress & `${PublicSiteAddress}/${string}`,
  page: PublicSiteAddress,
  handle: (reader: PublicReader) => Promise<Response>,
): () => Promise<Response> {
  return handler(async () => {
    const reader = await findPublicReader(page);
    if (reader === null) throw apiFailure('unknown_site', 'there is nothing at this address');
    const state = await findLock(reader.site.tenantId);
    if (state !== null) throw reportsLocked(state);
    return handle(reader);
  });
}
