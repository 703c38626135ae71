import type { CheckDomain, NamedDomain } from '@footfall/db/domain/check';
import { domainRecord } from '@footfall/site-check/domain-check';
import { services } from '#runtime/services.ts';

/** Asks the domain's DNS and its first page whether it is the site's; see domain/check.ts. */
export const lookAtDomain: CheckDomain = (site) => services().checkDomain(site);

/** The TXT record that proves that a domain is a site's. */
export const recordThatProves = (site: NamedDomain): { name: string; value: string } => domainRecord(site);
