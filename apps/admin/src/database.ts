import type { Config } from '@footfall/config/config';
import { connectControlPlane, type Database } from '@footfall/db/prisma';
import { type Access, useInstallation } from '@footfall/installation/access';
import type { Pool } from '@footfall/postgres/pool';

/** Who the audit names for what is done here. */
export const ACTOR = 'cli';

/** How commands connect. */
export const SELF = { name: 'admin', role: 'admin' } as const;

/** The control plane of an installation; `pool` has the connections of `db`, for statements that Prisma cannot say. */
export type OpenAccess = Access & { pool: Pool };

/** Runs `work` on the control plane of the installation that the configuration names. */
export function withDatabase<T>(
  config: Config,
  work: (db: Database, access: OpenAccess) => Promise<T>,
): Promise<T> {
  return useInstallation(config, async (access) => {
    const { db, pool, close } = connectControlPlane(access.urls.database, { ...SELF, max: 2 });
    try {
      return await work(db, { ...access, pool });
    } finally {
      await close();
    }
  });
}
