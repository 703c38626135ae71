import { Resolver } from 'node:dns/promises';
import type { CheckDomain, CheckRecord, NamedDomain } from '@footfall/db/domain/check';
import type { OutboundFetch } from '@footfall/outbound/fetch';
import { readFirstPage } from './read-page.ts';
import { hasSnippet } from './snippet.ts';

const listKeys = ({ siteKey, formerKeys = [] }: NamedDomain): string[] => [siteKey, ...formerKeys];

/** The record's name before the domain; one of the domain itself will do, too. */
const RECORD_NAME = '_footfall';

/** What a TXT record of the domain says. */
export const domainRecord = ({ siteKey, domain }: NamedDomain): { name: string; value: string } => ({
  name: `${RECORD_NAME}.${domain.replace(/:\d+$/, '')}`,
  value: `footfall-site=${siteKey}`,
});

/** Codes of answers that say that there is no such record; all else says that nobody could be asked. */
const MISSING = new Set(['ENOTFOUND', 'ENODATA']);

function isMissing(error: unknown): boolean {
  return MISSING.has((error as NodeJS.ErrnoException).code ?? '');
}

async function hasRecord(
  resolver: Resolver,
  name: string,
  values: readonly string[],
): Promise<boolean | null> {
  try {
    const records = await resolver.resolveTxt(name);
    return records.some((parts) => values.includes(parts.join('').trim()));
  } catch (error) {
    return isMissing(error) ? false : null;
  }
}

async function findRecord(resolver: Resolver, site: NamedDomain): Promise<boolean | null> {
  const { name } = domainRecord(site);
  const values = listKeys(site).map((siteKey) => domainRecord({ ...site, siteKey }).value);
  const own = await hasRecord(resolver, name, values);
  if (own === true) return true;
  const top = await hasRecord(resolver, name.slice(RECORD_NAME.length + 1), values);
  return top === true || (own === false && top === false) ? top : null;
}

async function findSnippet(fetch: OutboundFetch, site: NamedDomain): Promise<boolean | null> {
  const { domain } = site;
  // A port of a stranger's choice is not asked.
  if (domain.includes(':') || !domain.includes('.')) return null;
  try {
    return hasSnippet(await readFirstPage(domain, fetch), listKeys(site));
  } catch {
    // Away, or not on the public internet: it proves nothing, and takes nothing away.
    return null;
  }
}

/** Asks these servers of DNS, or the system's when there are none. */
function openResolver(servers: readonly string[]): Resolver {
  const resolver = new Resolver({ timeout: 3_000, tries: 2 });
  if (servers.length > 0) resolver.setServers(servers);
  return resolver;
}

/** A check that asks these servers of DNS (`192.0.2.53`, `[2001:db8::53]:53`), or the system's when there are none, and fetches pages so. */
export function domainCheck(servers: readonly string[], fetch: OutboundFetch): CheckDomain {
  const resolver = openResolver(servers);
  return async (site) => {
    const [dns, snippet] = await Promise.all([findRecord(resolver, site), findSnippet(fetch, site)]);
    return { dns, snippet };
  };
}

/** A {@link CheckRecord} that asks these servers of DNS, or the system's when there are none. */
export function recordCheck(servers: readonly string[]): CheckRecord {
  const resolver = openResolver(servers);
  return ({ name, value }) => hasRecord(resolver, name, [value]);
}
