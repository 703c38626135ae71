import { type ApiKeyScope, SCOPES } from '@footfall/core/access/api-key-scope';
import { checkAll } from '@footfall/core/failure';
import { hashToken } from '../account/secret-token.ts';
import { controlFailure } from '../errors.ts';
import { isId, newApiKey, newId } from '../id.ts';
import { type Actor, auditEntry } from './audit.ts';
import { checkGrace } from './grace.ts';
import { checkKeyName } from './key-name.ts';
import { requireRoom } from './limit.ts';
import { checkMemberSites, type MemberSites } from './member-sites.ts';
import type { OfTenant, Transaction } from './transaction.ts';

export type ListedApiKey = {
  id: string;
  hint: string;
  name: string;
  scopes: readonly string[];
  sites: MemberSites;
  /** Whose it is; null: the tenant's. */
  userId: string | null;
  createdAt: Date;
  expiresAt: Date | null;
  /** The day (UTC) on which it was used last. */
  lastUsedOn: Date | null;
  /** Until when the secret that it had before goes on; null when there is none. */
  previousUntil: Date | null;
};

export type NewApiKey = {
  scopes: readonly string[];
  name?: string | undefined;
  /** All of the tenant's unless given. */
  sites?: MemberSites | undefined;
  /** A text is read by {@link readExpiry}. */
  expiresAt?: Date | string | null | undefined;
  /** Whose it is, a member's: it ends with their membership. The tenant's unless given. */
  userId?: string | undefined;
  actor: Actor;
};

/** The API keys of one tenant; see scope.ts. */
export type ApiKeys = {
  /**
   * The key itself is answered here and never again.
   * @throws Failure `unknown_scope`, `invalid_key_name`, `invalid_expiry`, `unknown_site`, `unknown_member`, `too_many`, `unknown_tenant`
   */
  create(request: NewApiKey): Promise<{ id: string; apiKey: string }>;
  /** Those that were not revoked, newest first; with those that have ended. */
  list(): Promise<ListedApiKey[]>;
  /**
   * Gives a key another secret, answered here and never again. The former one goes on for so many hours, 168 at most, 0: not at all.
   * @throws Failure `unknown_key`, `invalid_grace`
   */
  rotate(id: string, request: { graceHours: number; actor: Actor }): Promise<{ apiKey: string }>;
  /** Answers false when the tenant has no such key. */
  revoke(id: string, actor: Actor): Promise<boolean>;
};

const HINT_LENGTH = 8;
const HOUR_MS = 3_600_000;
/** The furthest end of a key, years: what ends later was mistyped. */
const MAX_YEARS = 10;

function checkScopes(scopes: readonly string[]): ApiKeyScope[] {
  const unknown = scopes.find((scope) => !(SCOPES as readonly string[]).includes(scope));
  if (unknown !== undefined || scopes.length === 0) {
    throw controlFailure(
      'unknown_scope',
      `${JSON.stringify(unknown ?? '')} is not a scope; allowed are ${SCOPES.join(', ')}`,
      { where: 'scopes' },
    );
  }
  return [...new Set(scopes)] as ApiKeyScope[];
}

const invalidExpiry = () =>
  controlFailure('invalid_expiry', `a key ends in the future, in ${MAX_YEARS} years at most`, {
    where: 'expires',
    values: { years: MAX_YEARS },
  });

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/**
 * The end of a key as a text says it: a day, of which it has the whole (UTC), or an instant such as `2027-01-31T18:00:00Z`. Null for an
 * empty one: none.
 * @throws Failure `invalid_expiry`
 */
export function readExpiry(text: string): Date | null {
  if (text === '') return null;
  const at = new Date(DAY.test(text) ? `${text}T23:59:59.999Z` : text);
  if (Number.isNaN(at.getTime())) throw invalidExpiry();
  return at;
}

function checkExpiry(expiresAt: Date | null = null): Date | null {
  if (expiresAt === null) return null;
  const latest = Date.now() + MAX_YEARS * 366 * 24 * HOUR_MS;
  // What is not a time compares with nothing.
  if (expiresAt.getTime() > Date.now() && expiresAt.getTime() <= latest) return expiresAt;
  throw invalidExpiry();
}

const newSecret = (apiKey: string) => ({ hash: hashToken(apiKey), hint: apiKey.slice(0, HINT_LENGTH) });

/** Makes sure that whoever a key is to be of is a member. */
async function checkOwner(
  transaction: Transaction,
  tenantId: string,
  userId: string | undefined,
): Promise<void> {
  if (userId === undefined || (await transaction.membership.count({ where: { tenantId, userId } })) > 0)
    return;
  throw controlFailure('unknown_member', 'nobody of the team has this id', { where: 'member' });
}

