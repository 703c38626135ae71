import { isDeepStrictEqual } from 'node:util';
import { checkAll } from '@footfall/core/failure';
import type { IntakeRules } from '@footfall/core/intake-rules';
import type { SiteRetention } from '@footfall/core/site-retention';
import type { WeekStart } from '@footfall/core/zone';
import type { DomainFindings, NamedDomain } from '../domain/check.ts';
import { type DomainState, readDomainState, recordDomainCheck, type Statements } from '../domain/proof.ts';
import { controlFailure } from '../errors.ts';
import { isId, newId, newSiteKey } from '../id.ts';
import { type Database, isTaken } from '../prisma.ts';
import { type Actor, auditEntry, changedFields } from './audit.ts';
import { normaliseDomain, parseDomain } from './domain.ts';
import { requireFreeDomain } from './free-domain.ts';
import { nextFor } from './generation.ts';
import { type IntakeLists, parseIntakeLists } from './intake-lists.ts';
import { requireRoom } from './limit.ts';
import {
  longestRetention,
  requireRetention,
  validateCurrency,
  validateTimezone,
  validateWeekStart,
} from './site-fields.ts';
import { findSetup, type SetupChange, type SiteSetup, setUpSite } from './site-setup.ts';
import type { OfTenant, Transaction } from './transaction.ts';

export type Site = {
  id: string;
  tenantId: string;
  siteKey: string;
  domain: string;
  timezone: string;
  currency: string;
  enabled: boolean;
  /** Origins whose pages may send events; none: any. `https://*.shop.example` is all below it. */
  allowedOrigins: readonly string[];
  /** Parameters of page addresses that are stored besides those of campaigns. */
  keptParams: readonly string[];
  /** The day on which weeks begin on its pages. */
  weekStart: WeekStart;
  /** The generation of facts that reports read; it counts by the days of `timezone`. */
  generation: number;
  /** The last number given to a generation that is not in force; it is being made while there is a `nextTimezone`. */
  nextGeneration: number | null;
  /** The zone that history is being counted anew for, if any. */
  nextTimezone: string | null;
} & SiteRetention &
  IntakeRules;

export type NewSite = {
  domain: string;
  timezone?: string | undefined;
  currency?: string | undefined;
  actor: Actor;
};

export type SiteUpdate = {
  timezone?: string | undefined;
  currency?: string | undefined;
  weekStart?: string | undefined;
  /** Months that events are kept for; null: as long as the installation keeps them. */
  retentionMonths?: number | null | undefined;
  /** False: collectors take nothing, and its reports stay. */
  enabled?: boolean | undefined;
  /** Of what collectors take; each list that is given replaces the one there was. */
  intake?: Partial<IntakeLists> | undefined;
  actor: Actor;
};

/** The sites of one tenant; see scope.ts. */
export type Sites = {
  /** @throws Failure `invalid_domain`, `invalid_timezone`, `unknown_currency`, `domain_taken`, `too_many`, `unknown_tenant` */
  create(site: NewSite): Promise<Site>;
  /**
   * Changes what is given and answers the site. Another currency counts at once, so do the rules of what is taken. Another time zone is only wanted by then: it is in
   * force when history has been counted anew (see generation.ts).
   * @throws Failure `invalid_timezone`, `unknown_currency`, `invalid_week_start`, `invalid_retention`, `invalid_rule`, `too_many_rules`, `unknown_site`
   */
  update(id: string, update: SiteUpdate): Promise<Site>;
  /** By domain. */
  list(): Promise<Site[]>;
  /** By id, site key or domain; null when the tenant has none of that name. */
  find(reference: string): Promise<Site | null>;
  /** The most months that the tenant's plan keeps events for; null: it has no limit. */
  longestRetention(): Promise<number | null>;
  /** How a site stands to its domain. */
  domain(id: string): Promise<DomainState>;
  /** Notes that somebody has the domain looked at; answers what to look for, and when that was done last. Throws Failure `unknown_site`. */
  beginDomainCheck(id: string, actor: Actor): Promise<NamedDomain & Pick<DomainState, 'checkedAt'>>;
  /** Notes that somebody has a page of the site looked at; answers the site. Throws Failure `unknown_site`. */
  beginPageCheck(id: string, actor: Actor): Promise<Site>;
  /** How far the setting up of a site has come; null when the tenant has none of this id. */
  findSetup(id: string): Promise<SiteSetup | null>;
  /** Keeps which shop system a site is made with, and which step is next. Throws Failure `unknown_site`. */
  setUp(id: string, change: SetupChange): Promise<void>;
  /** Keeps what was found of a site's domain. Throws Failure `unknown_site`. */
  recordDomainCheck(id: string, findings: DomainFindings): Promise<void>;
};

