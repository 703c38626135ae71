import { readMonths, readMonthUse } from '@footfall/billing/usage/month-use';
import type { Entitlement } from '@footfall/core/billing/entitlement';
import { calendarMonth, forecastCount, type Period } from '@footfall/core/billing/period';
import { readEntitlement } from '@footfall/db/billing/entitlement';
import { type ListedPlan, listPublicPlans } from '@footfall/db/billing/plan';
import { readSiteUse, type SiteUse } from '@footfall/db/billing/site-use';
import { readUsage, utcMonth } from '@footfall/db/count/usage';
import { tenantRows } from '@footfall/db/tenant/transaction';
import { services } from '#runtime/services.ts';

/** A tenant's plan, what of it is in force, and what it has used this month. */
export type TenantAccount = {
  entitlement: Entitlement;
  /** What counts for the plan is counted from `from` until before `to`. */
  period: Period;
  events: number;
  /** What `events` will be at the end of the period, if it goes on so; null: it is too early to tell. */
  forecast: number | null;
};

/** What a tenant has used in its month: of a plan that is sold, what is counted for money; else what the plan takes. */
async function readUse(tenantId: string, now: number): Promise<Pick<TenantAccount, 'period' | 'events'>> {
  const { pool } = services();
  const rows = tenantRows(pool, tenantId);
  const months = await readMonths(rows, tenantId);
  if (months === null)
    return { period: calendarMonth(now), events: await readUsage(pool, tenantId, utcMonth(now)) };
  const { current, used } = await readMonthUse(rows, tenantId, months, now);
  return { period: current, events: used };
}

/** What is known of a tenant's plan and use now. */
export async function loadAccount(tenantId: string): Promise<TenantAccount> {
  const { pool, clock } = services();
  const now = clock.now();
  const [entitlement, { period, events }] = await Promise.all([
    readEntitlement(pool, tenantId, now),
    readUse(tenantId, now),
  ]);
  return { entitlement, period, events, forecast: forecastCount(events, period, now) };
}

const instant = (at: number): string => new Date(at).toISOString();

/** The same as the API answers it. */
export function accountAnswer({ entitlement, period, events, forecast }: TenantAccount) {
  const { plan, state, until, limits, features, dashboards, collection } = entitlement;
  return {
    plan,
    state,
    until: until === null ? null : instant(until),
    period: { from: instant(period.from), to: instant(period.to) },
    usage: { events, limit: limits.events_per_month, forecast },
    entitlements: { ...limits, ...features, dashboards: dashboards && features.dashboards, collection },
  };
}

/** What each site of a tenant has stored this month, the busiest first. */
export async function loadSiteUse(tenantId: string): Promise<SiteUse[]> {
  const { pool, clock } = services();
  const { period } = await readUse(tenantId, clock.now());
  const firstDay = new Date(period.from).toISOString().slice(0, 10);
  return readSiteUse(pool, tenantId, firstDay);
}

/** The plans that anybody may choose. */
export const loadPublicPlans = (): Promise<ListedPlan[]> => listPublicPlans(services().pool);
