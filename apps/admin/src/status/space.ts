import type { Config } from '@footfall/config/config';
import { readDisks } from '@footfall/installation/disks';
import { readSpace } from '@footfall/installation/space';
import { type DiskReport, spaceWarnings } from '@footfall/installation/space-warnings';
import type { Pool } from '@footfall/postgres/pool';

export type DiskStatus = {
  disk: DiskReport['name'];
  folder: string;
  free_bytes: number;
  size_bytes: number;
  days_left: number | null;
};
export type DatabaseStatus = { size_bytes: number; growth_bytes_per_day: number | null };

export type SpaceStatus = { disks: DiskStatus[]; database: DatabaseStatus | null; warnings: string[] };

function describeDisks(disks: DiskReport[]): Pick<SpaceStatus, 'disks' | 'warnings'> {
  return {
    disks: disks.map(({ name, folder, free, size, daysLeft }) => ({
      disk: name,
      folder,
      free_bytes: free,
      size_bytes: size,
      days_left: daysLeft,
    })),
    warnings: spaceWarnings({ disks }),
  };
}

/** The room on the disks of this machine, the size of the database, and what to warn of. */
export async function askSpace(pool: Pool, config: Config): Promise<SpaceStatus> {
  const { disks, database } = await readSpace(config, pool);
  return {
    ...describeDisks(disks),
    database: { size_bytes: database.size, growth_bytes_per_day: database.growthPerDay },
  };
}

/** The same without Postgres, which may be away because a disk is full: without the database, and without days. */
export async function lookAtDisks(config: Config): Promise<SpaceStatus> {
  const disks = (await readDisks(config, null)).map((disk) => ({ ...disk, daysLeft: null }));
  return { ...describeDisks(disks), database: null };
}
