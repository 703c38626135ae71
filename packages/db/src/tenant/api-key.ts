import { createHash } from 'node:crypto';
import { controlFailure } from '../errors.ts';
import { newApiKey, newId } from '../id.ts';
import type { Database } from '../prisma.ts';
import { type Actor, auditEntry } from './audit.ts';
import { requireRoom } from './limit.ts';
import type { OfTenant } from './transaction.ts';

export const SCOPES = ['ingest', 'stats'] as const;
export type Scope = (typeof SCOPES)[number];

/** Whose key it is and what it opens. */
export type ApiKey = { id: string; tenantId: string; scopes: readonly Scope[] };

export type ListedApiKey = { id: string; hint: string; scopes: readonly string[]; createdAt: Date };

/** The API keys of one tenant; see scope.ts. */
export type ApiKeys = {
  /** The key itself is answered here and never again. Throws Failure `unknown_scope`, `too_many`, `unknown_tenant`. */
  create(request: { scopes: readonly string[]; actor: Actor }): Promise<{ id: string; apiKey: string }>;
  list(): Promise<ListedApiKey[]>;
  /** Answers false when the tenant has no such key. */
  revoke(id: string, actor: Actor): Promise<boolean>;
};

const HINT_LENGTH = 8;

/** What is stored of a key. It has 256 random bits, so a fast hash is as good as a slow one; passwords are another matter. */
export function hashOfApiKey(apiKey: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(apiKey).digest());
}

function checkScopes(scopes: readonly string[]): Scope[] {
  const unknown = scopes.find((scope) => !(SCOPES as readonly string[]).includes(scope));
  if (unknown !== undefined || scopes.length === 0) {
    throw controlFailure(
      'unknown_scope',
      `${JSON.stringify(unknown ?? '')} is not a scope; allowed are ${SCOPES.join(', ')}`,
      { where: 'scopes' },
    );
  }
  return [...new Set(scopes)] as Scope[];
}

async function createApiKey(
  { tenantId, run }: OfTenant,
  request: { scopes: readonly string[]; actor: Actor },
): Promise<{ id: string; apiKey: string }> {
  const scopes = checkScopes(request.scopes);
  const [id, apiKey] = [newId('key'), newApiKey()];
  await run(async (transaction) => {
    const count = () => transaction.apiKey.count({ where: { tenantId, revokedAt: null } });
    await requireRoom(transaction, { tenantId, thing: 'apiKeys', count });
    await transaction.apiKey.create({
      data: { id, tenantId, hash: hashOfApiKey(apiKey), hint: apiKey.slice(0, HINT_LENGTH), scopes },
    });
    await transaction.auditEntry.create({
      data: auditEntry({
        tenantId,
        actor: request.actor,
        action: 'api_key.create',
        subject: id,
        details: { scopes },
      }),
    });
  });
  return { id, apiKey };
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

const LISTED = { id: true, hint: true, scopes: true, createdAt: true } as const;

/** The repository of one tenant's API keys. */
export function apiKeyStore(scope: OfTenant): ApiKeys {
  const { tenantId, run } = scope;
  return {
    create: (request) => createApiKey(scope, request),
    list: () => {
      const where = { tenantId, revokedAt: null };
      return run(({ apiKey }) => apiKey.findMany({ where, select: LISTED, orderBy: { createdAt: 'desc' } }));
    },
    revoke: (id, actor) => revokeApiKey(scope, id, actor),
  };
}

/** The key that a request presents, or null when there is none such, it was revoked, or its tenant is being deleted; whosever it is. */
export async function findApiKey(db: Database, apiKey: string): Promise<ApiKey | null> {
  const rows = await db.$queryRaw<ApiKey[]>`
    SELECT id, tenant_id AS "tenantId", scopes FROM api_key_of_hash(${hashOfApiKey(apiKey)})
    WHERE NOT is_being_deleted(tenant_id)`;
  return rows[0] ?? null;
}
