import type { Pool } from '@footfall/postgres/pool';
import { isId } from '../id.ts';
import { parseDomain } from '../tenant/domain.ts';
import type { Site } from '../tenant/site.ts';
import { ChangeListener } from './change-listener.ts';
import { DEFAULT_TTL, Directory, type DirectoryTtl, type Known, resolveTtl } from './directory.ts';

// What takenDays() says in core/site-retention.ts; a test holds the two together. LEAST leaves out what is null.
const TAKEN_DAYS = 'least(retention_days, floor(retention_months * 365.25 / 12)::integer - 2)';
// A tenant that is being deleted, or that a person of staff has stopped, has no site that takes anything.
const COLUMNS = `
id, tenant_id AS "tenantId", site_key AS "siteKey", domain, timezone, currency,
  enabled AND NOT EXISTS (SELECT FROM tenant t WHERE t.id = site.tenant_id AND (t.deletion_asked_at IS NOT NULL OR t.suspended_at IS NOT NULL)) AS enabled,
  allowed_origins AS "allowedOrigins", blocked_ips AS "blockedIps", blocked_countries AS "blockedCountries",
  blocked_pages AS "blockedPages", excluded_hostnames AS "excludedHostnames", kept_params AS "keptParams", ${TAKEN_DAYS} AS "retentionDays",
  retention_months AS "retentionMonths", week_start AS "weekStart", generation,
  next_generation AS "nextGeneration", next_timezone AS "nextTimezone"`;
// Of a deleted site the last column of that name stands: what it was called, not its mark.
const FIND = `
SELECT ${COLUMNS}, coalesce((SELECT d.domain FROM site_deletion d WHERE d.site_id = site.id), domain) AS domain,
  ARRAY(SELECT f.domain FROM site_domain f WHERE f.site_id = site.id ORDER BY 1) AS "furtherDomains",
  CASE WHEN $1 NOT IN (id, site_key) THEN $1 END AS "formerKey" FROM site
WHERE (id = $1 OR site_key = $1 OR id = (SELECT f.site_id FROM former_site_key f WHERE f.site_key = $1 AND f.ends_at > now()))
  AND ($2 OR deleted_at IS NULL)`;
/** Sites that hear of events that were dropped because nobody has proven their domain, at most. */
const MAX_CLAIMANTS = 20;
// OFFSET keeps Postgres from asking for the owner once a row.
const BY_DOMAIN = `
SELECT ${COLUMNS}, id = owner AS "isOwner" FROM site, (SELECT domain_owner($1) AS owner OFFSET 0) o
WHERE domain = $1 ORDER BY id = owner DESC NULLS LAST, created_at LIMIT ${MAX_CLAIMANTS}`;
const BY_DOMAIN_OF_TENANT = `
SELECT ${COLUMNS} FROM site WHERE tenant_id = $2 AND deleted_at IS NULL
  AND (domain = $1 OR id IN (SELECT f.site_id FROM site_domain f WHERE f.domain = $1))
ORDER BY domain = $1 DESC LIMIT 1`;
const BY_TENANT = `SELECT ${COLUMNS} FROM site WHERE tenant_id = $1 AND deleted_at IS NULL LIMIT 2`;

/** Whom a domain means: the site that it belongs to, and without one those that name it. */
type NamedSites = { site: Site | null; claimants: readonly string[] };

/** A site with the further domains that are its own, and the former key of it by which it was named, if any. */
type NamedSite = Site & { furtherDomains: readonly string[]; formerKey: string | null };

const FIELDS: Readonly<Record<keyof NamedSite, true>> = {
  furtherDomains: true,
  formerKey: true,
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
  retentionMonths: true,
  weekStart: true,
  generation: true,
  nextGeneration: true,
  nextTimezone: true,
};

const domainKey = (domain: string, tenantId: string | undefined) =>
  tenantId === undefined ? domain : `${domain} ${tenantId}`;
/** The key of a tenant's only site. */
const onlyKey = (tenantId: string) => ` ${tenantId}`;

/** The site that a domain belongs to; what other tenants claim changes nothing for it. */
async function findOwner(pool: Pool, domain: string): Promise<NamedSites | null> {
  const statement = { name: 'find-domain', text: BY_DOMAIN, values: [domain] };
  const { rows } = await pool.query<Site & { isOwner: boolean | null }>(statement);
  const [first] = rows;
  if (first === undefined) return null;
  const { isOwner, ...site } = first;
  return isOwner === true ? { site, claimants: [] } : { site: null, claimants: rows.map(({ id }) => id) };
}

