import { parseOrigin } from '@footfall/core/embed/origin';
import { EMBED_REPORT_NAMES, findEmbedReport } from '@footfall/core/embed/report';
import { controlFailure } from '../errors.ts';
import { isId, newEmbedSecret, newId } from '../id.ts';
import type { Database } from '../prisma.ts';
import { seal, unseal } from '../sealed.ts';
import { type Actor, auditEntry } from './audit.ts';
import { checkGrace } from './grace.ts';
import { checkKeyName } from './key-name.ts';
import { requireFeature, requireRoom } from './limit.ts';
import { checkMemberSites, type MemberSites } from './member-sites.ts';
import type { OfTenant, Transaction } from './transaction.ts';

/** What a key allows, whatever a token says. */
export type EmbedScope = {
  sites: MemberSites;
  /** Origins whose pages may show it. */
  origins: readonly string[];
  /** Empty: every report. */
  reports: readonly string[];
};

/** Whose key a token names, and what its signature is compared with: the secret of now, and the one before while it goes on. */
export type EmbedKey = EmbedScope & { kid: string; tenantId: string; secrets: readonly string[] };

type FoundRow = {
  tenantId: string;
  isLimited: boolean;
  siteIds: string[];
  origins: string[];
  reports: string[];
  sealedSecret: Uint8Array;
  sealedPrevious: Uint8Array | null;
};

const FIND = `
SELECT tenant_id AS "tenantId", is_limited AS "isLimited", site_ids AS "siteIds", origins, reports,
  sealed_secret AS "sealedSecret", sealed_previous AS "sealedPrevious"
FROM embed_key_of_kid($1)`;

/** The key of an id, whosever it is; null when there is none such, it was revoked, or its tenant is being deleted. */
export async function findEmbedKey(
  db: Database,
  kid: string,
  installationSecret: string,
): Promise<EmbedKey | null> {
  if (!isId(kid)) return null;
  const [row] = await db.$queryRawUnsafe<FoundRow[]>(FIND, kid);
  if (row === undefined) return null;
  const { tenantId, isLimited, siteIds, origins, reports, sealedSecret, sealedPrevious } = row;
  const sealed = sealedPrevious === null ? [sealedSecret] : [sealedSecret, sealedPrevious];
  return {
    kid,
    tenantId,
    sites: isLimited ? siteIds : 'all',
    origins,
    reports,
    secrets: sealed.map((one) => unseal(one, 'embed', installationSecret)),
  };
}

/** Whether some key, whosever it is, names an origin. */
export async function isEmbedOrigin(db: Database, origin: string): Promise<boolean> {
  const rows = await db.$queryRawUnsafe<{ known: boolean }[]>('SELECT is_embed_origin($1) AS known', origin);
  return rows[0]?.known === true;
}

/** What became of a key's questions in the last days. */
export type EmbedUse = { outcome: string; count: number; lastAt: Date };

export type ListedEmbedKey = EmbedScope & {
  kid: string;
  name: string;
  createdAt: Date;
  /** Until when the secret that it had before goes on; null when there is none. */
  previousUntil: Date | null;
  /** Of the last 30 days: `answered`, and refusals by their code. */
  uses: readonly EmbedUse[];
};

export type NewEmbedKey = {
  name?: string | undefined;
  /** All of the tenant's unless given. */
  sites?: MemberSites | undefined;
  origins: readonly string[];
  /** Every one unless given. */
  reports?: readonly string[] | undefined;
  /** The installation's, which seals that of the key. */
  installationSecret: string;
  actor: Actor;
};

type Change = Pick<NewEmbedKey, 'name' | 'sites' | 'origins' | 'reports' | 'actor'>;

