import { dueBefore, UNDO_DAYS } from '@footfall/core/undo';
import type { Pool } from '@footfall/postgres/pool';
import { controlFailure } from '../errors.ts';
import { type Actor, auditEntry } from './audit.ts';
import { lockTeam } from './member.ts';
import type { OfTenant, Transaction } from './transaction.ts';

/** Whom a mail about the tenant goes to; `locale` null: they have not chosen a language. */
export type Owner = { email: string; locale: string | null };

/** The end of one tenant; see scope.ts. */
export type TenantDeletion = {
  /**
   * From now on nothing of the tenant is shown, collected or answered; after {@link UNDO_DAYS} days it is gone. `name` is the tenant's, as
   * somebody has typed it. Answers whom to tell.
   * @throws Failure `unconfirmed_name`
   */
  ask(request: { name: string; actor: Actor }): Promise<{ askedAt: Date; owners: Owner[] }>;
  /** All is as it was. Answers whom to tell. @throws Failure `deletion_over` when its time is up, or it was not asked for */
  undo(actor: Actor): Promise<{ owners: Owner[] }>;
};

const asTyped = (name: string) => name.trim().toLowerCase();

const listOwners = (transaction: Transaction, tenantId: string): Promise<Owner[]> =>
  transaction.user.findMany({
    where: { memberships: { some: { tenantId, role: 'owner' } } },
    orderBy: { email: 'asc' },
    select: { email: true, locale: true },
  });

function askDeletion({ tenantId, run }: OfTenant, { name, actor }: { name: string; actor: Actor }) {
  return run(async (transaction) => {
    await lockTeam(transaction, tenantId);
    const tenant = await transaction.tenant.findUniqueOrThrow({ where: { id: tenantId } });
    if (asTyped(name) !== asTyped(tenant.name))
      throw controlFailure('unconfirmed_name', `it is called ${tenant.name}`, {
        where: 'name',
        values: { name: tenant.name },
      });
    // A second one who asks finds it asked for.
    const askedAt = tenant.deletionAskedAt ?? new Date();
    const askedBy = typeof actor === 'string' ? actor : actor.id;
    if (tenant.deletionAskedAt === null) {
      const data = { deletionAskedAt: askedAt, deletionAskedBy: askedBy };
      await transaction.tenant.update({ where: { id: tenantId }, data });
      await transaction.auditEntry.create({
        data: auditEntry({ tenantId, actor, action: 'tenant.delete', subject: tenantId }),
      });
    }
    return { askedAt, owners: await listOwners(transaction, tenantId) };
  });
}

function undoDeletion({ tenantId, run }: OfTenant, actor: Actor) {
  return run(async (transaction) => {
    await lockTeam(transaction, tenantId);
    // By the database's clock, which whoever empties the stores goes by, too.
    const inTime = await transaction.$queryRaw<unknown[]>`
      SELECT 1 FROM tenant WHERE id = ${tenantId} AND deletion_asked_at > CURRENT_TIMESTAMP - make_interval(days => ${UNDO_DAYS})`;
    if (inTime.length === 0)
      throw controlFailure('deletion_over', 'it cannot be had back any more, or was not to be deleted', {
        where: 'tenant',
      });
    const data = { deletionAskedAt: null, deletionAskedBy: null };
    await transaction.tenant.update({ where: { id: tenantId }, data });
    await transaction.auditEntry.create({
      data: auditEntry({ tenantId, actor, action: 'tenant.undo_delete', subject: tenantId }),
    });
    return { owners: await listOwners(transaction, tenantId) };
  });
}

/** The repository of one tenant's end. */
export function tenantDeletion(scope: OfTenant): TenantDeletion {
  return {
    ask: (request) => askDeletion(scope, request),
    undo: (actor) => undoDeletion(scope, actor),
  };
}

/** The tenants whose time to be had back was up at an instant (epoch milliseconds), longest first. */
export async function tenantsToDelete(pool: Pool, now: number): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(
    `SELECT id FROM tenant WHERE deletion_asked_at <= to_timestamp($1 / 1000.0) ORDER BY deletion_asked_at, id`,
    [dueBefore(now)],
  );
  return rows.map(({ id }) => id);
}
