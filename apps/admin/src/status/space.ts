import type { Config } from '@footfall/config/config';
import { type DiskReport, readSpace, spaceWarnings } from '@footfall/installation/space';
import type { Pool } from '@footfall/postgres/pool';

export type DiskStatus = {
  disk: DiskReport['name'];
  folder: string;
  free_bytes: number;
  size_bytes: number;
  days_left: number | null;
};
export type DatabaseStatus = { size_bytes: number; growth_bytes_per_day: number | null };

export type SpaceStatus = { disks: DiskStatus[]; database: DatabaseStatus; warnings: string[] };

/** The room on the disks of this machine, the size of the database, and what to warn of. */
export async function askSpace(pool: Pool, config: Config): Promise<SpaceStatus> {
  const space = await readSpace(config, pool);
  return {
    disks: space.disks.map(({ name, folder, free, size, daysLeft }) => ({
      disk: name,
      folder,
      free_bytes: free,
      size_bytes: size,
      days_left: daysLeft,
    })),
    database: { size_bytes: space.database.size, growth_bytes_per_day: space.database.growthPerDay },
    warnings: spaceWarnings(space),
  };
}
