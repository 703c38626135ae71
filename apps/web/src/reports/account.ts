import type { Entitlement } from '@footfall/core/billing/entitlement';
import { calendarMonth, forecastCount, type Period } from '@footfall/core/billing/period';
import { readEntitlement } from '@footfall/db/billing/entitlement';
import { type ListedPlan, listPublicPlans } from '@footfall/db/billing/plan';
import { readSiteUse, type SiteUse } from '@footfall/db/billing/site-use';
import { readUsage, utcMonth } from '@footfall/db/count/usage';
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

/** What is known of a tenant's plan and use now. */
export async function loadAccount(tenantId: string): Promise<TenantAccount> {
  const { pool, clock } = services();
  const now = clock.now();
  const period = calendarMonth(now);
  const [entitlement, events] = await Promise.all([
    readEntitlement(pool, tenantId, now),
    readUsage(pool, tenantId, utcMonth(now)),
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
export function loadSiteUse(tenantId: string): Promise<SiteUse[]> {
  const { pool, clock } = services();
  const firstDay = new Date(calendarMonth(clock.now()).from).toISOString().slice(0, 10);
  return readSiteUse(pool, tenantId, firstDay);
}

/** The plans that anybody may choose. */
export const loadPublicPlans = (): Promise<ListedPlan[]> => listPublicPlans(services().pool);
