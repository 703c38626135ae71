import { isHostWithin } from '@footfall/core/host';
import type { OwnDomain } from '@footfall/db/domain/proof';
import { parseDomain } from '@footfall/db/tenant/domain';
import { LRUCache } from 'lru-cache';

const EVERY_MS = 1_000;
/** Domains of sites that are known to have been noted; one that is forgotten is noted again, which changes nothing. */
const REMEMBERED = 100_000;

type OwnSite = { id: string; domain: string; furtherDomains?: readonly string[] };

/** The domain of a site that a page lies on or below: the first, or a further one; null: none of them. */
export function ownDomain(url: string, { id, domain, furtherDomains = [] }: OwnSite): OwnDomain | null {
  const host = parseDomain(url);
  if (host === null) return null;
  if (isHostWithin(host, domain)) return { siteId: id, further: null };
  const further = furtherDomains.find((one) => isHostWithin(host, one));
  return further === undefined ? null : { siteId: id, further };
}

const noteKey = ({ siteId, further }: OwnDomain): string =>
  further === null ? siteId : `${siteId} ${further}`;

/**
 * Notes the first event that a site receives from a page of each of its own domains: whoever names the first of them later changes nothing
 * for it, and of a further one its owners see that it sends. A domain is noted once a process, and those of a second together.
 */
export class OwnEvents {
  readonly #record: (seen: readonly OwnDomain[]) => Promise<void>;
  readonly #noted = new LRUCache<string, true>({ max: REMEMBERED });
  readonly #timer: NodeJS.Timeout;
  #waiting = new Map<string, OwnDomain>();

  constructor(record: (seen: readonly OwnDomain[]) => Promise<void>) {
    this.#record = record;
    this.#timer = setInterval(() => void this.tell(), EVERY_MS).unref();
  }

  /** A page of a site has sent an event that was taken. */
  note(site: OwnSite, url: string): void {
    // Most sites have one domain, which is noted: then no address is taken apart.
    if (this.#noted.has(site.id) && (site.furtherDomains ?? []).length === 0) return;
    const own = ownDomain(url, site);
    if (own === null) return;
    const key = noteKey(own);
    if (this.#noted.has(key)) return;
    this.#noted.set(key, true);
    this.#waiting.set(key, own);
  }

  /** Tells what was noted since the last time; it is done by itself every second. Never rejects: what cannot be told now is noted again with the next event. */
  async tell(): Promise<void> {
    if (this.#waiting.size === 0) return;
    const told = this.#waiting;
    this.#waiting = new Map();
    try {
      await this.#record([...told.values()]);
    } catch {
      for (const key of told.keys()) this.#noted.delete(key);
    }
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.tell();
  }
}
