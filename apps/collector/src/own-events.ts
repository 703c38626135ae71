import { isHostWithin } from '@footfall/core/host';
import { parseDomain } from '@footfall/db/tenant/domain';
import { LRUCache } from 'lru-cache';

const EVERY_MS = 1_000;
/** Sites that are known to have been noted; one that is forgotten is noted again, which changes nothing. */
const REMEMBERED = 100_000;

type OwnSite = { id: string; domain: string };

/** Whether a page lies on a site's domain, or below it. */
export function isOwnPage(url: string, { domain }: OwnSite): boolean {
  const host = parseDomain(url);
  return host !== null && isHostWithin(host, domain);
}

/**
 * Notes the first event that a site receives from a page of its own domain: whoever names the domain later changes nothing for it. A site is
 * noted once a process, and those of a second together.
 */
export class OwnEvents {
  readonly #record: (siteIds: readonly string[]) => Promise<void>;
  readonly #noted = new LRUCache<string, true>({ max: REMEMBERED });
  readonly #timer: NodeJS.Timeout;
  #waiting = new Set<string>();

  constructor(record: (siteIds: readonly string[]) => Promise<void>) {
    this.#record = record;
    this.#timer = setInterval(() => void this.tell(), EVERY_MS).unref();
  }

  /** A page of a site has sent an event that was taken. */
  note(site: OwnSite, url: string): void {
    if (this.#noted.has(site.id) || !isOwnPage(url, site)) return;
    this.#noted.set(site.id, true);
    this.#waiting.add(site.id);
  }

  /** Tells what was noted since the last time; it is done by itself every second. Never rejects: what cannot be told now is noted again with the next event. */
  async tell(): Promise<void> {
    if (this.#waiting.size === 0) return;
    const told = [...this.#waiting];
    this.#waiting = new Set();
    try {
      await this.#record(told);
    } catch {
      for (const id of told) this.#noted.delete(id);
    }
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.tell();
  }
}
