import type { TenantRole } from '@footfall/core/access/role';
import type { Pool } from '@footfall/postgres/pool';
import { newSecretToken } from '../account/secret-token.ts';
import type { CheckRecord } from '../domain/check.ts';
import { controlFailure } from '../errors.ts';
import type { Database } from '../prisma.ts';
import { seal, unseal } from '../sealed.ts';
import { type Actor, auditEntry, changedFields } from './audit.ts';
import { parseDomain } from './domain.ts';
import { requireFeature } from './limit.ts';
import { addMember, checkMayAssign, requireAssignable, type TeamActor } from './member.ts';
import { checkMemberSites, type MemberSites } from './member-sites.ts';
import type { OfTenant, Transaction } from './transaction.ts';

/** A tenant's own provider of OpenID Connect, without its secret. */
export type SignOnSettings = {
  issuer: string;
  clientId: string;
  /** What people who come for the first time are, and the sites that they have. */
  role: TenantRole;
  sites: MemberSites;
  /** Whether members with an address of the domains see the tenant by it alone; owners come by any way. */
  isRequired: boolean;
};

/** `clientSecret` is left as it is where it is empty; `secret`, the installation's, seals it. */
export type SignOnChange = TeamActor & {
  settings: Omit<SignOnSettings, 'role'> & { role: string };
  clientSecret: string;
  secret: string;
};

/**
 * How a tenant stands to a domain: nobody has found its record yet (`waiting`), the domain is its own (`own`), or another tenant's, which
 * has proven it before (`other`).
 */
export type SignOnDomainState = {
  domain: string;
  token: string;
  standing: 'waiting' | 'own' | 'other';
  provenAt: Date | null;
  checkedAt: Date | null;
  /** Since when the record is not found any more; the domain is lost a week after it. */
  failingSince: Date | null;
};

/** A tenant's own sign-on; see scope.ts. */
export type SignOn = {
  /** Null: none is set up. */
  read(): Promise<SignOnSettings | null>;
  /** The client's secret, for whoever asks the provider. */
  readSecret(secret: string): Promise<string | null>;
  /** @throws Failure `invalid_client`, `unknown_role`, `role_not_yours_to_give`, `unknown_site` */
  save(change: SignOnChange): Promise<void>;
  remove(actor: Actor): Promise<void>;
  listDomains(): Promise<SignOnDomainState[]>;
  /** @throws Failure `invalid_domain`, `too_many_sign_on_domains` */
  addDomain(text: string, actor: Actor): Promise<void>;
  removeDomain(domain: string, actor: Actor): Promise<void>;
  /** The record that proves a domain, before it is looked for. @throws Failure `unknown_sign_on_domain` */
  beginDomainCheck(domain: string, actor: Actor): Promise<SignOnRecord & { checkedAt: Date | null }>;
  /** Notes whether the record was found; null: nobody could be asked. */
  recordDomainCheck(domain: string, isFound: boolean | null): Promise<void>;
  /** Makes somebody whom the provider vouches for a member, as the settings say; nothing where they are one. False: no sign-on is set up. */
  admit(userId: string, address: string): Promise<boolean>;
};

/** The TXT record of a domain. */
export type SignOnRecord = { name: string; value: string };

// A record that is not found again stands for a week, as those of sites do: it may be in the middle of a move. Where nobody could be
// asked ($3 is null) all stays as it was.
const RECORD = `
UPDATE sign_on_domain SET
  checked_at = now(),
  proven_at = CASE
    WHEN $3::boolean IS NULL THEN proven_at
    WHEN $3::boolean THEN coalesce(proven_at, now())
    WHEN failing_since < now() - interval '7 days' THEN NULL
    ELSE proven_at END,
  failing_since = CASE
    WHEN $3::boolean IS NULL THEN failing_since
    WHEN $3::boolean OR proven_at IS NULL OR failing_since < now() - interval '7 days' THEN NULL
    ELSE coalesce(failing_since, now()) END
WHERE tenant_id = $1 AND domain = $2`;

const DUE = `
SELECT tenant_id AS "tenantId", domain, token FROM sign_on_domain
WHERE (checked_at IS NULL OR checked_at < $1) AND (proven_at IS NOT NULL OR created_at > now() - interval '30 days')
ORDER BY checked_at NULLS FIRST, created_at LIMIT $2`;

const MOST_DOMAINS = 20;
const MOST_TEXT = 500;

/** The record that shows that a domain is a tenant's. */
export const signOnRecord = ({ domain, token }: { domain: string; token: string }): SignOnRecord => ({
  name: `_footfall.${domain}`,
  value: `footfall-sign-on=${token}`,
});