/** Sites that are not deleted; row-level security hides the others as well. */
const LIVE = { deletedAt: null };

/** Sites of an id or a key, one that they had before too, as long as it is taken. */
const namedBy = (reference: string) => [
  { id: reference },
  { siteKey: reference },
  { formerKeys: { some: { siteKey: reference, endsAt: { gt: new Date() } } } },
];

/** Sites that a text from outside may mean: by id, by key, or by domain however it is written. */
function siteReference(reference: string) {
  const domain = parseDomain(reference);
  return {
    OR: [
      ...(isId(reference) ? namedBy(reference) : []),
      ...(domain === null ? [] : [{ domain }, { furtherDomains: { some: { domain } } }]),
    ],
  };
}

async function createSite({ tenantId, run }: OfTenant, request: NewSite): Promise<Site> {
  const [domain, timezone, currency] = checkAll(
    () => normaliseDomain(request.domain),
    () => validateTimezone(request.timezone ?? 'Etc/UTC'),
    () => validateCurrency(request.currency ?? 'EUR'),
  );
  const id = newId('site');
  try {
    return await run(async (transaction) => {
      const count = () => transaction.site.count({ where: { tenantId, ...LIVE } });
      await requireRoom(transaction, { tenantId, thing: 'sites', count });
      await requireFreeDomain(transaction, { tenantId, domain });
      await transaction.auditEntry.create({
        data: auditEntry({ tenantId, actor: request.actor, action: 'site.create', subject: id }),
      });
      const data = { id, tenantId, siteKey: newSiteKey(), domain, timezone, currency };
      return transaction.site.create({ data });
    });
  } catch (error) {
    if (isTaken(error))
      throw controlFailure('domain_taken', `${domain} is one of your sites already`, {
        where: 'domain',
        values: { domain },
      });
    throw error;
  }
}

const unknownSite = (reference: string) =>
  controlFailure('unknown_site', `there is no site ${JSON.stringify(reference)}`, { where: 'site' });

async function updateSite({ tenantId, run }: OfTenant, siteId: string, update: SiteUpdate): Promise<Site> {
  const [timezone, currency, weekStart, intake] = checkAll(
    () => (update.timezone === undefined ? undefined : validateTimezone(update.timezone)),
    () => (update.currency === undefined ? undefined : validateCurrency(update.currency)),
    () => (update.weekStart === undefined ? undefined : validateWeekStart(update.weekStart)),
    () => parseIntakeLists(update.intake ?? {}),
  );
  if (!isId(siteId)) throw unknownSite(siteId);
  return run(async (transaction) => {
    // What is written depends on what is there: two changes at once take their turns.
    await transaction.$queryRaw`SELECT 1 FROM site WHERE id = ${siteId} AND tenant_id = ${tenantId} FOR UPDATE`;
    const site = await transaction.site.findFirst({ where: { id: siteId, tenantId, ...LIVE } });
    if (site === null) throw unknownSite(siteId);
    const next = nextFor(site, timezone ?? site.nextTimezone ?? site.timezone);
    const wanted = {
      ...next,
      currency: currency ?? site.currency,
      enabled: update.enabled ?? site.enabled,
      weekStart: weekStart ?? site.weekStart,
      retentionMonths: update.retentionMonths === undefined ? site.retentionMonths : update.retentionMonths,
      ...intake,
    };
    const isSame = Object.entries(wanted).every(([field, value]) =>
      isDeepStrictEqual(value, site[field as keyof typeof wanted]),
    );
    if (isSame) return site;
    if (wanted.retentionMonths !== site.retentionMonths)
      await requireRetention(transaction, tenantId, wanted.retentionMonths);
    await transaction.auditEntry.create({
      data: auditEntry({
        tenantId,
        actor: update.actor,
        action: 'site.update',
        subject: siteId,
        details: changedFields(site, wanted),
      }),
    });
    if (
      site.nextTimezone !== null &&
      site.nextGeneration !== null &&
      wanted.nextTimezone !== site.nextTimezone
    )
      await transaction.retiredGeneration.create({ data: { siteId, generation: site.nextGeneration } });
    return transaction.site.update({ where: { id: siteId }, data: wanted });
  });
}

/** Makes sure that a site is a tenant's. Throws Failure `unknown_site`. */
export async function requireSite(
  transaction: Transaction,
  { tenantId, siteId }: { tenantId: string; siteId: string },
): Promise<void> {
  const where = { id: siteId, tenantId, ...LIVE };
  const isThere = isId(siteId) && (await transaction.site.count({ where })) > 0;
  if (!isThere) throw unknownSite(siteId);
}

