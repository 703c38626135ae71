import type { Database } from '../prisma.ts';

/** A tenant that somebody belongs to. */
export type TenantOfUser = {
  tenantId: string;
  role: string;
  tenantName: string;
  /** The sites that the member is limited to; `all` without a limit. */
  sites: 'all' | readonly string[];
  /** Members without a second factor see nothing of the tenant. */
  requiresSecondFactor: boolean;
};

type Row = Omit<TenantOfUser, 'sites'> & { isLimited: boolean; siteIds: string[] };

/** The tenants a user belongs to, oldest membership first. */
export async function listMemberships(db: Database, userId: string): Promise<TenantOfUser[]> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT tenant_id AS "tenantId", role, tenant_name AS "tenantName", is_limited AS "isLimited", site_ids AS "siteIds",
      requires_second_factor AS "requiresSecondFactor"
    FROM memberships_of_user(${userId}) ORDER BY joined_at, tenant_id`;
  return rows.map(({ isLimited, siteIds, ...row }) => ({ ...row, sites: isLimited ? siteIds : 'all' }));
}