/** The domain of an address as it is kept; null where it has none. */
export const domainOfAddress = (email: string): string | null =>
  parseDomain(email.trim().toLowerCase().split('@').at(-1) ?? '');

/** The tenant that has a domain; null: none has. */
export async function findSignOnTenant(db: Database, domain: string): Promise<string | null> {
  const rows = await db.$queryRaw<{ tenantId: string }[]>`
    SELECT tenant_id AS "tenantId" FROM tenant_of_sign_on_domain(${domain})`;
  return rows[0]?.tenantId ?? null;
}

function checkClient(settings: Pick<SignOnSettings, 'clientId'>, clientSecret: string, isNew: boolean): void {
  const isLong = settings.clientId.length > MOST_TEXT || clientSecret.length > MOST_TEXT;
  const isMissing = settings.clientId.trim() === '' || (isNew && clientSecret === '');
  if (!isLong && !isMissing) return;
  throw controlFailure('invalid_client', 'a client has an id and a secret', { where: 'clientId' });
}

async function save(
  { tenantId, run }: OfTenant,
  { settings, clientSecret, secret, actor, actorRole }: SignOnChange,
): Promise<void> {
  const { issuer, isRequired } = settings;
  const clientId = settings.clientId.trim();
  const role = requireAssignable(actorRole, settings.role);
  // An owner is made by an owner, never by a provider.
  if (role === 'owner') checkMayAssign('admin', role);
  await run(async (transaction) => {
    const before = await transaction.teamSignOn.findUnique({ where: { tenantId } });
    checkClient(settings, clientSecret, before === null);
    if (before === null) await requireFeature(transaction, tenantId, { feature: 'sso', where: 'clientId' });
    const siteIds =
      settings.sites === 'all' ? [] : await checkMemberSites(transaction, tenantId, settings.sites);
    const isLimited = settings.sites !== 'all';
    const after = { issuer, clientId, role, isLimited, siteIds, isRequired };
    const sealedSecret = clientSecret === '' ? {} : { sealedSecret: seal(clientSecret, 'sign_on', secret) };
    await transaction.teamSignOn.upsert({
      where: { tenantId },
      create: { tenantId, ...after, sealedSecret: seal(clientSecret, 'sign_on', secret) },
      update: { ...after, ...sealedSecret },
    });
    const details = { ...changedFields(before ?? {}, after), newSecret: clientSecret !== '' };
    await transaction.auditEntry.create({
      data: auditEntry({ tenantId, actor, action: 'sign_on.save', subject: tenantId, details }),
    });
  });
}

/** Tells of what was added or taken away; nothing where there was nothing to do. */
async function noteIfChanged(
  transaction: Transaction,
  count: number,
  entry: Parameters<typeof auditEntry>[0],
): Promise<void> {
  if (count > 0) await transaction.auditEntry.create({ data: auditEntry(entry) });
}

async function listDomains({ tenantId, run }: OfTenant): Promise<SignOnDomainState[]> {
  return run(async (transaction) => {
    const rows = await transaction.signOnDomain.findMany({
      where: { tenantId },
      orderBy: [{ createdAt: 'asc' }, { domain: 'asc' }],
    });
    const states: SignOnDomainState[] = [];
    for (const { domain, token, provenAt, checkedAt, failingSince } of rows) {
      const [holder] = await transaction.$queryRaw<{ tenantId: string }[]>`
        SELECT tenant_id AS "tenantId" FROM tenant_of_sign_on_domain(${domain})`;
      const isOther = holder !== undefined && holder.tenantId !== tenantId;
      const standing = isOther ? 'other' : provenAt === null ? 'waiting' : 'own';
      states.push({ domain, token, standing, provenAt, checkedAt, failingSince });
    }
    return states;
  });
}

