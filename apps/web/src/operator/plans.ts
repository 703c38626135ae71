import type { Cursor, Page } from '@footfall/db/staff/page';
import { listPlans, listSubscribers, type PlanRow, type SubscriberRow } from '@footfall/db/staff/plans';
import { staffServices } from '#runtime/staff-services.ts';

/** Every plan of the installation. */
export const loadPlans = (): Promise<PlanRow[]> => listPlans(staffServices().staffPool);

/** A page of tenants with their plans, latest first. */
export function loadSubscribers(after: Cursor | null): Promise<Page<SubscriberRow>> {
  const { staffPool, clock } = staffServices();
  return listSubscribers(staffPool, { after, now: clock.now() });
}
