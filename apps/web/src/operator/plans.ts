import { listPlans, type PlanRow } from '@footfall/db/staff/plans';
import { staffServices } from '#runtime/staff-services.ts';

/** Every plan of the installation. */
export const loadPlans = (): Promise<PlanRow[]> => listPlans(staffServices().staffPool);
