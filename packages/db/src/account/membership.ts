import type { Database } from '../prisma.ts';

/** A tenant that somebody belongs to. */
export type TenantOfUser = { tenantId: string; role: string; tenantName: string };

/** The tenants a user belongs to, oldest membership first. */
export function listMemberships(db: Database, userId: string): Promise<TenantOfUser[]> {
  return db.$queryRaw<TenantOfUser[]>`
    SELECT tenant_id AS "tenantId", role, tenant_name AS "tenantName" FROM memberships_of_user(${userId})
    ORDER BY joined_at, tenant_id`;
}
