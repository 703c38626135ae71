import type { Pool } from '@footfall/postgres/pool';
import { reachableRoles, SERVICES } from '@footfall/postgres/service-role';

export type Roles = { of_services: boolean; without: string[] };

/** Whether each service works with a database role of its own, so that row-level security guards what tenants own. */
export async function readRoles(pool: Pool): Promise<Roles> {
  const reachable = await reachableRoles(pool);
  const without = SERVICES.filter((service) => !reachable.includes(service));
  return { of_services: without.length === 0, without };
}
