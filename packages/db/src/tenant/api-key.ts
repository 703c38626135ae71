import { createHash } from 'node:crypto';
import { controlFailure } from '../errors.ts';
import { newApiKey, newId } from '../id.ts';
import type { Database } from '../prisma.ts';
import { auditEntry } from './audit.ts';

export const SCOPES = ['ingest', 'stats'] as const;
export type Scope = (typeof SCOPES)[number];

/** Whose key it is and what it opens. */
export type ApiKey = { id: string; tenantId: string; scopes: readonly Scope[] };

export type ListedApiKey = { id: string; hint: string; scopes: readonly string[]; createdAt: Date };

/** The API keys of one tenant; see scope.ts. */
export type ApiKeys = {
  /** The key itself is answered here and never again. Throws Failure `unknown_scope`, `unknown_tenant`. */
  create(request: { scopes: readonly string[]; actor: string }): Promise<{ id: string; apiKey: string }>;
  list(): Promise<ListedApiKey[]>;
  /** Answers false when the tenant has no such key. */
  revoke(id: string, actor: string): Promise<boolean>;
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
      `${JSON.stringify(unknown ?? '')} is no scope; allowed are ${SCOPES.join(', ')}`,
      { where: 'scopes' },
    );
  }
  return [...new Set(scopes)] as Scope[];
}

async function createApiKey(
  db: Database,
  tenantId: string,
  request: { scopes: readonly string[]; actor: string },
) {
  const scopes = checkScopes(request.scopes);
  if ((await db.tenant.count({ where: { id: tenantId } })) === 0) {
    throw controlFailure('unknown_tenant', `there is no tenant ${tenantId}`, { where: 'tenant' });
  }
  const [id, apiKey] = [newId('key'), newApiKey()];
  await db.$transaction([
    db.apiKey.create({
      data: { id, tenantId, hash: hashOfApiKey(apiKey), hint: apiKey.slice(0, HINT_LENGTH), scopes },
    }),
    db.auditEntry.create({
      data: auditEntry({ tenantId, actor: request.actor, action: 'api_key.create', subject: id }),
    }),
  ]);
  return { id, apiKey };
}

async function revokeApiKey(
  db: Database,
  tenantId: string,
  { id, actor }: { id: string; actor: string },
): Promise<boolean> {
  return db.$transaction(async (transaction) => {
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

/** The repository of one tenant's API keys. */
export function apiKeysOf(db: Database, tenantId: string): ApiKeys {
  return {
    create: (request) => createApiKey(db, tenantId, request),
    list: () =>
      db.apiKey.findMany({
        where: { tenantId, revokedAt: null },
        select: { id: true, hint: true, scopes: true, createdAt: true },
        orderBy: { createdAt: 'desc' },
      }),
    revoke: (id, actor) => revokeApiKey(db, tenantId, { id, actor }),
  };
}

/** The key that a request presents, or null when there is none such or it was revoked. */
export async function findApiKey(db: Database, apiKey: string): Promise<ApiKey | null> {
  const found = await db.apiKey.findUnique({ where: { hash: hashOfApiKey(apiKey), revokedAt: null } });
  return found && { id: found.id, tenantId: found.tenantId, scopes: found.scopes as Scope[] };
}
