import type { Site } from '@footfall/db/tenant/site';
import type { SiteFacts } from './process-batch.ts';

/** A host of an origin that a site allows: `https://*.shop.example:8443` is `shop.example`. */
const originHost = (origin: string) => origin.replace(/^https?:\/\/(?:\*\.)?/, '').replace(/:\d+$/, '');

/** What deriving and counting need to know of a site; of one that is gone, UTC and no domains. */
export function siteFacts(site: Pick<Site, 'timezone' | 'domain' | 'allowedOrigins'> | null): SiteFacts {
  if (site === null) return { zone: 'UTC', domains: [] };
  return { zone: site.timezone, domains: [site.domain, ...site.allowedOrigins.map(originHost)] };
}
