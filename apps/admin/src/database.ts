import type { Config } from '@footfall/config/config';
import { connectDatabase, type Database } from '@footfall/db/prisma';
import { type Access, useInstallation } from '@footfall/installation/access';

/** Who the audit names for what is done here. */
export const ACTOR = 'cli';

/** Runs `work` on the control plane of the installation that the configuration names. */
export function withDatabase<T>(
  config: Config,
  work: (db: Database, access: Access) => Promise<T>,
): Promise<T> {
  return useInstallation(config, async (access) => {
    const db = connectDatabase(access.urls.database, { max: 2 });
    try {
      return await work(db, access);
    } finally {
      await db.$disconnect();
    }
  });
}