/** A domain that can stand in an address of e-mail. @throws Failure `invalid_domain` */
function requireMailDomain(text: string): string {
  const domain = parseDomain(text);
  if (domain?.includes('.') && !/[:[]/.test(domain)) return domain;
  throw controlFailure('invalid_domain', `${JSON.stringify(text)} is not a domain, such as shop.example`, {
    where: 'domain',
    values: { domain: text },
  });
}

async function addDomain({ tenantId, run }: OfTenant, text: string, actor: Actor): Promise<void> {
  const domain = requireMailDomain(text);
  await run(async (transaction) => {
    await transaction.$queryRaw`SELECT 1 FROM tenant WHERE id = ${tenantId} FOR NO KEY UPDATE`;
    if ((await transaction.signOnDomain.count({ where: { tenantId } })) >= MOST_DOMAINS)
      throw controlFailure('too_many_sign_on_domains', `there are ${MOST_DOMAINS} domains already`, {
        where: 'domain',
        values: { most: MOST_DOMAINS },
      });
    const { count } = await transaction.signOnDomain.createMany({
      data: [{ tenantId, domain, token: newSecretToken() }],
      skipDuplicates: true,
    });
    const entry = { tenantId, actor, action: 'sign_on.add_domain', subject: domain };
    await noteIfChanged(transaction, count, entry);
  });
}

async function beginDomainCheck(
  { tenantId, run }: OfTenant,
  domain: string,
  actor: Actor,
): Promise<SignOnRecord & { checkedAt: Date | null }> {
  return run(async (transaction) => {
    const row = await transaction.signOnDomain.findUnique({
      where: { tenantId_domain: { tenantId, domain } },
    });
    if (row === null)
      throw controlFailure('unknown_sign_on_domain', 'this domain is not there any more', {
        where: 'domain',
      });
    await transaction.auditEntry.create({
      data: auditEntry({ tenantId, actor, action: 'sign_on.check_domain', subject: domain }),
    });
    return { ...signOnRecord(row), checkedAt: row.checkedAt };
  });
}

async function admit({ tenantId, run }: OfTenant, userId: string, address: string): Promise<boolean> {
  return run(async (transaction) => {
    const signOn = await transaction.teamSignOn.findUnique({ where: { tenantId } });
    if (signOn === null) return false;
    const known = await transaction.membership.count({ where: { tenantId, userId } });
    if (known > 0) return true;
    const { role, isLimited, siteIds } = signOn;
    const left = await transaction.site.findMany({
      where: { tenantId, id: { in: siteIds } },
      select: { id: true },
    });
    const sites = isLimited ? left.map(({ id }) => id) : 'all';
    const actor = { id: userId, address };
    await addMember(transaction, tenantId, { userId, role, sites, actor });
    return true;
  });
}

/** The repository of one tenant's sign-on. */
export function signOnStore(scope: OfTenant): SignOn {
  const { tenantId, run } = scope;
  const find = () => run(({ teamSignOn }) => teamSignOn.findUnique({ where: { tenantId } }));
  return {
    read: async () => {
      const row = await find();
      if (row === null) return null;
      const { issuer, clientId, role, isLimited, siteIds, isRequired } = row;
      return { issuer, clientId, role, sites: isLimited ? siteIds : 'all', isRequired };
    },
    readSecret: async (secret) => {
      const row = await find();
      return row === null ? null : unseal(row.sealedSecret, 'sign_on', secret);
    },
    save: (change) => save(scope, change),
    remove: (actor) =>
      run(async (transaction) => {
        const { count } = await transaction.teamSignOn.deleteMany({ where: { tenantId } });
        const entry = { tenantId, actor, action: 'sign_on.remove', subject: tenantId };
        await noteIfChanged(transaction, count, entry);
      }),
    listDomains: () => listDomains(scope),
    addDomain: (text, actor) => addDomain(scope, text, actor),
    removeDomain: (domain, actor) =>
      run(async (transaction) => {
        const { count } = await transaction.signOnDomain.deleteMany({ where: { tenantId, domain } });
        const entry = { tenantId, actor, action: 'sign_on.remove_domain', subject: domain };
        await noteIfChanged(transaction, count, entry);
      }),
    beginDomainCheck: (domain, actor) => beginDomainCheck(scope, domain, actor),
    recordDomainCheck: (domain, isFound) =>
      run(async (transaction) => {
        await transaction.$executeRawUnsafe(RECORD, tenantId, domain, isFound);
      }),
    admit: (userId, address) => admit(scope, userId, address),
  };
}

/** A domain that has been proven, or is to be, and that was not looked at lately. */
type DueDomain = { tenantId: string; domain: string; token: string };

/** Domains are looked at again after this, milliseconds. */
const EVERY_MS = 6 * 3_600_000;

/**
 * Looks again at domains of all tenants, those first that were not looked at for longest; answers how many. `look` finds a record.
 * For whoever sees all tenants.
 */
export async function checkDueDomains(
  pool: Pool,
  look: CheckRecord,
  { limit, signal }: { limit: number; signal: AbortSignal },
): Promise<number> {
  const before = new Date(Date.now() - EVERY_MS);
  const { rows } = await pool.query<DueDomain>(DUE, [before, limit]);
  for (const row of rows) {
    if (signal.aborted) break;
    const isFound = await look(signOnRecord(row));
    await pool.query(RECORD, [row.tenantId, row.domain, isFound]);
  }
  return rows.length;
}
