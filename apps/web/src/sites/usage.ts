import { monthOf, usageOf } from '@footfall/db/count/usage';
import { services } from '#runtime/services.ts';

/** How far a tenant has come with the events of its plan. */
export type TenantMonth = {
  /** The month in words. */
  name: string;
  events: number;
  limit: number;
  /** When the next month begins, in words. */
  ends: string;
};

const inWords = (options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat('en-GB', { ...options, timeZone: 'UTC' });

/** The month that counts for a tenant's plan; null when the plan has no limit. */
export async function monthOfTenant(tenantId: string, now = Date.now()): Promise<TenantMonth | null> {
  const { pool, allowanceOf } = services();
  const { eventsPerMonth } = await allowanceOf(tenantId);
  if (eventsPerMonth === null) return null;
  const at = new Date(now);
  const next = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 1));
  return {
    name: inWords({ month: 'long', year: 'numeric' }).format(at),
    events: await usageOf(pool, tenantId, monthOf(now)),
    limit: eventsPerMonth,
    ends: inWords({ day: 'numeric', month: 'long' }).format(next),
  };
}
