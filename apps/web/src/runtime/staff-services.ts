import type { CatalogGateway } from '@footfall/billing/catalog/catalog-gateway';
import type { Space } from '@footfall/installation/space-warnings';
import type { Health } from '@footfall/installation/status/part';
import type { Pool } from '@footfall/postgres/pool';
import { processWide } from './process-wide.ts';
import type { Services } from './services.ts';

/** What pages of the platform's staff work with. Only their own rooms import it: it sees all tenants. */
export type StaffServices = Pick<
  Services,
  'config' | 'log' | 'clock' | 'database' | 'eventLog' | 'eventStore' | 'reportStore'
> & {
  /** Connections with the role `operator`, which reads what those pages show, of all tenants, and changes what is the platform’s own. */
  staffPool: Pool;
  /** What is sold, at the payment provider; null: no payment is taken here. */
  catalog: CatalogGateway | null;
  /** What only this machine can tell of the installation. */
  installation: {
    version: string;
    /** The services that a supervisor runs here; none where they run by themselves. */
    askServices: () => Promise<Health>;
    /** Disks of this machine, and the database. */
    readSpace: () => Promise<Space>;
    /** Warnings of proxies that are not set up right. */
    proxyWarnings: () => Promise<string[]>;
  };
};

const held = processWide<StaffServices>('staff-services');

/** Hands the services of staff's pages to them; main.ts alone opens and closes them. */
export const provideStaffServices = held.provide;

/** The services of staff's pages. */
export const staffServices = held.get;