async function createApiKey(
  { tenantId, run }: OfTenant,
  request: NewApiKey,
): Promise<{ id: string; apiKey: string }> {
  const [name, scopes, expiresAt] = checkAll(
    () => checkKeyName(request.name ?? ''),
    () => checkScopes(request.scopes),
    () =>
      checkExpiry(typeof request.expiresAt === 'string' ? readExpiry(request.expiresAt) : request.expiresAt),
  );
  const { sites = 'all', userId, actor } = request;
  const [id, apiKey] = [newId('key'), newApiKey()];
  await run(async (transaction) => {
    const count = () => transaction.apiKey.count({ where: { tenantId, revokedAt: null } });
    await requireRoom(transaction, { tenantId, thing: 'apiKeys', count });
    await checkOwner(transaction, tenantId, userId);
    const siteIds = sites === 'all' ? [] : await checkMemberSites(transaction, tenantId, sites);
    const limits = { isLimited: sites !== 'all', siteIds, expiresAt };
    await transaction.apiKey.create({
      data: { id, tenantId, ...newSecret(apiKey), name, scopes, userId: userId ?? null, ...limits },
    });
    const details = {
      scopes,
      ...(name === '' ? {} : { name }),
      ...(sites === 'all' ? {} : { sites: siteIds }),
      ...(expiresAt === null ? {} : { expiresAt }),
      ...(userId === undefined ? {} : { of: userId }),
    };
    await transaction.auditEntry.create({
      data: auditEntry({ tenantId, actor, action: 'api_key.create', subject: id, details }),
    });
  });
  return { id, apiKey };
}

const unknownKey = () =>
  controlFailure('unknown_key', 'there is no such API key, or it was revoked', { where: 'key' });

const ROTATE = `
UPDATE api_key SET hash = $3, hint = $4,
  previous_hash = CASE WHEN $5 > 0 THEN hash END,
  previous_until = CASE WHEN $5 > 0 THEN CURRENT_TIMESTAMP + $5 * interval '1 hour' END
WHERE id = $1 AND tenant_id = $2 AND revoked_at IS NULL`;

async function rotateApiKey(
  { tenantId, run }: OfTenant,
  id: string,
  request: { graceHours: number; actor: Actor },
): Promise<{ apiKey: string }> {
  const graceHours = checkGrace(request.graceHours);
  const apiKey = newApiKey();
  const { hash, hint } = newSecret(apiKey);
  await run(async (transaction) => {
    // One statement: two at once would each keep the secret that there was before both.
    const count = await transaction.$executeRawUnsafe(ROTATE, id, tenantId, hash, hint, graceHours);
    if (count === 0) throw unknownKey();
    const { actor } = request;
    await transaction.auditEntry.create({
      data: auditEntry({
        tenantId,
        actor,
        action: 'api_key.rotate',
        subject: id,
        details: { graceHours },
      }),
    });
  });
  return { apiKey };
}

async function revokeApiKey({ tenantId, run }: OfTenant, id: string, actor: Actor): Promise<boolean> {
  return run(async (transaction) => {
    const { count } = await transaction.apiKey.updateMany({
      where: { id, tenantId, revokedAt: null },
      data: { revokedAt: new Date() },
    });
    if (count === 0) return false;
    await transaction.auditEntry.create({
      data: auditEntry({ tenantId, actor, action: 'api_key.revoke', subject: id }),
    });
    return true;
  });
}

const LISTED = {
  id: true,
  hint: true,
  name: true,
  scopes: true,
  isLimited: true,
  siteIds: true,
  userId: true,
  createdAt: true,
  expiresAt: true,
  lastUsedOn: true,
  previousUntil: true,
} as const;

/** The repository of one tenant's API keys. */
export function apiKeyStore(scope: OfTenant): ApiKeys {
  const { tenantId, run } = scope;
  return {
    create: (request) => createApiKey(scope, request),
    list: async () => {
      const where = { tenantId, revokedAt: null };
      const rows = await run(({ apiKey }) =>
        apiKey.findMany({ where, select: LISTED, orderBy: { createdAt: 'desc' } }),
      );
      return rows.map(({ isLimited, siteIds, ...row }) => ({ ...row, sites: isLimited ? siteIds : 'all' }));
    },
    rotate: async (id, request) => {
      if (!isId(id)) throw unknownKey();
      return rotateApiKey(scope, id, request);
    },
    revoke: (id, actor) => revokeApiKey(scope, id, actor),
  };
}
