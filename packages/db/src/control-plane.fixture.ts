import { connectPool, type Pool } from '@footfall/postgres/pool';
import { freshDatabase } from '@footfall/testkit/database';
import { prepareControlPlane } from './prepare.ts';
import { connectDatabase, type Database } from './prisma.ts';
import { createTenant } from './tenant/tenant.ts';

export const password = 'correct horse';

export type ControlPlane = {
  url: string;
  db: Database;
  pool: Pool;
  newTenant(): Promise<{ tenantId: string; userId: string }>;
  drop(): Promise<void>;
};

/** A control plane of a test's own, empty. */
export async function freshControlPlane(): Promise<ControlPlane> {
  const { url, drop } = await freshDatabase();
  // Services start at the same time: each may find it unprepared.
  await Promise.all([prepareControlPlane(url), prepareControlPlane(url)]);
  const [db, pool] = [connectDatabase(url), connectPool(url, { name: 'test' })];
  let people = 0;
  return {
    url,
    db,
    pool,
    newTenant: () => {
      people += 1;
      return createTenant(db, { name: `Shop ${people}`, email: `owner${people}@shop.example`, password });
    },
    drop: async () => {
      await Promise.all([db.$disconnect(), pool.end()]);
      await drop();
    },
  };
}
