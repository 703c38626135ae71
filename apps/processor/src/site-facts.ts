import type { Site } from '@footfall/db/tenant/site';
import type { SiteFacts } from './process-batch.ts';

/** A host of an origin that a site allows: `https://*.shop.example:8443` is `shop.example`. */
const originHost = (origin: string) => origin.replace(/^https?:\/\/(?:\*\.)?/, '').replace(/:\d+$/, '');

type Known = Pick<Site, 'timezone' | 'domain' | 'allowedOrigins'> & { furtherDomains: readonly string[] };

/** What deriving and counting need to know of a site; of one that is gone, UTC and no domains. */
export function siteFacts(site: Known | null): SiteFacts {
  if (site === null) return { zone: 'UTC', domains: [] };
  const { timezone, domain, furtherDomains, allowedOrigins } = site;
  return { zone: timezone, domains: [domain, ...furtherDomains, ...allowedOrigins.map(originHost)] };
}
