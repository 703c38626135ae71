import { type LimitedThing, TENANT_LIMITS } from '@footfall/core/tenant-limit';
import { controlFailure } from '../errors.ts';
import { unknownTenant } from './tenant.ts';
import type { Transaction } from './transaction.ts';

/** The field of a form at which it is said. */
const FIELDS: Readonly<Record<LimitedThing, string>> = {
  sites: 'domain',
  domains: 'domain',
  goals: 'name',
  funnels: 'name',
  segments: 'name',
  apiKeys: 'scopes',
  embedKeys: 'origins',
  members: 'email',
  webhooks: 'url',
  waitingDeliveries: 'id',
};

/** What a tenant has of something, in a transaction that adds one more. */
export type Room = { tenantId: string; thing: LimitedThing; count: () => Promise<number> };

/**
 * Makes sure that a tenant may have one more of something. Transactions that ask take their turns, so that a hundred at once count as
 * one after the other.
 * @throws Failure `too_many`, `unknown_tenant`
 */
export async function requireRoom(transaction: Transaction, { tenantId, thing, count }: Room): Promise<void> {
  const locked = await transaction.$queryRaw<
    unknown[]
  >`SELECT 1 FROM tenant WHERE id = ${tenantId} FOR NO KEY UPDATE`;
  if (locked.length === 0) throw unknownTenant(tenantId);
  const most = TENANT_LIMITS[thing];
  if ((await count()) < most) return;
  throw controlFailure('too_many', `there are ${most} already, and no more can be added: remove one first`, {
    where: FIELDS[thing],
    values: { thing, most },
  });
}