/** The embed keys of one tenant; see scope.ts. */
export type EmbedKeys = {
  /**
   * The secret that tokens are signed with is answered here and never again.
   * @throws Failure `invalid_key_name`, `invalid_origin`, `unknown_report`, `unknown_site`, `too_many`,
   *   `plan_feature`, `unknown_tenant`
   */
  create(request: NewEmbedKey): Promise<{ kid: string; secret: string }>;
  /** Those that were not revoked, newest first. */
  list(): Promise<ListedEmbedKey[]>;
  /** Changes what a key allows, at once. Throws Failure as {@link EmbedKeys.create}, and `unknown_key`. */
  update(kid: string, change: Change): Promise<void>;
  /**
   * Gives a key another secret. The former one goes on for so many hours, 168 at most, 0: not at all.
   * @throws Failure `unknown_key`, `invalid_grace`
   */
  rotate(
    kid: string,
    request: { graceHours: number; installationSecret: string; actor: Actor },
  ): Promise<{ secret: string }>;
  /** Answers false when the tenant has no such key. */
  revoke(kid: string, actor: Actor): Promise<boolean>;
};

const MAX_ORIGINS = 20;
const USE_DAYS = 30;

function checkOrigins(texts: readonly string[]): string[] {
  const origins = texts.map((text) => {
    const origin = parseOrigin(text);
    if (origin !== null) return origin;
    const message = `${JSON.stringify(text.slice(0, 100))} is not an origin, such as https://market.example: a scheme and a host, no path, no wildcard; http on localhost alone`;
    throw controlFailure('invalid_origin', message, {
      where: 'origins',
      values: { origin: text.slice(0, 100), most: MAX_ORIGINS },
    });
  });
  const once = [...new Set(origins)];
  if (once.length > 0 && once.length <= MAX_ORIGINS) return once;
  throw controlFailure('invalid_origin', `an embed key has 1 to ${MAX_ORIGINS} origins`, {
    where: 'origins',
    values: { origin: '', most: MAX_ORIGINS },
  });
}

function checkReports(names: readonly string[]): string[] {
  const unknown = names.find((name) => findEmbedReport(name) === undefined);
  if (unknown === undefined) return [...new Set(names)];
  const message = `${JSON.stringify(unknown.slice(0, 100))} is not a report; there are ${EMBED_REPORT_NAMES.join(', ')}`;
  throw controlFailure('unknown_report', message, { where: 'reports' });
}

type Checked = { name: string; origins: string[]; reports: string[] };

const check = ({ name = '', origins, reports = [] }: Omit<Change, 'actor'>): Checked => ({
  name: checkKeyName(name),
  origins: checkOrigins(origins),
  reports: checkReports(reports),
});

const checkSites = async (transaction: Transaction, tenantId: string, sites: MemberSites) => ({
  isLimited: sites !== 'all',
  siteIds: sites === 'all' ? [] : await checkMemberSites(transaction, tenantId, sites),
});

async function create(
  { tenantId, run }: OfTenant,
  { installationSecret, actor, sites = 'all', ...request }: NewEmbedKey,
): Promise<{ kid: string; secret: string }> {
  const checked = check(request);
  const [kid, secret] = [newId('embed'), newEmbedSecret()];
  await run(async (transaction) => {
    await requireFeature(transaction, tenantId, { feature: 'embeds', where: 'origins' });
    const count = () => transaction.embedKey.count({ where: { tenantId, revokedAt: null } });
    await requireRoom(transaction, { tenantId, thing: 'embedKeys', count });
    const limits = await checkSites(transaction, tenantId, sites);
    const sealedSecret = seal(secret, 'embed', installationSecret);
    await transaction.embedKey.create({ data: { kid, tenantId, sealedSecret, ...checked, ...limits } });
    const details = { ...checked, ...limits };
    await transaction.auditEntry.create({
      data: auditEntry({ tenantId, actor, action: 'embed_key.create', subject: kid, details }),
    });
  });
  return { kid, secret };
}

const unknownKey = () =>
  controlFailure('unknown_key', 'there is no such embed key, or it was revoked', { where: 'key' });

