import type { Pool } from '@footfall/postgres/pool';
import { isId } from '../id.ts';
import { parseDomain } from '../tenant/domain.ts';
import type { Site } from '../tenant/site.ts';
import { ChangeListener } from './change-listener.ts';
import { DEFAULT_TTL, Directory, type DirectoryTtl, resolveTtl } from './directory.ts';

const SITE = `
SELECT id, tenant_id AS "tenantId", site_key AS "siteKey", domain, timezone, currency, enabled,
  allowed_origins AS "allowedOrigins", blocked_ips AS "blockedIps", blocked_countries AS "blockedCountries",
  blocked_pages AS "blockedPages", excluded_hostnames AS "excludedHostnames", kept_params AS "keptParams", retention_days AS "retentionDays", generation,
  next_generation AS "nextGeneration", next_timezone AS "nextTimezone"
FROM site`;
const FIND = `${SITE} WHERE id = $1 OR site_key = $1`;
// Two are enough to know that it is not clear which one is meant.
const BY_DOMAIN = `${SITE} WHERE domain = $1 LIMIT 2`;
const BY_DOMAIN_OF_TENANT = `${SITE} WHERE domain = $1 AND tenant_id = $2`;
const BY_TENANT = `${SITE} WHERE tenant_id = $1 LIMIT 2`;

const FIELDS: Readonly<Record<keyof Site, true>> = {
  id: true,
  tenantId: true,
  siteKey: true,
  domain: true,
  timezone: true,
  currency: true,
  enabled: true,
  allowedOrigins: true,
  blockedIps: true,
  blockedCountries: true,
  blockedPages: true,
  excludedHostnames: true,
  keptParams: true,
  retentionDays: true,
  generation: true,
  nextGeneration: true,
  nextTimezone: true,
};

/** What a key of the directory of domains asks for: `shop.example`, `shop.example tenant_1`, ` tenant_1`. */
function askFor(key: string) {
  const [domain = '', tenantId] = key.split(' ', 2);
  if (tenantId === undefined) return { name: 'find-domain', text: BY_DOMAIN, values: [domain] };
  return domain === ''
    ? { name: 'find-only-site', text: BY_TENANT, values: [tenantId] }
    : { name: 'find-own-domain', text: BY_DOMAIN_OF_TENANT, values: [domain, tenantId] };
}

async function findOnlySite(pool: Pool, key: string): Promise<Site | null> {
  const { rows } = await pool.query<Site>(askFor(key));
  return rows.length === 1 ? (rows[0] ?? null) : null;
}

/** Sites by id, site key or domain, from memory; a change is heard at once, or after the time to live when the listener is cut off. */
export class SiteDirectory {
  readonly #sites: Directory<Site>;
  readonly #domains: Directory<Site>;
  readonly #changes: ChangeListener;

  constructor(pool: Pool, configured: DirectoryTtl = DEFAULT_TTL) {
    const ttl = resolveTtl(configured);
    this.#sites = new Directory<Site>({
      find: async (reference) =>
        (await pool.query<Site>({ name: 'find-site', text: FIND, values: [reference] })).rows[0] ?? null,
      fields: FIELDS,
      ttl,
      max: 200_000,
    });
    this.#domains = new Directory<Site>({
      find: (domain) => findOnlySite(pool, domain),
      fields: FIELDS,
      ttl,
      max: 20_000,
    });
    this.#changes = new ChangeListener(pool, {
      channel: 'site_changed',
      onChange: (payload) => this.#forget(payload),
      onHearing: () => this.#forgetAll(),
    });
  }

  /** The site of an id or site key, or null. Rejects only when the database is away and nothing is known. */
  async find(reference: string): Promise<Site | null> {
    return isId(reference) ? this.#sites.get(reference) : null;
  }

  /**
   * The site of a domain, however it is written, or null: also when several tenants have it, since what is meant for one must not
   * reach another. Rejects as {@link find} does.
   */
  async findByDomain(text: string, tenantId?: string): Promise<Site | null> {
    const domain = parseDomain(text);
    if (domain === null) return null;
    return this.#domains.get(tenantId === undefined ? domain : `${domain} ${tenantId}`);
  }

  /** The only site of a tenant, or null when it has none, or several. Rejects as {@link find} does. */
  findOnly(tenantId: string): Promise<Site | null> {
    return this.#domains.get(` ${tenantId}`);
  }

  /** What is known; see {@link Directory.known}. */
  known(max: number): { sites: [string, Site][]; domains: [string, Site][] } {
    return { sites: this.#sites.known(max), domains: this.#domains.known(max) };
  }

  /** Takes what an earlier process knew; see {@link Directory.recall}. */
  recall({ sites, domains }: ReturnType<SiteDirectory['known']>): void {
    this.#sites.recall(sites);
    this.#domains.recall(domains);
  }

  /** Begins to hear of changes; never rejects: while the database is away it tries again. */
  listen(): Promise<void> {
    return this.#changes.start();
  }

  close(): void {
    this.#changes.close();
  }

  #forget(payload: string): void {
    // A change tells no domain: it may have made one clear that was not, or the other way.
    this.#domains.forgetAll();
    try {
      const { id, key } = JSON.parse(payload) as { id: string; key: string };
      for (const reference of [id, key]) this.#sites.forget(reference);
    } catch {
      // Not from the trigger, say an operator's own NOTIFY: whatever it meant, nothing known is sure.
      this.#sites.forgetAll();
    }
  }

  #forgetAll(): void {
    this.#sites.forgetAll();
    this.#domains.forgetAll();
  }
}
