import type { Prisma } from '../../generated/client.ts';
import type { OfTenant } from './transaction.ts';

/** An entry of the audit as the tenant reads it. */
export type ListedAudit = {
  id: string;
  at: Date;
  /** A person's name, or who else it was: `api:<key id>`, `cli`. */
  actor: string;
  action: string;
  subject: string;
  address: string | null;
  details: Prisma.JsonValue;
};

/** Which entries: of an action or its beginning (`member.`), of an actor, before an entry's moment. */
export type AuditFilter = { action?: string; actor?: string; before?: Date };

/** The audit of one tenant; see scope.ts. */
export type AuditLog = {
  /** The newest entries that fit, at most `limit`. */
  list(filter: AuditFilter, limit: number): Promise<ListedAudit[]>;
  /** The actions that there are entries of. */
  actions(): Promise<string[]>;
};

async function listAudit(
  { tenantId, run }: OfTenant,
  { action, actor, before }: AuditFilter,
  limit: number,
): Promise<ListedAudit[]> {
  return run(async (transaction) => {
    const rows = await transaction.auditEntry.findMany({
      where: {
        tenantId,
        ...(action === undefined ? {} : { action: { startsWith: action } }),
        ...(actor === undefined ? {} : { actor }),
        ...(before === undefined ? {} : { createdAt: { lt: before } }),
      },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: limit,
    });
    const ids = [...new Set(rows.map((row) => row.actor))];
    const people = await transaction.user.findMany({
      where: { id: { in: ids } },
      select: { id: true, email: true },
    });
    const names = new Map(people.map(({ id, email }) => [id, email]));
    return rows.map(({ id, createdAt, actor: who, action: what, subject, address, details }) => ({
      id,
      at: createdAt,
      actor: names.get(who) ?? who,
      action: what,
      subject,
      address,
      details,
    }));
  });
}

/** The repository of one tenant's audit. */
export function auditLog(scope: OfTenant): AuditLog {
  const { tenantId, run } = scope;
  return {
    list: (filter, limit) => listAudit(scope, filter, limit),
    actions: async () => {
      const rows = await run(({ auditEntry }) =>
        auditEntry.findMany({
          where: { tenantId },
          distinct: ['action'],
          orderBy: { action: 'asc' },
          select: { action: true },
        }),
      );
      return rows.map(({ action }) => action);
    },
  };
}
