import type { Billing } from '@footfall/billing/billing';
import type { CatalogGateway } from '@footfall/billing/catalog/catalog-gateway';
import type { CouponGateway } from '@footfall/billing/catalog/coupon-gateway';
import type { SubscriberGateway } from '@footfall/billing/subscribers/subscriber-gateway';
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
  /** Null: no payment is taken here. */
  payments: {
    /** What is sold, at the payment provider. */
    catalog: CatalogGateway;
    coupons: CouponGateway;
    /** What is done for one customer there. */
    subscribers: SubscriberGateway;
    /** Reads what a tenant has paid for; see packages/billing. */
    settle: Billing['settle'];
  } | null;
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
