import type { PlanFeature } from '@footfall/core/billing/terms';
import { LIMITED_BY_PLAN, type LimitedThing, TENANT_LIMITS } from '@footfall/core/tenant-limit';
import { entitlementWithin } from '../billing/entitlement.ts';
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

/** @throws Failure `plan_limit` when its plan has room for no more than it has */
async function checkPlan(transaction: Transaction, { tenantId, thing }: Room, has: number): Promise<void> {
  const limit = LIMITED_BY_PLAN[thing];
  if (limit === undefined) return;
  const entitlement = await entitlementWithin(transaction, tenantId);
  const most = entitlement?.limits[limit] ?? null;
  if (entitlement === null || most === null || has < most) return;
  const { title } = entitlement;
  throw controlFailure(
    'plan_limit',
    `the plan ${title} has room for ${most} ${thing}: choose a larger one at /billing, or remove one`,
    { where: FIELDS[thing], values: { thing, most, plan: title } },
  );
}

/**
 * Makes sure that a tenant's plan includes something that is about to be set up; what is there goes on.
 * @throws Failure `plan_feature`
 */
export async function requireFeature(
  transaction: Transaction,
  tenantId: string,
  { feature, where }: { feature: PlanFeature; where: string },
): Promise<void> {
  const entitlement = await entitlementWithin(transaction, tenantId);
  if (entitlement === null || entitlement.features[feature]) return;
  const { title } = entitlement;
  throw controlFailure(
    'plan_feature',
    `the plan ${title} does not include this: choose another one at /billing`,
    { where, values: { feature, plan: title } },
  );
}

/**
 * Makes sure that a tenant may have one more of something. Transactions that ask take their turns, so that a hundred at once count as
 * one after the other.
 * @throws Failure `too_many`, `plan_limit`, `unknown_tenant`
 */
export async function requireRoom(transaction: Transaction, room: Room): Promise<void> {
  const { tenantId, thing, count } = room;
  const locked = await transaction.$queryRaw<
    unknown[]
  >`SELECT 1 FROM tenant WHERE id = ${tenantId} FOR NO KEY UPDATE`;
  if (locked.length === 0) throw unknownTenant(tenantId);
  const most = TENANT_LIMITS[thing];
  const has = await count();
  if (has < most) return checkPlan(transaction, room, has);
  throw controlFailure('too_many', `there are ${most} already, and no more can be added: remove one first`, {
    where: FIELDS[thing],
    values: { thing, most },
  });
}