async function findOfTenant(pool: Pool, domain: string, tenantId: string): Promise<NamedSites | null> {
  const statement =
    domain === ''
      ? { name: 'find-only-site', text: BY_TENANT, values: [tenantId] }
      : { name: 'find-own-domain', text: BY_DOMAIN_OF_TENANT, values: [domain, tenantId] };
  const { rows } = await pool.query<Site>(statement);
  const [site] = rows;
  return site === undefined || rows.length > 1 ? null : { site, claimants: [] };
}

/** Answers a key of the directory of domains: `shop.example`, `shop.example tenant_1`, ` tenant_1`. */
function findNamed(pool: Pool, key: string): Promise<NamedSites | null> {
  const [domain = '', tenantId] = key.split(' ', 2);
  return tenantId === undefined ? findOwner(pool, domain) : findOfTenant(pool, domain, tenantId);
}

type SiteDirectoryOptions = DirectoryTtl & {
  /** Sites that their tenant has deleted, too: what was taken before goes its way until they are emptied. */
  deletedToo?: boolean;
};

/** Sites by id, site key or domain, from memory; a change is heard at once, or after the time to live when the listener is cut off. */
export class SiteDirectory {
  readonly #sites: Directory<NamedSite>;
  readonly #domains: Directory<NamedSites>;
  readonly #changes: ChangeListener;

  constructor(pool: Pool, { deletedToo = false, ...configured }: SiteDirectoryOptions = DEFAULT_TTL) {
    const ttl = resolveTtl(configured);
    this.#sites = new Directory<NamedSite>({
      find: async (reference) =>
        (await pool.query<NamedSite>({ name: 'find-site', text: FIND, values: [reference, deletedToo] }))
          .rows[0] ?? null,
      fields: FIELDS,
      ttl,
      max: 200_000,
    });
    this.#domains = new Directory<NamedSites>({
      find: (key) => findNamed(pool, key),
      fields: { site: true, claimants: true },
      ttl,
      max: 20_000,
    });
    this.#changes = new ChangeListener(pool, {
      channel: 'site_changed',
      onChange: (payload) => this.#forget(payload),
      onHearing: () => this.#forgetAll(),
    });
  }

  /** The site of an id or site key (one that it had before, too, as long as it is taken), or null. Rejects only when the database is away and nothing is known. */
  async find(reference: string): Promise<NamedSite | null> {
    return isId(reference) ? this.#sites.get(reference) : null;
  }

  /**
   * The site of a domain, however it is written: of the tenant, when one is given, else the one that the domain belongs to. Null when there is
   * none, or several have named it and none has proven it. Rejects as {@link find} does.
   */
  async findByDomain(text: string, tenantId?: string): Promise<Site | null> {
    return (await this.#named(text, tenantId))?.site ?? null;
  }

  /** The ids of sites that name a domain which belongs to none of them (20 at most). Rejects as {@link find} does. */
  async findClaimants(text: string): Promise<readonly string[]> {
    return (await this.#named(text))?.claimants ?? [];
  }

  /** The only site of a tenant, or null when it has none, or several. Rejects as {@link find} does. */
  async findOnly(tenantId: string): Promise<Site | null> {
    return (await this.#domains.get(onlyKey(tenantId)))?.site ?? null;
  }

  /** Whether {@link find} has no new question to ask; see {@link Directory.isKnown}. What cannot be a key is known not to be one. */
  isKnown(reference: string): boolean {
    return !isId(reference) || this.#sites.isKnown(reference);
  }

  /** The same of {@link findByDomain}. */
  isDomainKnown(text: string, tenantId?: string): boolean {
    const domain = parseDomain(text);
    return domain === null || this.#domains.isKnown(domainKey(domain, tenantId));
  }

  /** What is known; see {@link Directory.known}. */
  known(max: number): { sites: Known<NamedSite>[]; domains: Known<NamedSites>[] } {
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

  async #named(text: string, tenantId?: string): Promise<NamedSites | null> {
    const domain = parseDomain(text);
    return domain === null ? null : this.#domains.get(domainKey(domain, tenantId));
  }

  #forget(payload: string): void {
    try {
      const { id, key, domain, tenant } = JSON.parse(payload) as Record<
        'id' | 'key' | 'domain' | 'tenant',
        string
      >;
      for (const reference of [id, key]) this.#sites.forget(reference);
      for (const named of [domain, domainKey(domain, tenant), onlyKey(tenant)]) this.#domains.forget(named);
    } catch {
      // Not from the trigger, say an operator's own NOTIFY: whatever it meant, nothing known is sure.
      this.#forgetAll();
    }
  }

  #forgetAll(): void {
    this.#sites.forgetAll();
    this.#domains.forgetAll();
  }
}