async function update(
  { tenantId, run }: OfTenant,
  kid: string,
  { actor, sites = 'all', ...request }: Change,
): Promise<void> {
  const checked = check(request);
  await run(async (transaction) => {
    const data = { ...checked, ...(await checkSites(transaction, tenantId, sites)) };
    const { count } = await transaction.embedKey.updateMany({
      where: { kid, tenantId, revokedAt: null },
      data,
    });
    if (count === 0) throw unknownKey();
    await transaction.auditEntry.create({
      data: auditEntry({ tenantId, actor, action: 'embed_key.update', subject: kid, details: data }),
    });
  });
}

const ROTATE = `
UPDATE embed_key SET sealed_secret = $3,
  sealed_previous = CASE WHEN $4 > 0 THEN sealed_secret END,
  previous_until = CASE WHEN $4 > 0 THEN CURRENT_TIMESTAMP + $4 * interval '1 hour' END
WHERE kid = $1 AND tenant_id = $2 AND revoked_at IS NULL`;

async function rotate(
  { tenantId, run }: OfTenant,
  kid: string,
  request: Parameters<EmbedKeys['rotate']>[1],
): Promise<{ secret: string }> {
  const graceHours = checkGrace(request.graceHours);
  const secret = newEmbedSecret();
  const sealed = seal(secret, 'embed', request.installationSecret);
  await run(async (transaction) => {
    // One statement: two at once would each keep the secret that there was before both.
    const count = await transaction.$executeRawUnsafe(ROTATE, kid, tenantId, sealed, graceHours);
    if (count === 0) throw unknownKey();
    const { actor } = request;
    await transaction.auditEntry.create({
      data: auditEntry({
        tenantId,
        actor,
        action: 'embed_key.rotate',
        subject: kid,
        details: { graceHours },
      }),
    });
  });
  return { secret };
}

async function revoke({ tenantId, run }: OfTenant, kid: string, actor: Actor): Promise<boolean> {
  return run(async (transaction) => {
    const { count } = await transaction.embedKey.updateMany({
      where: { kid, tenantId, revokedAt: null },
      data: { revokedAt: new Date() },
    });
    if (count === 0) return false;
    await transaction.auditEntry.create({
      data: auditEntry({ tenantId, actor, action: 'embed_key.revoke', subject: kid }),
    });
    return true;
  });
}

const LISTED = {
  kid: true,
  name: true,
  isLimited: true,
  siteIds: true,
  origins: true,
  reports: true,
  createdAt: true,
  previousUntil: true,
} as const;

async function list({ tenantId, run }: OfTenant): Promise<ListedEmbedKey[]> {
  const since = new Date(Date.now() - USE_DAYS * 86_400_000);
  const { keys, uses } = await run(async ({ embedKey, embedUse }) => ({
    keys: await embedKey.findMany({
      where: { tenantId, revokedAt: null },
      select: LISTED,
      orderBy: { createdAt: 'desc' },
    }),
    uses: await embedUse.groupBy({
      by: ['kid', 'outcome'],
      where: { tenantId, day: { gte: since } },
      _sum: { count: true },
      _max: { lastAt: true },
    }),
  }));
  const usesOf = Map.groupBy(uses, ({ kid }) => kid);
  return keys.map(({ isLimited, siteIds, ...key }) => ({
    ...key,
    sites: isLimited ? siteIds : 'all',
    uses: (usesOf.get(key.kid) ?? [])
      .map(({ outcome, _sum, _max }) => ({
        outcome,
        count: Number(_sum.count ?? 0),
        lastAt: _max.lastAt ?? key.createdAt,
      }))
      .sort((one, other) => other.count - one.count),
  }));
}

/** The repository of one tenant's embed keys. */
export function embedKeyStore(scope: OfTenant): EmbedKeys {
  return {
    create: (request) => create(scope, request),
    list: () => list(scope),
    update: async (kid, change) => {
      if (!isId(kid)) throw unknownKey();
      return update(scope, kid, change);
    },
    rotate: async (kid, request) => {
      if (!isId(kid)) throw unknownKey();
      return rotate(scope, kid, request);
    },
    revoke: async (kid, actor) => isId(kid) && revoke(scope, kid, actor),
  };
}
