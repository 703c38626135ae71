import { isCurrency } from '@footfall/core/money';
import { isTimeZone } from '@footfall/core/zone';
import { auditEntry } from './audit.ts';
import { domainOf, normaliseDomain } from './domain.ts';
import { controlFailure } from './errors.ts';
import { isId, newId, newSiteKey } from './id.ts';
import { type Database, isTaken } from './prisma.ts';

export type Site = {
  id: string;
  tenantId: string;
  siteKey: string;
  domain: string;
  timezone: string;
  currency: string;
  enabled: boolean;
  allowedOrigins: readonly string[];
  retentionDays: number;
  generation: number;
};

export type NewSite = {
  domain: string;
  timezone?: string | undefined;
  currency?: string | undefined;
  actor: string;
};

/** The sites of one tenant; see scope.ts. */
export type Sites = {
  /** @throws Failure `invalid_domain`, `invalid_timezone`, `unknown_currency`, `domain_taken`, `unknown_tenant` */
  create(site: NewSite): Promise<Site>;
  /** By domain. */
  list(): Promise<Site[]>;
  /** By id, site key or domain; null when the tenant has none of that name. */
  find(reference: string): Promise<Site | null>;
};

/** Sites that a text from outside may mean: by id, by key, or by domain however it is written. */
function siteReference(reference: string) {
  const domain = domainOf(reference);
  return {
    OR: [
      ...(isId(reference) ? [{ id: reference }, { siteKey: reference }] : []),
      ...(domain === null ? [] : [{ domain }]),
    ],
  };
}

/** IANA names only: an offset such as +02:00 knows no summer, and Postgres would read it as west of Greenwich. */
const isZoneName = (timezone: string) => /^[A-Za-z]/.test(timezone) && isTimeZone(timezone);

async function createSite(db: Database, tenantId: string, request: NewSite): Promise<Site> {
  const domain = normaliseDomain(request.domain);
  const timezone = request.timezone ?? 'Etc/UTC';
  if (!isZoneName(timezone)) {
    throw controlFailure(
      'invalid_timezone',
      `${JSON.stringify(timezone)} is no time zone, such as Europe/Berlin`,
      { where: 'timezone' },
    );
  }
  const currency = (request.currency ?? 'EUR').toUpperCase();
  if (!isCurrency(currency)) {
    throw controlFailure(
      'unknown_currency',
      `${JSON.stringify(currency)} is no ISO 4217 currency, such as EUR`,
      { where: 'currency' },
    );
  }
  if ((await db.tenant.count({ where: { id: tenantId } })) === 0) {
    throw controlFailure('unknown_tenant', `there is no tenant ${tenantId}`, { where: 'tenant' });
  }
  const id = newId('site');
  try {
    const [site] = await db.$transaction([
      db.site.create({ data: { id, tenantId, siteKey: newSiteKey(), domain, timezone, currency } }),
      db.auditEntry.create({
        data: auditEntry({ tenantId, actor: request.actor, action: 'site.create', subject: id }),
      }),
    ]);
    return site;
  } catch (error) {
    if (isTaken(error))
      throw controlFailure('domain_taken', `${domain} is one of your sites already`, { where: 'domain' });
    throw error;
  }
}

/** The repository of one tenant's sites. */
export function sitesOf(db: Database, tenantId: string): Sites {
  return {
    create: (request) => createSite(db, tenantId, request),
    list: () => db.site.findMany({ where: { tenantId }, orderBy: { domain: 'asc' } }),
    find: (reference) =>
      db.site.findFirst({ where: { tenantId, ...siteReference(reference) }, orderBy: { createdAt: 'asc' } }),
  };
}

/** Whether any tenant has a site of this id, key or domain: tells "not yours" from "not there". */
export async function siteExists(db: Database, reference: string): Promise<boolean> {
  return (await db.site.count({ where: siteReference(reference) })) > 0;
}
