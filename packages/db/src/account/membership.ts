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
  /** Since when it is being deleted, and who asked for it, if they have an account still; null: it is not. */
  deletion: { askedAt: Date; askedBy: string | null } | null;
  /** The tenant wants this member to come by its own provider of sign-in: they see nothing of it otherwise. */
  requiresSignOn: boolean;
};

type Row = Omit<TenantOfUser, 'sites' | 'deletion'> & {
  isLimited: boolean;
  siteIds: string[];
  askedAt: Date | null;
  askedBy: string | null;
};

/** The tenants a user belongs to, oldest membership first. */
export async function listMemberships(db: Database, userId: string): Promise<TenantOfUser[]> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT m.tenant_id AS "tenantId", role, tenant_name AS "tenantName", is_limited AS "isLimited", site_ids AS "siteIds",
      requires_second_factor AS "requiresSecondFactor",
      m.tenant_id IN (SELECT s.tenant_id FROM tenants_requiring_sign_on(${userId}) s) AS "requiresSignOn", d.asked_at AS "askedAt", d.asked_by AS "askedBy"
    FROM memberships_of_user(${userId}) m LEFT JOIN deletions_of_user(${userId}) d ON d.tenant_id = m.tenant_id
    ORDER BY joined_at, m.tenant_id`;
  return rows.map(({ isLimited, siteIds, askedAt, askedBy, ...row }) => ({
    ...row,
    sites: isLimited ? siteIds : 'all',
    deletion: askedAt === null ? null : { askedAt, askedBy },
  }));
}
