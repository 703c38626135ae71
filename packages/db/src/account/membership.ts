import type { Database } from '../prisma.ts';

/** The tenants a user belongs to, oldest membership first. */
export function membershipsOf(
  db: Database,
  userId: string,
): Promise<{ tenantId: string; role: string; tenantName: string }[]> {
  return db.membership
    .findMany({ where: { userId }, include: { tenant: true }, orderBy: { createdAt: 'asc' } })
    .then((rows) => rows.map(({ tenantId, role, tenant }) => ({ tenantId, role, tenantName: tenant.name })));
}
