import type { Pool } from '@footfall/postgres/pool';
import type { ServiceName } from '@footfall/postgres/service-role';
import { freshDatabase } from '@footfall/testkit/database';
import { prepareControlPlane } from './prepare.ts';
import { type ControlPlane as Connected, connectControlPlane, type Database } from './prisma.ts';
import { createTenant } from './tenant/tenant.ts';

export const password = 'correct horse';

export type ControlPlane = {
  url: string;
  db: Database;
  pool: Pool;
  /** The same as a service sees it: until the plane is dropped. */
  as(service: ServiceName): Connected;
  newTenant(): Promise<{ tenantId: string; userId: string }>;
  drop(): Promise<void>;
};

/** A control plane of a test's own, empty. */
export async function freshControlPlane(): Promise<ControlPlane> {
  const { url, drop } = await freshDatabase();
  // Services start at the same time: each may find it unprepared.
  await Promise.all([prepareControlPlane(url), prepareControlPlane(url)]);
  const { db, pool, close } = connectControlPlane(url, { name: 'test' });
  const opened: Connected[] = [];
  let people = 0;
  return {
    url,
    db,
    pool,
    as: (service) => {
      const plane = connectControlPlane(url, { name: 'test', role: service });
      opened.push(plane);
      return plane;
    },
    newTenant: () => {
      people += 1;
      return createTenant(db, { name: `Shop ${people}`, email: `owner${people}@shop.example`, password });
    },
    drop: async () => {
      await Promise.all([close(), ...opened.map((plane) => plane.close())]);
      await drop();
    },
  };
}
