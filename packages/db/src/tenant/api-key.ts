import type { ApiKeyScope } from '@footfall/core/access/api-key-scope';
import { decide } from '@footfall/core/access/decide';
import { tenantRole } from '@footfall/core/access/role';
import { hashToken } from '../account/secret-token.ts';
import type { Database } from '../prisma.ts';
import type { MemberSites } from './member-sites.ts';

/** Whose key it is and what it opens. */
export type ApiKey = {
  id: string;
  tenantId: string;
  scopes: readonly ApiKeyScope[];
  /** The sites that it opens. */
  sites: MemberSites;
  /** When the secret that was presented ends, epoch milliseconds. */
  endsAt: number | null;
};

/** What the database says of a key; see `api_key_of_hash` in prisma/migrations. */
export type ApiKeyRow = {
  id: string;
  tenantId: string;
  scopes: ApiKeyScope[];
  isLimited: boolean;
  siteIds: string[];
  endsAt: Date | null;
  userId: string | null;
  ownerRole: string | null;
  ownerIsLimited: boolean | null;
};

/** The columns of {@link ApiKeyRow}. */
export const API_KEY_COLUMNS = `
id, tenant_id AS "tenantId", scopes, is_limited AS "isLimited", site_ids AS "siteIds", ends_at AS "endsAt",
user_id AS "userId", owner_role AS "ownerRole", owner_is_limited AS "ownerIsLimited"`;

/** Whether somebody may have keys: whoever may manage those of the tenant. */
function mayHaveKeys({ ownerRole, ownerIsLimited }: ApiKeyRow): boolean {
  const role = ownerRole === null ? null : tenantRole(ownerRole);
  if (role === null) return false;
  return decide({ who: { role, sites: ownerIsLimited ? [] : 'all' }, action: 'keys.manage' }) === 'allowed';
}

/** What a row means; null for the key of somebody whose role does not allow it any more. */
export function readApiKey(row: ApiKeyRow): ApiKey | null {
  if (row.userId !== null && !mayHaveKeys(row)) return null;
  const { id, tenantId, scopes, isLimited, siteIds, endsAt } = row;
  return { id, tenantId, scopes, sites: isLimited ? siteIds : 'all', endsAt: endsAt?.getTime() ?? null };
}

/** The key that a request presents, or null when there is none such, it was revoked, has ended, or its tenant is being deleted; whosever it is. */
export async function findApiKey(db: Database, apiKey: string): Promise<ApiKey | null> {
  const rows = await db.$queryRawUnsafe<ApiKeyRow[]>(
    `SELECT ${API_KEY_COLUMNS} FROM api_key_of_hash($1) WHERE NOT is_being_deleted(tenant_id)`,
    hashToken(apiKey),
  );
  return rows[0] === undefined ? null : readApiKey(rows[0]);
}
