import { readUsage, utcMonth } from '@footfall/db/count/usage';
import { services } from '#runtime/services.ts';

/** How far a tenant has come with the events of its plan. */
export type TenantMonth = {
  /** Its first day, and that of the next month, both in UTC. */
  firstDay: string;
  nextFirstDay: string;
  events: number;
  limit: number;
};

const firstDay = (year: number, month: number): string =>
  new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10);

/** The month that counts for a tenant's plan; null when the plan has no limit. */
export async function monthOfTenant(tenantId: string, now = Date.now()): Promise<TenantMonth | null> {
  const { pool, allowanceOf } = services();
  const { eventsPerMonth } = await allowanceOf(tenantId);
  if (eventsPerMonth === null) return null;
  const at = new Date(now);
  const [year, month] = [at.getUTCFullYear(), at.getUTCMonth()];
  return {
    firstDay: firstDay(year, month),
    nextFirstDay: firstDay(year, month + 1),
    events: await readUsage(pool, tenantId, utcMonth(now)),
    limit: eventsPerMonth,
  };
}
