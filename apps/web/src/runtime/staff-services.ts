import type { Pool } from '@footfall/postgres/pool';
import { processWide } from './process-wide.ts';
import type { Services } from './services.ts';

/** What pages of the platform's staff work with. Only their own rooms import it: it sees all tenants. */
export type StaffServices = Pick<
  Services,
  'config' | 'log' | 'clock' | 'database' | 'eventLog' | 'reportStore'
> & {
  /** Connections with the role `operator`, which reads what those pages show, of all tenants, and changes nothing. */
  staffPool: Pool;
};

const held = processWide<StaffServices>('staff-services');

/** Hands the services of staff's pages to them; main.ts alone opens and closes them. */
export const provideStaffServices = held.provide;

/** The services of staff's pages. */
export const staffServices = held.get;
