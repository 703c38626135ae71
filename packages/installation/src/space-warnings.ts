import type { Disk } from './disks.ts';

/** A disk, and for how many days it will do; null: it is not filling up, or has not been watched for long enough. */
export type DiskReport = Disk & { daysLeft: number | null };

/** `growthPerDay`: bytes; null until the database has been watched for six hours. */
export type Space = { disks: DiskReport[]; database: { size: number; growthPerDay: number | null } };

/** Whoever is told later than this has no time to buy a disk. Days. */
const WARN_DAYS = 14;
/** The spool leaves 5 % alone, and so much at least is needed to work. */
const WARN_SHARE = 0.1;
const GB = 1_000_000_000;

const gigabytes = (bytes: number) => `${(bytes / GB).toFixed(1)} GB`;

/** A line for each disk that is nearly full, or will be within two weeks; names of one disk are on one line. */
export function spaceWarnings({ disks }: Pick<Space, 'disks'>): string[] {
  const urgent = disks.filter(
    ({ free, size, daysLeft: days }) => free < size * WARN_SHARE || (days !== null && days <= WARN_DAYS),
  );
  const byDisk = Map.groupBy(urgent, ({ device }) => device);
  return [...byDisk.values()].map((same) => {
    const names = same.map(({ name, folder }) => `${name} (${folder})`).join(', ');
    const { free, size } = same[0] as DiskReport;
    const days = same.flatMap((disk) => disk.daysLeft ?? []);
    const left = days.length === 0 ? '' : `, full in ${Math.min(...days)} days`;
    return `the disk of ${names} has ${gigabytes(free)} of ${gigabytes(size)} free${left}`;
  });
}