/** Makes sure that somebody typed the domain of the site, and answers it. Throws Failure `unconfirmed_domain`. */
export async function requireTypedDomain(
  transaction: Transaction,
  siteId: string,
  typed: string,
): Promise<string> {
  const { domain } = await transaction.site.findUniqueOrThrow({ where: { id: siteId } });
  if (parseDomain(typed) === domain) return domain;
  const message = `this is not the domain of the site: ${domain}`;
  throw controlFailure('unconfirmed_domain', message, { where: 'domain', values: { domain } });
}

/** Ids that a message names at most. */
const MAX_NAMED = 5;

/**
 * The site that an operator means, whosever it is: by id, by key, or by domain when one tenant has it.
 * @throws Failure `unknown_site`, `ambiguous_site`
 */
export async function anySite(db: Database, reference: string): Promise<Site> {
  const named = isId(reference) ? await db.site.findFirst({ where: { OR: namedBy(reference) } }) : null;
  if (named !== null) return named;
  const domain = parseDomain(reference);
  const found = domain === null ? [] : await db.site.findMany({ where: { domain }, take: MAX_NAMED });
  const [site, another] = found;
  if (site === undefined) throw unknownSite(reference);
  if (another === undefined) return site;
  const ids = found.map(({ id }) => id).join(', ');
  throw controlFailure(
    'ambiguous_site',
    `several tenants have a site ${JSON.stringify(reference)}: name one by its id, such as ${ids}`,
    { where: 'site' },
  );
}

/** Statements that Prisma cannot say, in a transaction of the tenant. */
const statementsIn =
  (transaction: Transaction): Statements =>
  (text, values) =>
    transaction.$queryRawUnsafe(text, ...values);

type Look = { action: 'site.check_domain' | 'site.check_page'; siteId: string; actor: Actor };

/** Notes that somebody has something of a site looked at, and answers the site. */
async function noteLook(
  transaction: Transaction,
  tenantId: string,
  { action, siteId, actor }: Look,
): Promise<Site> {
  const site = await transaction.site.findFirst({ where: { id: siteId, tenantId, ...LIVE } });
  if (site === null) throw unknownSite(siteId);
  await transaction.auditEntry.create({ data: auditEntry({ tenantId, actor, action, subject: siteId }) });
  return site;
}

async function beginDomainCheck({ tenantId, run }: OfTenant, siteId: string, actor: Actor) {
  return run(async (transaction) => {
    const site = await noteLook(transaction, tenantId, { action: 'site.check_domain', siteId, actor });
    const { checkedAt } = await readDomainState(statementsIn(transaction), siteId);
    const former = await transaction.formerSiteKey.findMany({
      where: { siteId, endsAt: { gt: new Date() } },
      select: { siteKey: true },
    });
    const formerKeys = former.map(({ siteKey }) => siteKey);
    return { domain: site.domain, siteKey: site.siteKey, formerKeys, checkedAt };
  });
}

/** The repository of one tenant's sites. */
export function siteStore(scope: OfTenant): Sites {
  const { tenantId, run } = scope;
  return {
    create: (request) => createSite(scope, request),
    update: (siteId, update) => updateSite(scope, siteId, update),
    list: () =>
      run(({ site }) => site.findMany({ where: { tenantId, ...LIVE }, orderBy: { domain: 'asc' } })),
    longestRetention: () => run((transaction) => longestRetention(transaction, tenantId)),
    domain: (id) => run((transaction) => readDomainState(statementsIn(transaction), id)),
    beginDomainCheck: (id, actor) => beginDomainCheck(scope, id, actor),
    beginPageCheck: (siteId, actor) =>
      run((transaction) => noteLook(transaction, tenantId, { action: 'site.check_page', siteId, actor })),
    recordDomainCheck: (siteId, findings) =>
      run(async (transaction) => {
        await requireSite(transaction, { tenantId, siteId });
        await recordDomainCheck(statementsIn(transaction), siteId, findings);
      }),
    findSetup: (id) => findSetup(scope, id),
    setUp: (id, change) => setUpSite(scope, id, change),
    find: (reference) => {
      const where = { tenantId, ...LIVE, ...siteReference(reference) };
      return run(({ site }) => site.findFirst({ where, orderBy: { createdAt: 'asc' } }));
    },
  };
}

/**
 * Whether any tenant has a site of this id or key: tells "not yours" from "not there". Of a domain nobody is told: which shops are
 * customers is not for strangers to try out.
 */
export async function isForeignSite(db: Database, reference: string): Promise<boolean> {
  if (!isId(reference)) return false;
  const rows = await db.$queryRaw<{ exists: boolean }[]>`SELECT is_site(${reference}::text, NULL) AS exists`;
  return rows[0]?.exists === true;
}
