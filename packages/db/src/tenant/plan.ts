import { controlFailure } from '../errors.ts';
import type { Database } from '../prisma.ts';
import { auditEntry } from './audit.ts';

/** How many events a tenant's plan takes; null is no limit. */
export type Allowance = {
  /** Of all sites in a calendar month (UTC). */
  eventsPerMonth: number | null;
  /** Of one site, for long; ten times as many at once. */
  eventsPerSecond: number | null;
};

/** What tenants of a plan may do; null is no limit. */
export type PlanLimits = { queriesPerHour: number | null } & Allowance;

const NAME = /^[a-z0-9][a-z0-9-]{0,59}$/;

/**
 * Makes a plan, or changes what is given of one; a new one has no limits but those.
 * @throws Failure `invalid_plan`
 */
export async function savePlan(
  db: Database,
  name: string,
  { queriesPerHour, eventsPerMonth, eventsPerSecond }: Partial<PlanLimits>,
): Promise<PlanLimits> {
  if (!NAME.test(name))
    throw controlFailure('invalid_plan', 'a plan is named by up to 60 letters, digits and dashes', {
      where: 'name',
    });
  const limits = {
    ...(queriesPerHour === undefined ? {} : { queryLimitPerHour: queriesPerHour }),
    ...(eventsPerMonth === undefined ? {} : { eventLimitPerMonth: eventsPerMonth }),
    ...(eventsPerSecond === undefined ? {} : { eventLimitPerSecond: eventsPerSecond }),
  };
  const plan = await db.plan.upsert({ where: { name }, create: { name, ...limits }, update: limits });
  return {
    queriesPerHour: plan.queryLimitPerHour,
    eventsPerMonth: plan.eventLimitPerMonth === null ? null : Number(plan.eventLimitPerMonth),
    eventsPerSecond: plan.eventLimitPerSecond,
  };
}

/**
 * Puts a tenant on a plan.
 * @throws Failure `unknown_plan`, `unknown_tenant`
 */
export async function assignPlan(
  db: Database,
  { tenantId, plan, actor }: { tenantId: string; plan: string; actor: string },
): Promise<void> {
  if ((await db.plan.count({ where: { name: plan } })) === 0)
    throw controlFailure('unknown_plan', `there is no plan ${JSON.stringify(plan)}`, { where: 'plan' });
  const { count } = await db.tenant.updateMany({ where: { id: tenantId }, data: { plan } });
  if (count === 0)
    throw controlFailure('unknown_tenant', `there is no tenant ${tenantId}`, { where: 'tenant' });
  await db.auditEntry.create({ data: auditEntry({ tenantId, actor, action: 'tenant.plan', subject: plan }) });
}

/**
 * Says whether a plan that is sold may be tried without a card: in all its versions, also those to come.
 * @throws Failure `unknown_plan` where it is not one of those
 */
export async function markTrial(db: Database, plan: string, isTrial: boolean): Promise<void> {
  const found = await db.plan.findUnique({ where: { name: plan }, select: { family: true } });
  const family = found?.family ?? null;
  if (family === null)
    throw controlFailure('unknown_plan', `there is no plan ${JSON.stringify(plan)} that is sold`, {
      where: 'plan',
    });
  await db.plan.updateMany({ where: { family }, data: { isTrial } });
}
