import { hostname } from 'node:os';
import type { Config } from '@footfall/config/config';
import { addSpaceUse, DATABASE_SPACE, databaseBytes, daysLeft, spaceGrowth } from '@footfall/db/count/space';
import type { Pool } from '@footfall/postgres/pool';
import { readDisks } from './disks.ts';
import type { Space } from './space-warnings.ts';

/** The room that there is on this machine, and what is known of its growth. */
export async function readSpace(config: Config, pool: Pool): Promise<Space> {
  const host = hostname();
  const [disks, size, growth] = await Promise.all([
    readDisks(config, pool),
    databaseBytes(pool),
    spaceGrowth(pool, host),
  ]);
  return {
    disks: disks.map((disk) => ({
      ...disk,
      daysLeft: daysLeft(disk.free, growth({ host, name: disk.name })),
    })),
    database: { size, growthPerDay: growth(DATABASE_SPACE) },
  };
}

/** Notes what is used now, for the growth of the days to come. */
export async function noteSpace(pool: Pool, { disks, database }: Space, now: number): Promise<void> {
  const host = hostname();
  const used = disks.map(({ name, free, size }) => ({ host, name, usedBytes: size - free }));
  await addSpaceUse(pool, [...used, { ...DATABASE_SPACE, usedBytes: database.size }], now);
}
